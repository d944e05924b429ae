"""Commands that look after the house: `doctor` and `top`, and the checks of places, ports, keys and clock."""
