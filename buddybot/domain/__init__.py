"""The rules of the house as pure values and functions: no clock, no chance, no file, no network."""
