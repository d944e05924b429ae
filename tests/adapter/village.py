"""A platform in memory with rooms for channels, driven by a `PlaceBook`, and an inbox that remembers like the core."""

import logging
from itertools import count

from buddybot.adapter import (
    Address,
    Channel,
    Closed,
    Content,
    FoundPlace,
    Inbound,
    NoPlace,
    Notices,
    Opened,
    Place,
    PlaceBook,
    PlaceTaken,
    Span,
)
from buddybot.testing import NoPlaces, NoThreads

HOME = Address("village", "main", "")


class Rejected(Exception):
    """The village says no."""


class Down(Rejected):
    """The village does not answer just now: no sentence for it."""


class Village:
    """Rooms by their account; each remembers its name, its permission and what is pinned."""

    refusals: tuple[type[Exception], ...] = (Rejected,)

    def __init__(self, prefix: str = "#") -> None:
        self._prefix = prefix
        self.rooms: dict[str, str] = {}
        self.homeless: set[str] = set()
        self.pins: dict[str, str] = {}
        self.permitted: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.trouble: dict[str, Exception] = {}
        self.calls: list[str] = []
        self._numbers = count(1)

    async def find(self, channel: Channel, known: tuple[str, ...]) -> FoundPlace | None:
        self._call("find", channel)
        if channel.key in self.homeless:
            raise NoPlace(f"{channel.key} has no home")
        for old in known:
            if old in self.renamed:
                return FoundPlace(self.renamed[old], old)
        there = [account for account in known if account in self.rooms]
        there += [account for account, name in self.rooms.items() if name == channel.title]
        return FoundPlace(there[0]) if there else None

    async def make(self, channel: Channel) -> str:
        self._call("make", channel)
        account = f"{self._prefix}{next(self._numbers)}"
        self.rooms[account] = channel.title
        return account

    async def permit(self, channel: Channel, account: str) -> None:
        self._call("permit", channel)
        self.permitted.add(account)

    async def pin(self, channel: Channel, account: str, content: Content) -> tuple[str, str] | None:
        self._call("pin", channel)
        self.pins[account] = content.text
        return f"pin.{channel.key}", account

    def describe(self, channel: Channel, trouble: Exception) -> str:
        match trouble:
            case PlaceTaken(other=other):
                return f"{other} and {channel.key} would share a room"
            case Down():
                return ""
        return f"{channel.key}: {trouble}"

    def _call(self, name: str, channel: Channel) -> None:
        self.calls.append(f"{name} {channel.key}")
        if (trouble := self.trouble.pop(f"{name} {channel.key}", None)) is not None:
            raise trouble


class Ledger(NoPlaces, NoThreads):
    """`Inbox` and `Reads`: it knows of places what `Opened` and `Closed` told, as the core does."""

    def __init__(self, *channels: Channel) -> None:
        self.configured = channels
        self.told: list[Inbound] = []
        self.known: dict[str, Place] = {}
        self.cursors: dict[str, str] = {}

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        assert isinstance(event, Opened | Closed)
        assert event.origin.event not in {each.origin.event for each in self.told}
        self.told.append(event)
        place = event.origin.place
        assert place is not None
        assert place.account == event.origin.address.account
        if isinstance(event, Opened):
            self.known.pop(event.moved_from, None)
            self.known[place.account] = place
        else:
            del self.known[place.account]
        self.cursors |= dict([cursor] if cursor else [])

    def channels(self) -> tuple[Channel, ...]:
        return self.configured

    def pinned(self, key: str, locale: str = "") -> Content:
        return Content((Span(f"rules of {key}" if locale in {"", "en", "es"} else f"rules of {key} in {locale}"),))

    async def places(self, platform: str, identity: str) -> tuple[Place, ...]:
        assert (platform, identity) == ("village", "main")
        return tuple(self.known.values())

    async def cursor(self, key: str) -> str | None:
        return self.cursors.get(key)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        raise AssertionError(platform, identity)

    def awake(self, address: Address) -> None:
        raise AssertionError(address)

    def words(self, locale: str, key: str) -> str:
        raise AssertionError(locale, key)

    def locales(self) -> tuple[str, ...]:
        raise AssertionError

    def tale(self) -> list[str]:
        """Tell what was reported, one word and account each."""
        return [f"{type(each).__name__.lower()} {each.origin.address.account}" for each in self.told]


def book_of(village: Village, ledger: Ledger, *, repeats: bool = True) -> PlaceBook:
    notices = Notices(logging.getLogger("village"), "village")
    return PlaceBook(village, HOME, ledger, ledger, notices, repeats=repeats)
