"""Days that members keep for themselves: milestones, and remembrance dates."""
