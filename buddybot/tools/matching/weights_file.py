"""Reads data/matching.toml, or another weights file."""

from pathlib import Path

from buddybot.content.files import ContentError, content_dir, read_toml
from buddybot.content.tables.matching import UnsoundWeightsError, parse_weights
from buddybot.domain.matching.weights import MatchingWeights


def read_weights(path: Path | None = None) -> MatchingWeights:
    """Return the weights in force, or those of another file."""
    file = content_dir() / "matching.toml" if path is None else path
    try:
        return parse_weights(read_toml(file))
    except UnsoundWeightsError as error:
        raise ContentError(file, error.key, error.value, error.fix) from error
