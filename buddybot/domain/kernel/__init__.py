"""Kernel of the domain: ids, events, effects, screening results and other values that every feature shares."""
