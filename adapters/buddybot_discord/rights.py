"""What the bot must be allowed to do in the server with the channels, what each right is for, and saying so once."""

import logging
from collections.abc import Iterator

import discord

from buddybot.adapter import Channel, ChannelKind

log = logging.getLogger(__name__)

COSTS = {
    "view_channel": "it can't see its channels",
    "send_messages": "it can't post",
    "read_message_history": "what was said while it was away stays unread",
    "add_reactions": "reactions from other platforms are not shown",
    "manage_messages": "what breaks a rule can't be taken away",
    "pin_messages": "rules and buttons are not pinned, so nobody can press Write",
    "manage_channels": "channels can't be made, and slow mode can't be set",
    "manage_roles": "channels can't be kept to their kind, newcomers not held back, nobody kept out",
    "create_public_threads": "threads, which it does not read, can't be switched off",
    "create_private_threads": "threads, which it does not read, can't be switched off",
    "send_messages_in_threads": "threads, which it does not read, can't be switched off",
    "moderate_members": "no time-outs",
    "manage_guild": "AutoMod's rules are not kept up to date (or set automod = none)",
}
"""Each right by discord.py's name, and what is lost without it."""
THREADS = ("create_public_threads", "create_private_threads", "send_messages_in_threads")


def needed(channels: tuple[Channel, ...], *, automod: bool) -> tuple[str, ...]:
    """Return the rights that these channels need, and no more; none without channels."""
    is_open = any(each.kind is ChannelKind.OPEN for each in channels)
    spared = () if is_open else ("moderate_members", "manage_guild")
    names = COSTS if channels else ()
    return tuple(each for each in names if each not in spared and (automod or each != "manage_guild"))


def missing(has: discord.Permissions, channels: tuple[Channel, ...], *, automod: bool) -> Iterator[str]:
    """Say of each right that is missing what it costs, and how to give it."""
    return (sentence(each) for each in needed(channels, automod=automod) if not getattr(has, each))


def shown(name: str) -> str:
    """Return a right as Discord's settings call it."""
    return name.replace("guild", "server").replace("_", " ").title()


def sentence(name: str) -> str:
    """Say what a missing right costs, and how to give it."""
    return (
        f"the bot lacks the right {shown(name)} in its server: {COSTS[name]}. Open Server Settings, Roles, the bot's "
        f"role, and allow {shown(name)}; a channel's own permissions may take it away again"
    )


class Rights:
    """Says once what is missing, while the bot goes on without it."""

    def __init__(self) -> None:
        self._named: set[str] = set()

    def lacks(self, name: str) -> None:
        """Name a missing right."""
        self.say(sentence(name))

    def say(self, problem: str) -> None:
        """Tell the operator, unless they were told already."""
        if problem not in self._named:
            self._named.add(problem)
            log.warning("discord: %s", problem)
