"""State machine of places: known, found or made, permitted, pinned, opened; moved; closed. Each adapter drives it.

The core keeps what `Opened` and `Closed` told, so a restart begins with the places of before. What a platform must do
by itself are the five calls of a `PlaceDriver`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from buddybot.adapter.failures import RetryLater, Unreachable
from buddybot.adapter.kit import Notices, unique_event
from buddybot.adapter.port import Inbox, Reads
from buddybot.domain.kernel.messages import Address, Closed, Content, Opened, Origin
from buddybot.domain.kernel.places import Channel, ChannelKind, Place


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that is there: its account, and the one it had before where the platform renamed it."""

    account: str = field(repr=False)
    moved_from: str = field(default="", repr=False)


class NoPlace(Exception):
    """The configuration leaves a channel without a place on this platform; the text is a sentence for the operator."""


class PlaceTaken(Exception):
    """The place found for a channel is another channel's already."""

    def __init__(self, other: str) -> None:
        super().__init__(other)
        self.other = other


class PlaceDriver(Protocol):
    """What one platform does for a `PlaceBook`. Calls may raise one of `refusals`, and are then explained.

    Anything else that they raise, and a refusal that `describe` has no words for, ends the building: the caller may
    build again.
    """

    refusals: tuple[type[Exception], ...]

    async def find(self, channel: Channel, known: tuple[str, ...]) -> FoundPlace | None:
        """Return the channel's place, one of `known` first; None where there is none and one is to be made.

        Raise `NoPlace` where the configuration gives it none.
        """

    async def make(self, channel: Channel) -> str:
        """Make a place and return its account."""

    async def permit(self, channel: Channel, account: str) -> None:
        """Set who may read and write there, by the kind of the channel."""

    async def pin(self, channel: Channel, account: str, content: Content, /) -> tuple[str, str] | None:
        """Keep one pinned message as `content` is now; return a cursor to store together with `Opened`, if any."""

    def describe(self, channel: Channel, trouble: Exception) -> str:
        """Return a sentence for the operator about a refusal or a `PlaceTaken`; empty where it will pass by itself."""


def _any(_: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Ground:
    """One server of a platform that has several: a channel has a place of its own on each that shows it.

    `shows` says which channels have a place there, `has` which accounts stand there. `language` is the one spoken
    there; empty for each channel's own. One `Ground` is built one build at a time.
    """

    driver: PlaceDriver
    shows: Callable[[Channel], bool] = _any
    has: Callable[[str], bool] = _any
    language: str = ""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)


class PlaceBook:
    """Registry of one bot account's places, and the only one who reports `Opened` and `Closed`.

    With `repeats` a place that stands is reported again each time it is built, so that the core sets it up anew. A
    platform with several servers has no `driver` for the whole: each `Ground` that is built brings its own.
    """

    def __init__(
        self,
        driver: PlaceDriver | None,
        home: Address,
        inbox: Inbox,
        reads: Reads,
        notices: Notices,
        *,
        repeats: bool = True,
    ) -> None:
        """Know no place yet: `load` and `build` do. `home` names platform and identity; its account is not used."""
        self.channels = {channel.key: channel for channel in reads.channels()}
        self.ready = False
        """Whether everything was looked for once: until then an unknown account may still turn out to be a place."""
        self._home, self._inbox, self._reads, self._notices = home, inbox, reads, notices
        self._whole = None if driver is None else Ground(driver)
        self._repeats = repeats
        self._known: dict[str, Place] = {}
        self._loaded = False

    # ── Looking up ──────────────────────────────────────────────────────────────────────

    def at(self, account: str) -> Place | None:
        """Return the place of this account; None for a person's."""
        return self._known.get(account)

    def channel_at(self, account: str) -> Channel | None:
        """Return the channel whose place this is."""
        place = self._known.get(account)
        return self.channels.get(place.key) if place else None

    def channel_for(self, account: str) -> Channel:
        """Return the channel whose place this is, to deliver something there.

        Raise `Unreachable` where it is none, and `RetryLater` as long as places are still looked for.
        """
        if (channel := self.channel_at(account)) is not None:
            return channel
        raise Unreachable if self.ready else RetryLater(1)

    def all(self, *kinds: ChannelKind) -> tuple[Place, ...]:
        """Return the places of these kinds of channels; of every kind where none is named."""
        wanted = kinds or tuple(ChannelKind)
        return tuple(
            place
            for account, place in self._known.items()
            if (channel := self.channel_at(account)) is not None and channel.kind in wanted
        )

    def of(self, key: str) -> tuple[str, ...]:
        """Return the accounts known of a channel: one on each ground, or two while it moves from one to another."""
        return tuple(account for account, place in self._known.items() if place.key == key)

    # ── Beginning ───────────────────────────────────────────────────────────────────────

    async def load(self) -> None:
        """Restore what the core was told of before, once; a place whose channel is configured no more is closed."""
        if self._loaded:
            return
        for place in await self._reads.places(self._home.platform, self._home.identity):
            self._known.setdefault(place.account, place)
            if place.key not in self.channels:
                await self.close(place.account)
        self._loaded = True

    async def build(self, again: Callable[[Place], bool] = _any, *, ground: Ground | None = None) -> None:
        """Find or make a place for each channel. What is refused is named, and the others go on.

        `again` says which known places are looked at once more; a channel without a place always is. Without a
        `ground` the whole platform is one.
        """
        on = self._on(ground)
        async with on.turn:
            await self.load()
            for channel in self.channels.values():
                if all(again(self._known[account]) for account in self._of(channel, on)):
                    await self._explained(channel, on, self._set_up(channel, on))
        self.ready = True

    # ── What changes later ──────────────────────────────────────────────────────────────

    async def move(self, old: str, new: str) -> None:
        """Follow a place that the platform renamed."""
        on = self._on()
        async with on.turn:
            if (channel := self.channel_at(old)) is not None:
                await self._explained(channel, on, self._open(channel, on, FoundPlace(new, old)))

    async def close(self, account: str) -> None:
        """Report that a place is gone; nothing where it was none."""
        if (place := self._known.pop(account, None)) is not None:
            await self._inbox.put(Closed(self._origin(place, "closed")))

    async def close_all(self, gone: Callable[[Place], bool] = _any) -> None:
        """Report that these are gone: the bot was put out of where they are."""
        for place in tuple(self._known.values()):
            if gone(place):
                await self.close(place.account)

    # ── One channel ─────────────────────────────────────────────────────────────────────

    def _on(self, ground: Ground | None = None) -> Ground:
        found = ground or self._whole
        assert found is not None, "a platform with several grounds names one"
        return found

    def _of(self, channel: Channel, on: Ground) -> tuple[str, ...]:
        return tuple(account for account in self.of(channel.key) if on.has(account))

    async def _explained(self, channel: Channel, on: Ground, doing: Awaitable[None]) -> None:
        """Await it, and log what was refused; a place that can't be looked at just now stays as it was."""
        try:
            await doing
        except on.driver.refusals as error:
            if not (sentence := on.driver.describe(channel, error)):
                raise
            self._notices.say(sentence)

    async def _set_up(self, channel: Channel, on: Ground) -> None:
        known = self._of(channel, on)
        if not on.shows(channel):
            await self._close_each(known)
            return
        try:
            found = await self._located(channel, on, known)
        except NoPlace as error:
            self._notices.say(str(error))
            await self._close_each(known)
        else:
            await self._open(channel, on, found)
            await self._close_each(account for account in known if account != found.account)

    async def _located(self, channel: Channel, on: Ground, known: tuple[str, ...]) -> FoundPlace:
        """Find or make it; a place that is gone is closed first, and two channels never share one."""
        found = await on.driver.find(channel, known)
        if found is None:
            await self._close_each(known)
            return FoundPlace(await on.driver.make(channel))
        other = self.at(found.account)
        if other is not None and other.key != channel.key:
            raise NoPlace(on.driver.describe(channel, PlaceTaken(other.key)))
        return found

    async def _open(self, channel: Channel, on: Ground, found: FoundPlace) -> None:
        language = on.language or channel.locale
        await on.driver.permit(channel, found.account)
        cursor = await on.driver.pin(channel, found.account, self._reads.pinned(channel.key, language))
        self._known.pop(found.moved_from, None)
        before = self._known.get(found.account)
        place = self._known[found.account] = Place(channel.key, found.account, language)
        if before is None or before.locale != language or self._repeats:
            await self._inbox.put(Opened(self._origin(place, "opened"), found.moved_from), cursor)

    async def _close_each(self, accounts: Iterable[str]) -> None:
        for account in accounts:
            await self.close(account)

    def _origin(self, place: Place, what: str) -> Origin:
        address = Address(self._home.platform, self._home.identity, place.account)
        return Origin(unique_event(f"{place.account}:{what}"), address, place.locale, place=place)
