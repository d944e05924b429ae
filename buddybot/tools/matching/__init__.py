"""Offline matching: pools from files, simulation, fitting and explanations."""
