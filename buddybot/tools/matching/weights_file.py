"""Reads data/matching.toml, or another weights file."""

from pathlib import Path

from buddybot.content.files import content_dir
from buddybot.content.tables.matching import parse_weights
from buddybot.content.validation import read_table
from buddybot.domain.matching.weights import MatchingWeights


def read_weights(path: Path | None = None) -> MatchingWeights:
    """Return the weights in force, or those of another file."""
    return read_table(content_dir() / "matching.toml" if path is None else path, parse_weights)
