"""BuddyBot pairs people who face opioids with one peer who faces the same, and carries their words in private."""

__version__ = "0.1.0"
