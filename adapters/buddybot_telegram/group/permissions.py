"""Administrator rights of the bot, each with what it costs to lack it, and membership of the moderators' group."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import TypeAlias

from telegram import ChatMember
from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot.adapter import AdapterError, Channel, ChannelKind, PlaceBook, lru
from buddybot_telegram.addresses import chat_of, topic_of
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import FATAL, is_missing
from buddybot_telegram.settings import Settings as TelegramSettings

Ask: TypeAlias = Callable[[str, Mapping[str, object]], Awaitable[object]]
"""How to call a method of the Bot API."""
REMEDY = "In Telegram: open the group, tap its name, Edit, Administrators, the bot."
REFUSALS = (BadRequest, Forbidden)
OUT = (ChatMember.LEFT, ChatMember.BANNED)
OLD_SERVER = (
    "the Bot API server is older than 10.2: answers in groups can't be shown to one person alone, so they come in "
    "private, and a typed /crisis or /report shows for a moment. Bring the server at adapters.telegram.base_url to a "
    "newer version."
)
UNEXPECTED = (AssertionError, AttributeError, KeyError, TypeError, ValueError)
"""What comes of an answer that is not the Bot API's."""
ASKED_AGAIN = 600.0
"""Seconds for which an answer about somebody counts."""
MOST_ASKED = 4096


DELETE, BAN, INVITE = "can_delete_messages", "can_restrict_members", "can_invite_users"
PIN, TOPICS = "can_pin_messages", "can_manage_topics"
RIGHTS = {
    DELETE: ("Delete messages", "what breaks a rule stays there"),
    BAN: ("Ban users", "newcomers write at once, and no mute, removal or lock takes hold"),
    INVITE: ("Add users", "requests to join wait for somebody to answer them"),
    PIN: ("Pin messages", "the rules and their buttons are not pinned"),
    TOPICS: ("Manage topics", "topics can't be made, named, closed or opened"),
}
"""Each right by the Bot API's name: what Telegram's screens call it, and what goes without it."""


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


async def lacking(ask: Ask, chat: Mapping[str, object], channel: Channel, bot: str) -> list[str]:
    """Return a sentence for each right that this channel needs there, and the bot has not."""
    member, where = await ask("getChatMember", {"chat_id": chat["id"], "user_id": int(bot)}), chat.get("title")
    assert isinstance(member, dict)
    if member["status"] != ChatMember.ADMINISTRATOR:
        return [f'the group "{where}": the bot is no administrator, so it hears and does next to nothing. {REMEDY}']
    watched = () if channel.kind is ChannelKind.MODERATORS else (DELETE, BAN, INVITE)
    needed = (*watched, PIN, *((TOPICS,) if chat.get("is_forum") else ()))
    missing = (RIGHTS[right] for right in needed if not member.get(right))
    return [f'the group "{where}": the bot has no right "{button}": {cost}. {REMEDY}' for button, cost in missing]


def homeless(channel: Channel) -> str:
    """Say that a channel has no group."""
    key = "moderators_group" if channel.kind is ChannelKind.MODERATORS else "group"
    return f'the channel "{channel.key}" is not on Telegram: set adapters.telegram.{key}, or place_{channel.key}.'


def slowly(channel: Channel) -> str:
    """Say what Telegram lets no bot do."""
    return f'the channel "{channel.key}": no bot can set slow mode. Set it by hand, in the group\'s Permissions.'


async def survey(api: BotApi, settings: TelegramSettings, channels: tuple[Channel, ...]) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing; nothing is changed.

    A bot without any group talks with people alone: then no channel is missing one.
    """
    used = channels if any(settings.home(channel) for channel in channels) else ()
    try:
        await api.call("getMe")
        found = [sentence for channel in used for sentence in await _missing(api, settings, channel)]
        found += [OLD_SERVER] if used and not await knows_ephemerals(api.call) else []
    except TelegramError as error:
        unreached = f"Telegram can't be reached ({type(error).__name__}): try again later."
        raise AdapterError(FATAL.get(type(error), unreached)) from None
    except UNEXPECTED as error:
        unlike = f"Telegram answered unlike itself ({type(error).__name__}): check adapters.telegram.base_url."
        raise AdapterError(unlike) from None
    return tuple(dict.fromkeys(found))


async def _missing(api: BotApi, settings: TelegramSettings, channel: Channel) -> list[str]:
    if not (home := settings.home(channel)):
        return [homeless(channel)]
    try:
        chat = await group_at(api.call, home)
        slow = [slowly(channel)] if channel.slow and not chat.get("slow_mode_delay") else []
        return [*await lacking(api.call, chat, channel, settings.identity), *slow]
    except REFUSALS:
        return [f'the group of "{channel.key}" can\'t be seen: add the bot to it, and check its number in config.toml.']


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
