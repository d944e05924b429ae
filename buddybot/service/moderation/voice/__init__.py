"""Two-way relay between a moderator and the person a P0 or P1 case is about."""
