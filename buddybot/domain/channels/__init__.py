"""Recovery channels: message disposition, pacing and platform filters."""
