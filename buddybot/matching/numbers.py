"""Reads data/matching.toml, or another weights file."""

from pathlib import Path

from buddybot.content import ContentError, content_dir, read_toml
from buddybot.domain.weights import Weights
from buddybot.domain.weights_table import UnsoundWeightsError, parse_weights


def read_weights(path: Path | None = None) -> Weights:
    """Return the weights in force, or those of another file."""
    file = content_dir() / "matching.toml" if path is None else path
    try:
        return parse_weights(read_toml(file))
    except UnsoundWeightsError as error:
        raise ContentError(file, error.key, error.value, error.fix) from error
