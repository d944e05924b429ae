"""Administrator rights of the bot, each with what it costs to lack it, and membership of the moderators' group."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import TypeAlias

from telegram import ChatMember
from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot.adapter import Channel, ChannelKind, PlaceBook, lru
from buddybot_telegram.addresses import chat_of, topic_of
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import is_missing

Ask: TypeAlias = Callable[[str, Mapping[str, object]], Awaitable[object]]
"""How to call a method of the Bot API."""
REMEDY = "In Telegram: open the group, tap its name, Edit, Administrators, the bot."
REFUSALS = (BadRequest, Forbidden)
OUT = (ChatMember.LEFT, ChatMember.BANNED)
ASKED_AGAIN = 600.0
"""Seconds for which an answer about somebody counts."""
MOST_ASKED = 4096


DELETE, BAN, INVITE = "can_delete_messages", "can_restrict_members", "can_invite_users"
PIN, TOPICS, TAGS = "can_pin_messages", "can_manage_topics", "can_manage_tags"
RIGHTS = {
    DELETE: ("Delete messages", "what breaks a rule stays there"),
    BAN: ("Ban users", "newcomers write at once, and no mute, removal or lock takes hold"),
    INVITE: ("Add users", "requests to join wait for somebody to answer them"),
    PIN: ("Pin messages", "the rules and their buttons are not pinned"),
    TOPICS: ("Manage topics", "topics can't be made, named, closed or opened"),
    TAGS: ("Manage tags", "moderators have no tag beside their name"),
}
"""Each right by the Bot API's name: what Telegram's screens call it, and what goes without it."""
WATCHING = (DELETE, BAN, INVITE)
"""What it takes where members are."""
ADMINISTRATOR = "hears little of what is said, and of nobody who comes or goes"


# ── What the bot may do ─────────────────────────────────────────────────────────────────


async def group_at(ask: Ask, home: str) -> Mapping[str, object]:
    """Return a group by its number or @name, perhaps with a topic behind a slash."""
    found = await ask("getChat", {"chat_id": home.partition("/")[0]})
    assert isinstance(found, dict)
    return found


async def knows_ephemerals(ask: Ask) -> bool:
    """Ask whether the server knows ephemeral messages, with a method that only such a one has; it does nothing."""
    try:
        await ask("deleteEphemeralMessage", {})
    except REFUSALS as error:
        return not is_missing(error)
    return True


async def usual_in(ask: Ask, account: str) -> Mapping[str, object]:
    """Return what everybody may do in a group; nothing is asked for a topic, which has no permissions of its own."""
    allowed = (await group_at(ask, account)).get("permissions") if topic_of(account) is None else None
    return allowed if isinstance(allowed, dict) else {}


def needed(kind: ChannelKind, *, forum: bool, tags: bool = False) -> tuple[str, ...]:
    """Return the rights that a channel of this kind takes in its group, by the Bot API's names."""
    if kind is ChannelKind.MODERATORS:
        return (PIN, *((TOPICS,) if forum else ()))
    return (*WATCHING, PIN, *((TOPICS,) if forum else ()), *((TAGS,) if tags else ()))


async def lacking(ask: Ask, chat: Mapping[str, object], channel: Channel, bot: str, *, tags: bool = False) -> list[str]:
    """Return a sentence for each right that this channel needs there, and the bot has not."""
    member, where = await ask("getChatMember", {"chat_id": chat["id"], "user_id": int(bot)}), chat.get("title")
    assert isinstance(member, dict)
    if member["status"] != ChatMember.ADMINISTRATOR:
        return [f'the group "{where}": the bot is no administrator, so it {_hears(await ask("getMe", {}))}. {REMEDY}']
    wanted = needed(channel.kind, forum=bool(chat.get("is_forum")), tags=tags)
    missing = (RIGHTS[right] for right in wanted if not member.get(right))
    return [f'the group "{where}": the bot has no right "{button}": {cost}. {REMEDY}' for button, cost in missing]


def _hears(me: object) -> str:
    """Say what a plain member hears that is a bot: by BotFather's privacy mode, which counts for no administrator."""
    if isinstance(me, dict) and me.get("can_read_all_group_messages") is True:
        return "hears what is said, but may take nothing away, mute or remove nobody and pin nothing"
    return "hears commands and answers to itself alone, and may do next to nothing"


def homeless(channel: Channel) -> str:
    """Say that a channel has no group."""
    key = "moderators_group" if channel.kind is ChannelKind.MODERATORS else "group"
    return f'the channel "{channel.key}" is not on Telegram: set adapters.telegram.{key}, or place_{channel.key}.'


def slowly(channel: Channel) -> str:
    """Say what Telegram lets no bot do."""
    return f'the channel "{channel.key}": no bot can set slow mode. Set it by hand, in the group\'s Permissions.'


# ── Who is a moderator ──────────────────────────────────────────────────────────────────


class Moderators:
    """Membership cache: asks Telegram about one person at a time, and for some minutes knows the answer."""

    def __init__(self, api: BotApi, book: PlaceBook) -> None:
        self._api, self._book = api, book
        self._asked: MutableMapping[tuple[int, int], tuple[bool, float]] = lru(MOST_ASKED)

    def groups(self) -> list[int]:
        """Return the groups of the moderators."""
        return sorted({chat_of(place.account) for place in self._book.all(ChannelKind.MODERATORS)})

    async def roles(self, person: int) -> tuple[str, ...]:
        """Return what somebody is: whoever is in the moderators' group is a moderator."""
        return ("moderator",) if any([await self._is_inside(chat, person) for chat in self.groups()]) else ()

    async def _is_inside(self, chat: int, person: int) -> bool:
        now = asyncio.get_running_loop().time()
        known, until = self._asked.get((chat, person), (False, 0.0))
        if now < until or person < 0:  # a channel that somebody posts as is no member
            return known
        try:
            member = await self._api.call("getChatMember", {"chat_id": chat, "user_id": person})
        except BadRequest:
            member = None
        except TelegramError:
            return known
        known = isinstance(member, dict) and member["status"] not in OUT and member.get("is_member") is not False
        self._asked[chat, person] = known, now + ASKED_AGAIN
        return known

    def forget(self, chat: int, person: int) -> None:
        """Ask again about somebody who came or went."""
        self._asked.pop((chat, person), None)
