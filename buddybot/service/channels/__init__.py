"""Recovery channels: relay, admission, moderation of open channels, reports and tools."""
