"""The desk's own table of the configuration."""

from collections.abc import Mapping

from buddybot_http import settings
from buddybot_http.settings import KNOWN, Settings

__all__ = ["KNOWN", "NAME", "Settings", "read_settings"]

NAME = "desk"


def read_settings(table: Mapping[str, str]) -> Settings:
    """Check every value; anything that would surprise the operator later is refused now."""
    return settings.read_settings(table, NAME, port=8081)
