"""Crisis conversation: levels, scripts, follow-ups and help lines, as pure functions over one state."""
