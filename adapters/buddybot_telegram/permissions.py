"""Administrator rights of the bot, each with what it costs to lack it, and membership of the moderators' group."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TypeAlias

from telegram import ChatMember
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from buddybot.adapter import AdapterError, Channel, ChannelKind, PlaceBook, lru
from buddybot_telegram.addresses import chat_of, is_person, topic_of
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import FATAL
from buddybot_telegram.settings import Settings

Ask: TypeAlias = Callable[[str, Mapping[str, object]], Awaitable[object]]
"""How to call a method of the Bot API."""
REMEDY = "In Telegram: open the group, tap its name, Edit, Administrators, the bot."
REFUSALS = (BadRequest, ChatMigrated, Forbidden)
OUT = (ChatMember.LEFT, ChatMember.BANNED)
ASKED_AGAIN = 600.0
"""Seconds for which an answer about somebody counts."""
MOST_ASKED = 4096


@dataclass(frozen=True, slots=True)
class Right:
    """A right as the Bot API and as Telegram's screens call it, and what goes without it."""

    name: str
    button: str
    cost: str


DELETE = Right("can_delete_messages", "Delete messages", "what breaks a rule stays there")
BAN = Right("can_restrict_members", "Ban users", "newcomers write at once, and no mute, removal or lock takes hold")
INVITE = Right("can_invite_users", "Add users", "requests to join wait for somebody to answer them")
PIN = Right("can_pin_messages", "Pin messages", "the rules and their buttons are not pinned")
TOPICS = Right("can_manage_topics", "Manage topics", "topics can't be made, named, closed or opened")


# ── What the bot may do ─────────────────────────────────────────────────────────────────


async def group_at(ask: Ask, home: str) -> Mapping[str, object]:
    """Return a group of the configuration, wherever it moved to."""
    try:
        found = await ask("getChat", {"chat_id": home.partition("/")[0]})
    except ChatMigrated as moved:
        found = await ask("getChat", {"chat_id": moved.new_chat_id})
    assert isinstance(found, dict)
    return found


async def lacking(ask: Ask, chat: Mapping[str, object], channel: Channel, bot: str) -> Iterator[str]:
    """Return a sentence for each right that this channel needs there, and the bot has not."""
    member = await ask("getChatMember", {"chat_id": chat["id"], "user_id": int(bot)})
    assert isinstance(member, dict)
    return _lacks(member, channel, f'the group "{chat.get("title")}"', forum=bool(chat.get("is_forum")))


async def usual_in(ask: Ask, account: str) -> Mapping[str, object]:
    """Return what everybody may do in a group; nothing is asked for a topic, which has no permissions of its own."""
    chat = await ask("getChat", {"chat_id": chat_of(account)}) if topic_of(account) is None else None
    allowed = chat.get("permissions") if isinstance(chat, dict) else None
    return allowed if isinstance(allowed, dict) else {}


def _lacks(member: Mapping[str, object], channel: Channel, where: str, *, forum: bool) -> Iterator[str]:
    if member["status"] != ChatMember.ADMINISTRATOR:
        yield f"{where}: the bot is no administrator, so it hears and does next to nothing. {REMEDY}"
        return
    watched = () if channel.kind is ChannelKind.MODERATORS else (DELETE, BAN, INVITE)
    for right in (*watched, PIN, *((TOPICS,) if forum else ())):
        if not member.get(right.name):
            yield f'{where}: the bot has no right "{right.button}": {right.cost}. {REMEDY}'


def homeless(channel: Channel) -> str:
    """Say that a channel has no group."""
    key = "moderators_group" if channel.kind is ChannelKind.MODERATORS else "group"
    return f'the channel "{channel.key}" is not on Telegram: set adapters.telegram.{key}, or place_{channel.key}.'


def unseen(channel: Channel) -> str:
    """Say that a group can't be seen."""
    return f'the group of "{channel.key}" can\'t be seen: add the bot to it, and check its number in config.toml.'


def slowly(channel: Channel) -> str:
    """Say what Telegram lets no bot do."""
    return f'the channel "{channel.key}": no bot can set slow mode. Set it by hand, in the group\'s Permissions.'


async def survey(api: BotApi, settings: Settings, channels: tuple[Channel, ...]) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing; nothing is changed."""
    found: list[str] = []
    try:
        await api.call("getMe")
        for channel in channels:
            found += await _missing(api, settings, channel)
    except TelegramError as error:
        unreached = f"Telegram can't be reached ({type(error).__name__}): try again later."
        raise AdapterError(FATAL.get(type(error), unreached)) from None
    return tuple(dict.fromkeys(found))


async def _missing(api: BotApi, settings: Settings, channel: Channel) -> list[str]:
    if not (home := settings.home(channel)):
        return [homeless(channel)]
    try:
        chat = await group_at(api.call, home)
        slow = [slowly(channel)] if channel.slow and not chat.get("slow_mode_delay") else []
        return [*await lacking(api.call, chat, channel, settings.identity), *slow]
    except (BadRequest, Forbidden):
        return [unseen(channel)]


# ── Who is a moderator ──────────────────────────────────────────────────────────────────


class Moderators:
    """Membership cache: asks Telegram about one person at a time, and for some minutes knows the answer."""

    def __init__(self, api: BotApi, book: PlaceBook) -> None:
        self._api, self._book = api, book
        self._asked: MutableMapping[str, tuple[bool, float]] = lru(MOST_ASKED)

    def groups(self) -> list[int]:
        """Return the groups of the moderators."""
        return sorted({chat_of(place.account) for place in self._book.all(ChannelKind.MODERATORS)})

    async def roles(self, account: str) -> tuple[str, ...]:
        """Return what somebody is: whoever is in the moderators' group is a moderator."""
        if not is_person(account):
            return ()
        return ("moderator",) if any([await self._is_inside(chat, account) for chat in self.groups()]) else ()

    async def _is_inside(self, chat: int, account: str) -> bool:
        key, now = f"{chat} {account}", asyncio.get_running_loop().time()
        known, until = self._asked.get(key, (False, 0.0))
        if now < until:
            return known
        try:
            member = await self._api.call("getChatMember", {"chat_id": chat, "user_id": int(account)})
        except BadRequest:
            member = None
        except TelegramError:
            return known
        known = isinstance(member, dict) and member["status"] not in OUT and member.get("is_member") is not False
        self._asked[key] = known, now + ASKED_AGAIN
        return known

    def forget(self, chat: int, account: str) -> None:
        """Ask again about somebody who came or went."""
        self._asked.pop(f"{chat} {account}", None)
