"""Survey of the bot's account and groups, for `buddybot check --online`: each lack with its cause and its remedy.

Nothing is changed by it. What no bot can ask (slow mode of others, whether *General* is open, how an invite link of
somebody else's lets people in) is on the page about Telegram.
"""

from collections.abc import Iterator, Mapping, Sequence

from telegram.error import TelegramError

from buddybot.adapter import AdapterError, Channel, ChannelKind
from buddybot_telegram.commands import MenuPart, menu_parts
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import FATAL
from buddybot_telegram.group.permissions import (
    REFUSALS,
    group_at,
    homeless,
    knows_ephemerals,
    lacking,
    slowly,
)
from buddybot_telegram.settings import Settings as TelegramSettings

OLD_SERVER = (
    "the Bot API server is older than 10.2: answers in groups can't be shown to one person alone, so they come in "
    "private, and a typed /crisis or /report shows for a moment. Bring the server at adapters.telegram.base_url to a "
    "newer version."
)
UNEXPECTED = (AssertionError, AttributeError, KeyError, TypeError, ValueError)
"""What comes of an answer that is not the Bot API's."""


async def survey(
    api: BotApi, settings: TelegramSettings, channels: tuple[Channel, ...], locales: Sequence[str]
) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing; nothing is changed.

    A bot without any group talks with people alone: then no channel is missing one.
    """
    used = channels if any(settings.home(channel) for channel in channels) else ()
    looked = _Survey(api, settings)
    try:
        await api.call("getMe")
        found = [sentence for channel in used for sentence in await looked.missing(channel)]
        found += [*looked.crowded(), *await looked.menus(locales)]
        found += [OLD_SERVER] if used and not await knows_ephemerals(api.call) else []
    except TelegramError as error:
        unreached = f"Telegram can't be reached ({type(error).__name__}): try again later."
        raise AdapterError(FATAL.get(type(error), unreached)) from None
    except UNEXPECTED as error:
        unlike = f"Telegram answered unlike itself ({type(error).__name__}): check adapters.telegram.base_url."
        raise AdapterError(unlike) from None
    return tuple(dict.fromkeys(found))


class _Survey:
    """What was seen of the groups on the way."""

    def __init__(self, api: BotApi, settings: TelegramSettings) -> None:
        self._api, self._settings = api, settings
        self._seen: dict[int, list[Channel]] = {}

    async def missing(self, channel: Channel) -> list[str]:
        """Return what one channel lacks."""
        if not (home := self._settings.home(channel)):
            return [homeless(channel)]
        try:
            chat = await group_at(self._api.call, home)
            self._seen.setdefault(int(str(chat["id"])), []).append(channel)
            slow = [slowly(channel)] if channel.slow and not chat.get("slow_mode_delay") else []
            rights = await lacking(
                self._api.call, chat, channel, self._settings.identity, tags=self._settings.tags != "off"
            )
            return [*rights, *slow, *_doors(chat, channel)]
        except REFUSALS:
            return [
                f'the group of "{channel.key}" can\'t be seen: add the bot to it, and check its number in config.toml.'
            ]

    def crowded(self) -> Iterator[str]:
        """Yield where members read what moderators are told."""
        for channels in self._seen.values():
            team = [one.key for one in channels if one.kind is ChannelKind.MODERATORS]
            others = [one.key for one in channels if one.kind is not ChannelKind.MODERATORS]
            if team and others:
                yield (
                    f'the channels "{team[0]}" and "{others[0]}" are in one group, so members read what moderators are '
                    "told: make a group for the team alone, and set adapters.telegram.moderators_group to its number."
                )

    async def menus(self, locales: Sequence[str]) -> list[str]:
        """Name the entries of the menu that Telegram does not have, where it has others: the bot did set those."""
        teams = [
            chat for chat, channels in self._seen.items() if all(one.kind is ChannelKind.MODERATORS for one in channels)
        ]
        parts = list(menu_parts(locales, teams))
        missing = [part for part in parts if not await self._has(part)]
        if len(missing) == len(parts):
            return []  # it was never started with this token
        return [
            f"Telegram has no {part.title}: it was refused, or not set yet. Start the bot; where Telegram refuses it "
            "again, the log says why."
            for part in missing
        ]

    async def _has(self, part: MenuPart) -> bool:
        try:
            found = await self._api.call(f"get{part.name}", part.key)
        except REFUSALS:
            return True  # a server of one's own that can't say
        return any(found.values()) if isinstance(found, dict) else bool(found)


def _doors(chat: Mapping[str, object], channel: Channel) -> Iterator[str]:
    """Yield what is open about a group that anybody can find."""
    if not (name := chat.get("username")):
        return
    where, private = chat.get("title"), "In Telegram: open the group, tap its name, Edit, Group type, Private."
    if channel.kind is ChannelKind.MODERATORS:
        told = "anybody can find it and read what moderators are told"
        yield f'the group "{where}" is public (@{name}): {told}. {private}'
    elif chat.get("join_by_request") is not True:
        remedy = "turn on Approve New Members there (Edit, Group type), or make it private"
        yield f'the group "{where}" is public (@{name}) and lets in whoever finds it, unasked: {remedy}. {private}'
