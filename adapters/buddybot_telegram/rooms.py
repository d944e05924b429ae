"""The places of one bot account: found or made at the start, pinned, followed when they move, missed when they go."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TypeAlias

from telegram.error import BadRequest, ChatMigrated, Forbidden

from buddybot.adapter import Address, Channel, ChannelKind, Closed, Inbound, Inbox, Opened, Origin, Reads
from buddybot_telegram.doors import Doors
from buddybot_telegram.inbound import PLATFORM
from buddybot_telegram.orders import lock
from buddybot_telegram.outbound import body
from buddybot_telegram.receive import patiently
from buddybot_telegram.rights import chat_of, homeless, lacking, unseen
from buddybot_telegram.settings import Settings
from buddybot_telegram.spots import Spot, account_of, target, within
from buddybot_telegram.team import OUT
from buddybot_telegram.wire import Wire, harmless, no_topic, settled

Record: TypeAlias = Callable[[Inbound, tuple[str, str] | None], Awaitable[None]]
LONGEST_NAME = 128
REFUSALS = (BadRequest, ChatMigrated, Forbidden)
log = logging.getLogger(__name__)


class Rooms:
    """Holds the table of places that the rest of the adapter reads."""

    def __init__(self, wire: Wire, settings: Settings, inbox: Inbox, reads: Reads, record: Record) -> None:
        """Know no place yet: `begin` does."""
        self.spots: dict[str, Spot] = {}
        self.doors = Doors()
        self.ready = False
        self._wire, self._settings, self._inbox, self._reads, self._record = wire, settings, inbox, reads, record
        self._said: set[str] = set()
        self._one_at_a_time = asyncio.Lock()

    async def begin(self, again: Collection[int] | None = None) -> None:
        """Find or make a place for each channel; what was known and is none any more is closed.

        `again` are the only groups to look through once more, besides channels that have no place.
        """
        async with self._one_at_a_time:
            await self._begin(again)
        self.ready = True

    async def _begin(self, again: Collection[int] | None) -> None:
        channels = {channel.key: channel for channel in self._reads.channels()}
        for place in await self._reads.places(PLATFORM, self._settings.identity):
            if place.key in channels:
                self.spots.setdefault(place.account, Spot(channels[place.key], place.account))
            else:
                await self._tell(Closed, Spot(Channel(place.key, ""), place.account))
        for channel in channels.values():
            known = [spot for spot in self.spots.values() if spot.channel.key == channel.key]
            if again is not None and any(spot.chat not in again for spot in known):
                continue
            found = await self._found(channel, known)
            for spot in known:
                if spot.account in self.spots and (found is None or spot.account != found.account):
                    await self.close(spot)

    async def _found(self, channel: Channel, known: list[Spot]) -> Spot | None:
        """Open a channel's place, if it can be; a place that can't be seen just now stays as it was."""
        if not (home := self._settings.home(channel)):
            self.remark(homeless(channel))
            return None
        try:
            chat = await chat_of(self._ask, home)
            for sentence in await lacking(self._ask, chat, channel, self._settings.identity):
                self.remark(sentence)
            account = await self._account(channel, chat, home, [spot.account for spot in known])
        except REFUSALS as error:
            self.remark(
                f'the channel "{channel.key}" can\'t be opened (Telegram says: {error.message}): is the bot in its '
                "group, with its rights, and is the group's number in config.toml right?"
            )
            return known[0] if known else None
        if (other := self.spots.get(account)) is not None and other.channel.key != channel.key:
            self.remark(
                f'the channels "{other.channel.key}" and "{channel.key}" would be in one group: turn on its topics.'
            )
            return None
        spot = Spot(channel, account)
        moved = [one for one in known if one.chat != spot.chat and one.account == home]
        await self._open(spot, chat, moved[0].account if moved else "")
        return spot

    async def _account(self, channel: Channel, chat: Mapping[str, object], home: str, known: list[str]) -> str:
        """Return the account of a place, which is a topic wherever the group has topics; one it had before, if any."""
        group = int(str(chat["id"]))
        if not chat.get("is_forum"):
            return account_of(group)
        wanted, name = home.partition("/")[2], {"chat_id": group, "name": channel.title[:LONGEST_NAME]}
        before = (await self._remembered(channel))[0]
        topic = wanted or next((one.partition("/")[2] for one in (*known, before) if one.startswith(f"{group}/")), "")
        if topic:
            try:
                await self._ask("editForumTopic", {**name, "message_thread_id": int(topic)})
            except BadRequest as error:
                # One that is named so already, or may not be renamed, will do; one that is gone is made anew.
                if wanted and no_topic(error):
                    raise
                topic = "" if no_topic(error) else topic
        if topic:
            return account_of(group, int(topic))
        made = await self._ask("createForumTopic", name)
        assert isinstance(made, dict)
        return account_of(group, int(made["message_thread_id"]))

    async def _open(self, spot: Spot, chat: Mapping[str, object], moved_from: str) -> None:
        self.spots.pop(moved_from, None)
        self.spots[spot.account] = spot
        if spot.channel.kind is ChannelKind.ANONYMOUS:
            usual = chat.get("permissions")
            for call in lock(spot, usual if isinstance(usual, dict) else {}, locked=True):
                await self._tried(call.endpoint, call.arguments)
        cursor = await self._pinned(spot)
        origin = self._origin(spot)
        await self._record(Opened(origin, moved_from), (f"pin.{spot.channel.key}", cursor))

    async def _pinned(self, spot: Spot) -> str:
        """Bring what is pinned up to date; return what to remember of it."""
        content = self._reads.pinned(spot.channel.key)
        self.doors.learn(spot, content)
        shown = body(content)
        account, message = await self._remembered(spot.channel)
        if account == spot.account:
            there = {"chat_id": spot.chat, "message_id": int(message)}
            if await self._tried("editMessageText", {**there, **shown}):
                return f"{account} {message}"
        sent = await self._tried("sendMessage", {**target(spot.account), **shown, "disable_notification": True})
        if not isinstance(sent, dict):
            return ""
        there = {"chat_id": spot.chat, "message_id": sent["message_id"]}
        await self._tried("pinChatMessage", {**there, "disable_notification": True})
        return f"{spot.account} {sent['message_id']}"

    async def _remembered(self, channel: Channel) -> tuple[str, str]:
        """Return where the channel was last, and the message that is pinned there."""
        account, _, message = (await self._inbox.cursor(f"pin.{channel.key}") or "").partition(" ")
        return account, message

    # ── What changes later ──────────────────────────────────────────────────────────────

    async def moved(self, old: int, new: int) -> None:
        """Follow a group to its new number."""
        self.remark(f"a group has a new number: write {new} into config.toml instead of {old}.")
        async with self._one_at_a_time:
            for spot in within(self.spots, old):
                try:
                    chat = await chat_of(self._ask, str(new))
                except REFUSALS:
                    self.remark(unseen(spot.channel))
                else:
                    await self._open(Spot(spot.channel, account_of(new)), chat, spot.account)

    async def stands(self, chat: int, status: str) -> None:
        """Take in what the bot is now in a group."""
        self._said.clear()
        if status in OUT:
            for spot in within(self.spots, chat):
                await self.close(spot)
            return
        await self.begin((chat,))
        if not within(self.spots, chat):
            self.remark(f"the bot is in the group {chat}: to have channels there, set adapters.telegram.group = {chat}")

    async def close(self, spot: Spot) -> None:
        """Tell of a place that is gone."""
        self.spots.pop(spot.account, None)
        await self._tell(Closed, spot)

    async def lost(self, account: str) -> None:
        """Make a topic again that somebody deleted."""
        if (spot := self.spots.get(account)) is not None:
            await self.close(spot)
            await self.begin(())

    # ── Ways and means ──────────────────────────────────────────────────────────────────

    def remark(self, sentence: str) -> None:
        """Tell the operator something once."""
        if sentence not in self._said:
            self._said.add(sentence)
            log.warning("Telegram: %s", sentence)

    async def _ask(self, endpoint: str, arguments: Mapping[str, object]) -> object:
        return await patiently(self._wire, endpoint, arguments, refusals=REFUSALS)

    async def _tried(self, endpoint: str, arguments: Mapping[str, object]) -> object:
        """Do it if it can be done; what could not is said once. None: it was refused."""
        try:
            return await self._ask(endpoint, arguments)
        except REFUSALS as error:
            if settled(error):
                return True
            if harmless(error):
                return "not found" not in error.message.lower()
            self.remark(f"{endpoint} was refused ({error.message}).")
            return None

    async def _tell(self, kind: Callable[[Origin], Inbound], spot: Spot) -> None:
        await self._record(kind(self._origin(spot)), None)

    def _origin(self, spot: Spot) -> Origin:
        address = Address(PLATFORM, self._settings.identity, spot.account)
        return Origin(f"{address.identity}:{secrets.token_hex(8)}", address, spot.channel.locale, place=spot.place)
