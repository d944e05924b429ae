"""Members: profile values, nicknames, quiet hours and time zones."""
