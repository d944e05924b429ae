"""BuddyBot pairs people who face opioids with one peer who faces the same, and carries their words in private."""

__version__ = "1.0.0"
