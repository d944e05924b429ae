"""Tables of the care of pairs."""
