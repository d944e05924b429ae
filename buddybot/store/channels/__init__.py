"""Tables of channel aliases and places."""
