"""Private talks: rooms, aliases, rate limits and claim cards."""
