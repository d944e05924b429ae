"""Who is a moderator: whoever is in the moderators' group, as Telegram says."""

import asyncio

from telegram import ChatMember
from telegram.error import BadRequest, TelegramError

from buddybot.adapter import ChannelKind
from buddybot_telegram.spots import Spots
from buddybot_telegram.wire import Wire

ASKED_AGAIN = 600.0
"""Seconds for which an answer counts."""
MOST_ASKED = 4096
OUT = (ChatMember.LEFT, ChatMember.BANNED)


class Team:
    """Asks about one person at a time, and for some minutes knows the answer."""

    def __init__(self, wire: Wire, spots: Spots) -> None:
        self._wire, self._spots = wire, spots
        self._asked: dict[str, tuple[bool, float]] = {}

    def groups(self) -> list[int]:
        """Return the groups of the moderators."""
        return sorted({spot.chat for spot in self._spots.values() if spot.channel.kind is ChannelKind.MODERATORS})

    async def roles(self, account: str) -> tuple[str, ...]:
        """Return what somebody is: whoever is in the moderators' group is a moderator."""
        if account.startswith("-"):
            return ()
        return ("moderator",) if any([await self._inside(chat, account) for chat in self.groups()]) else ()

    async def _inside(self, chat: int, account: str) -> bool:
        key, now = f"{chat} {account}", asyncio.get_running_loop().time()
        known, until = self._asked.get(key, (False, 0.0))
        if now < until:
            return known
        try:
            member = await self._wire.call("getChatMember", {"chat_id": chat, "user_id": int(account)})
        except BadRequest:
            member = None
        except TelegramError:
            return known
        known = isinstance(member, dict) and member["status"] not in OUT and member.get("is_member") is not False
        if len(self._asked) >= MOST_ASKED:
            self._asked.clear()
        self._asked[key] = known, now + ASKED_AGAIN
        return known

    def forget(self, chat: int, account: str) -> None:
        """Ask again about somebody who came or went."""
        self._asked.pop(f"{chat} {account}", None)
