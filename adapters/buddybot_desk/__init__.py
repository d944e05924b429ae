"""The moderators' desk: pages of its own, which see the core only through `Reads.desk`."""

from collections.abc import Mapping

from buddybot_desk.adapter import DeskAdapter
from buddybot_desk.settings import read_settings

__all__ = ["DeskAdapter", "create"]


def create(settings: Mapping[str, str]) -> DeskAdapter:
    """Check the settings and return the adapter; raise `AdapterError` with a sentence on a bad one."""
    return DeskAdapter(read_settings(settings))
