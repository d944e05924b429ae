"""Back-fill: what was said while nobody listened is read before anything newer of the same DM or channel."""

import asyncio
import hashlib
import logging
import secrets
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import Protocol, TypeAlias

import discord
from discord import Client

from buddybot import adapter as core
from buddybot_discord.directs import DirectChannels
from buddybot_discord.errors import FAILURES, passes, place_of
from buddybot_discord.rescue.by_hand import Raw, read_by_hand
from buddybot_discord.settings import Settings as DiscordSettings
from buddybot_discord.timing import CodePauses, Doing

Report: TypeAlias = Callable[[discord.Message], Awaitable["core.Said | None"]]
Page: TypeAlias = "Sequence[Mapping[str, object]]"
_PAGE = 100

log = logging.getLogger(__name__)


class _Lane:
    """Spaces requests evenly; reading back must not use up what Discord allows for sending."""

    def __init__(self, per_second: float) -> None:
        self._gap, self._last = 1 / per_second, float("-inf")

    async def turn(self) -> None:
        now = asyncio.get_running_loop().time()
        self._last = max(self._last + self._gap, now)
        await asyncio.sleep(self._last - now)


class Surroundings(Protocol):
    """Where a message stands."""

    def read_at(self, channel: int | None) -> core.Place | None:
        """Return the place that a channel or a thread belongs to, where the bot reads along."""

    def named(self, channel: int, message: int | str) -> core.MessageId:
        """Return the name of a message for the core."""

    def is_thread(self, channel: int) -> bool:
        """Return whether it is known to be a thread."""


class CatchUp:
    """Every new session may have a gap, so each DM is read once a session, newest DM first, from its cursor on.

    `report` makes of a message what is to be reported; None where it is none of our business.
    """

    def __init__(  # noqa: PLR0917 - what reading back stands on
        self,
        client: Client,
        directs: DirectChannels,
        inbox: core.Inbox,
        settings: DiscordSettings,
        report: Report,
        places: Surroundings,
        pauses: CodePauses,
        shard_at: Callable[[int], int],
    ) -> None:
        self._client, self._directs, self._inbox, self._settings = client, directs, inbox, settings
        self._report, self._pauses = report, pauses
        self._places, self._shard_at, self._unread = places, shard_at, _Unread()
        self._since: dict[int, int] = {}
        self._sessions: Counter[int] = Counter()
        self._caught: dict[int, int] = {}
        self._newest: dict[int, int] = {}
        # Who is writing right now need not wait for the reading of all others.
        self._live, self._background = _Lane(settings.per_second / 2), _Lane(settings.per_second / 2)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def begin(self, shard: int) -> None:
        """Count a new session of a shard. This comes before its first message, or that one's DM is read twice."""
        self._sessions[shard] += 1
        self._directs.anew(lambda channel: self._shard_at(channel) == shard)

    def _session(self, channel: int) -> int:
        """Return the session that tells of a channel: another shard's new one leaves no gap here."""
        return self._sessions[self._shard_at(channel)]

    async def read_so_far(self, channels: Iterable[int]) -> dict[int, int]:
        """Return the newest message reported of each channel; 0 where there is none."""
        read, cursor = core.until_read, self._inbox.cursor
        return {each: int(await read(partial(cursor, cursor_key(each))) or 0) for each in channels}

    def expect(self, threads: Mapping[int, tuple[int, int]]) -> None:
        """Note from where on a thread is read of which nothing is known yet, and which message is its newest.

        What it held before the bot came is not read.
        """
        for thread, (since, newest) in threads.items():
            self._since.setdefault(thread, since)
            self._directs.latest[thread] = newest

    def begun(self, channel: int) -> None:
        """Note that a thread was opened just now: nothing in it can have been missed."""
        self._caught[channel] = self._session(channel)

    async def all_of(self, whom: Iterable[int | str]) -> None:
        """Read these channels, and the DMs with these accounts. Each fails alone."""
        async with asyncio.TaskGroup() as reads:
            for each in whom:
                reads.create_task(self._read(each))

    async def everyone(self) -> None:
        """Read all DMs we know of: a request for each, and one more to open it where its id was never kept."""
        people = await core.until_read(partial(self._inbox.correspondents, "discord", self._settings.identity))
        met = self._directs.known()
        known = [self._directs.recall(each) or each.account for each in people]
        await self.all_of(dict.fromkeys([*met, *known]))

    @asynccontextmanager
    async def turn(self, channel: int) -> AsyncIterator[None]:
        """Hold a DM's events in order, behind those missed."""
        async with self._turns[channel]:
            try:
                await self._catch_up(channel, self._live)
            except (*FAILURES, core.RetryLater) as error:
                # What follows is reported without moving the cursor, so the gap stays known and is read later.
                if not passes(error):
                    self._caught[channel] = self._session(channel)
            yield

    async def put(self, message: discord.Message) -> None:
        """Report a message of this DM, and how far its reading has come."""
        channel = message.channel.id
        in_order = self._caught.get(channel) == self._session(channel) and message.id > self._newest.get(channel, 0)
        await self._put(message, moves_on=in_order)

    async def put_raw(self, channel: int, raw: Raw) -> None:
        """Report the same way a message that the library can't parse."""
        number = _id(raw)
        in_order = self._caught.get(channel) == self._session(channel) and number > self._newest.get(channel, 0)
        await self._reported(channel, number, self.by_hand(channel, raw), moves_on=in_order)

    async def _put(self, message: discord.Message, *, moves_on: bool) -> None:
        await self._reported(message.channel.id, message.id, await self._report(message), moves_on=moves_on)

    async def _reported(self, channel: int, message: int, event: core.Said | None, *, moves_on: bool) -> None:
        if event is not None:
            await self._inbox.put(event, (cursor_key(channel), str(message)) if moves_on else None)
        if event is not None and moves_on:
            self._newest[channel] = message

    async def _read(self, whom: int | str) -> None:
        try:
            channel: int | None = whom if isinstance(whom, int) else None
            if isinstance(whom, str):
                opening, turn = Doing.OPENING, self._background.turn
                channel = await self._pauses.patiently(lambda: self._directs.opened(whom), opening, turn)
            if channel is not None:
                await self._pauses.patiently(lambda: self._one(channel))
        except Exception as error:  # noqa: BLE001 - the border "history": what one holds must not end the reading of others
            log.error("a history could not be read: %s", place_of(error))

    async def _one(self, channel: int) -> None:
        async with self._turns[channel]:
            await self._catch_up(channel, self._background)

    async def _catch_up(self, channel: int, lane: _Lane) -> None:
        session = self._session(channel)
        if self._caught.get(channel) == session:
            return
        async for message in self._missed(channel, lane):
            await self._put_missed(channel, message)
        self._caught[channel] = session

    async def _put_missed(self, channel: int, raw: Mapping[str, object]) -> None:
        """Report one message of a history; what the library can't parse is read by hand, or else passed over."""
        direct, number = self._client.get_partial_messageable(channel), _id(raw)
        try:
            state = self._client._connection  # noqa: SLF001 - its own history makes messages with it
            message = discord.Message(state=state, channel=direct, data=raw)  # type: ignore[arg-type]  # JSON as it came
            event = await self._report(message)
        except FAILURES:
            raise
        except Exception as error:  # noqa: BLE001 - the border "history": one message must not end the bot at each start
            event = self.by_hand(channel, raw)
            self._unread.say(number, error, heard=event is not None)
        if number:
            await self._reported(channel, number, event, moves_on=True)

    def by_hand(self, channel: int, raw: Raw) -> core.Said | None:
        """Return what can be read of a message that the library can't parse; None where it is none of our business."""
        place = self._places.read_at(channel)
        event = read_by_hand(raw, self._settings, place)
        if event is not None:
            event = replace(event, message=self._places.named(channel, event.message))
        if event is not None and place is None:
            self._directs.learn(channel, event.origin.address.account)
        return event

    async def _missed(self, channel: int, lane: _Lane) -> AsyncIterator[Mapping[str, object]]:
        """Yield what came after the cursor; without one, what was said since the bot last spoke, oldest first."""
        stored = await self._inbox.cursor(cursor_key(channel))
        after = max(int(stored or self._since.get(channel, 0)), self._newest.get(channel, 0))
        if after and after >= self._directs.latest.pop(channel, after + 1):
            return
        if not after and self._places.is_thread(channel):
            return  # it is new to us, and what it held before we came is not read
        while True:
            await lane.turn()
            self._pauses.check(Doing.READING)
            page = await self._client.http.logs_from(channel, _PAGE, after=after or None)
            read = sorted(page, key=_id) if after else _unanswered(page)
            for raw in read:
                yield raw
            if not after or len(page) < _PAGE:
                return
            after = max(map(_id, page))


class _Unread:
    """Counts the messages that the library could not parse. A hash under a key of this process alone names each."""

    def __init__(self) -> None:
        self.count = 0
        self._key = secrets.token_bytes(16)

    def say(self, message: int, error: Exception, *, heard: bool) -> None:
        """Log where it broke, and what became of it; no value of it."""
        self.count += 1
        name = hashlib.blake2s(str(message).encode(), key=self._key, digest_size=6).hexdigest()
        became = "read by hand" if heard else "passed over"
        log.error(
            "message %s of a history, number %s that can't be parsed (%s): %s",
            name,
            self.count,
            place_of(error),
            became,
        )


def _id(raw: Mapping[str, object]) -> int:
    found = raw.get("id")
    return int(found) if isinstance(found, str) and found.isdecimal() else 0


def _unanswered(page: "Page") -> list[Mapping[str, object]]:
    """Return what was said since a bot last spoke, oldest first."""

    def human(raw: Mapping[str, object]) -> bool:
        author = raw.get("author")
        return not (isinstance(author, Mapping) and author.get("bot"))

    return [*takewhile(human, sorted(page, key=_id, reverse=True))][::-1]


def cursor_key(channel: int) -> str:
    """Return the inbox's cursor key for how far a channel was read."""
    return f"discord:dm:{channel}"
