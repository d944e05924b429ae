"""Parts that one process has at a time, by the names of their leases."""

CLOCKWORK, ROUNDS = "clockwork", "rounds"
