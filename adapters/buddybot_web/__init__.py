"""The web chat: a page of its own, with no account, no third party and little JavaScript."""

from collections.abc import Mapping

from buddybot_web.adapter import WebAdapter
from buddybot_web.settings import read_settings

__all__ = ["WebAdapter", "create"]


def create(settings: Mapping[str, str]) -> WebAdapter:
    """Check the settings and return the adapter; raise `AdapterError` with a sentence on a bad one."""
    return WebAdapter(read_settings(settings))
