"""What the library can't parse, or our handlers stumble over: read by hand, at the cost of nobody else."""
