"""Discord: direct messages with the bot, slash commands and buttons, on discord.py."""

from collections.abc import Mapping

from buddybot_discord.adapter import DiscordAdapter
from buddybot_discord.settings import read_settings

__all__ = ["DiscordAdapter", "create"]


def create(settings: Mapping[str, str]) -> DiscordAdapter:
    """Check the settings and return the adapter; raise `AdapterError` with a sentence on a bad one."""
    return DiscordAdapter(read_settings(settings))
