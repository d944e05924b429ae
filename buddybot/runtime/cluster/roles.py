"""Parts that one process has at a time, by the names of their leases."""

CLOCKWORK, ROUNDS, CALLS = "clockwork", "rounds", "calls"
"""Timers and what is swept; rounds of matching; calls to devices, which only a process that serves their page makes."""
