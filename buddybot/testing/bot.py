"""PUBLIC: a whole bot in a test, on the real store, with people who talk to it and a clock that you move.

async def test_they_meet(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    assert "I'm BuddyBot" in ann.sees()[-1]
"""

import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from functools import cache
from itertools import count
from pathlib import Path

from buddybot.adapter import Adapter, Address, IncomingFile, NotFetched
from buddybot.config import Settings
from buddybot.config.tables import StoreSettings
from buddybot.content.files import content_dir
from buddybot.content.library import load_book
from buddybot.domain.kernel.messages import (
    SHARED,
    Choice,
    Content,
    Deleted,
    Edited,
    Inbound,
    Invoked,
    Joined,
    Left,
    MessageId,
    Opened,
    Origin,
    Passage,
    Pressed,
    Reacted,
    Said,
    Span,
    Voice,
)
from buddybot.domain.kernel.messages.forms import Form, FormLimits
from buddybot.domain.kernel.places import Place, PlaceEffect
from buddybot.domain.kernel.world import World
from buddybot.runtime.engine import AdapterInbox
from buddybot.runtime.house import House
from buddybot.runtime.rounds import Matchmaker
from buddybot.runtime.steady_clock import SteadyClock
from buddybot.runtime.storage.opening import open_store
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.db import moment
from buddybot.store.tx import Tx
from buddybot.testing.contract import AdapterContract, NoFiles, NoPlaces, NoThreads, PlacesContract
from buddybot.testing.empty_store import DATABASE, KEYS, lay_out
from buddybot.testing.fake import FakePlatform, ShownMessage

__all__ = [
    "MORNING",
    "AdapterContract",
    "Clock",
    "FakePlace",
    "FakePlatform",
    "NoFiles",
    "NoPlaces",
    "NoThreads",
    "Person",
    "PlacesContract",
    "ShownMessage",
    "TestBot",
    "practice_book",
    "running",
]

FREE = frozenset({"words", "reason"})
"""Fields of forms that hold words of a person's own."""
MORNING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that moves when told to."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at
        """The true time: to add to it is to let time pass."""
        self.wrong = timedelta()
        """How far the machine's clock is ahead of the true time, or (negative) behind it."""

    def now(self) -> datetime:
        """Return what the machine's clock says."""
        return self.at + self.wrong

    def uptime(self) -> float:
        """Return the seconds that really passed."""
        return self.at.timestamp()


@dataclass(slots=True)
class Person:
    """Somebody with an account on the fake platform."""

    bot: "TestBot"
    name: str
    names: tuple[str, ...] = ()
    locale: str = "en"
    on: FakePlatform | None = None
    roles: tuple[str, ...] = ()
    within: str | None = None
    """The conversation they write and press in, as a page with rooms names it; None on a platform with one chat."""
    zone: str = ""

    @property
    def platform(self) -> FakePlatform:
        """Where they are."""
        return self.on or self.bot.platform

    @property
    def address(self) -> Address:
        """Where the bot writes to them."""
        return Address(self.platform.platform, "main", f"account-of-{self.name}")

    def _origin(self, event: str | None = None, spot: "FakePlace | None" = None) -> Origin:
        place = None if spot is None else spot.place
        number = event or self.platform.next_id()
        return Origin(number, self.address, self.locale, self.names, place, self.roles, self.within, self.zone)

    async def does(self, event: Inbound) -> None:
        """Let an event reach the bot, and wait until all that follows is delivered."""
        await self.bot.door.put(event)
        await self.bot.settle()

    async def says(self, text: str, reply_to: ShownMessage | None = None, event: str | None = None) -> MessageId:
        """Write a message; return its id."""
        message = MessageId(f"{self.name}-{self.platform.next_id()}")
        answered = None if reply_to is None else reply_to.id
        await self.does(Said(self._origin(event), text, message, answered))
        return message

    async def sends(self, *attachments: str) -> None:
        """Send something that is not text."""
        await self.does(Said(self._origin(), "", MessageId(self.platform.next_id()), attachments=attachments))

    async def shares(
        self, kind: str, data: bytes, text: str = "", *, size: int = 0, reply_to: ShownMessage | None = None
    ) -> MessageId:
        """Send a photo or a voice note, perhaps with words beneath it; return the message's id."""

        async def fetch(most: int) -> bytes:
            if len(data) > most:
                raise NotFetched
            return data

        message = MessageId(f"{self.name}-{self.platform.next_id()}")
        answered, file = None if reply_to is None else reply_to.id, IncomingFile(kind, fetch, size)
        await self.does(Said(self._origin(), text, message, answered, (kind,), file=file))
        return message

    async def presses(self, *labels: str) -> None:
        """Press the newest button of each label, one message's list at a time."""
        found = [self._choice(label) for label in labels]
        text = SHARED.join(self._heard(found[0][0].share))
        await self.does(Pressed(self._origin(), tuple(choice.token for choice, _ in found), found[0][1], text))

    def _heard(self, count: int) -> list[str]:
        """Return the last texts that peers sent here, as a platform hands them over."""
        said = [shown.content.text for shown in self.chat() if shown.content.voice is Voice.MEMBER]
        return said[-count:] if count else []

    async def sends_token(self, *tokens: str) -> None:
        """Press a button that need not exist: stale, forged, doubled."""
        await self.does(Pressed(self._origin(), tokens))

    def _choice(self, label: str) -> tuple[Choice, MessageId]:
        for shown in reversed(self.chat()):
            content = shown.content
            for choice in (*content.choices, *content.extra, *((content.done,) if content.done else ())):
                if choice.label == label:
                    return choice, shown.id
        raise AssertionError(f"no button {label!r} for {self.name}; the last message is {self.sees()[-1:]}")

    async def taps(self, pattern: str) -> None:
        """Press the newest button whose token matches (`offer.*.yes`), whatever language its label is in."""
        for shown in reversed(self.chat()):
            for choice in (*shown.content.choices, *shown.content.extra):
                if fnmatchcase(choice.token, pattern):
                    return await self.does(Pressed(self._origin(), (choice.token,), shown.id))
        raise AssertionError(f"no button {pattern!r} for {self.name}; the last message is {self.sees()[-1:]}")

    async def uses(self, command: str, **arguments: str) -> None:
        """Use a command natively."""
        await self.does(Invoked(self._origin(), command, tuple(arguments.items())))

    async def opens_form(
        self, token: str, message: MessageId | None = None, spot: "FakePlace | None" = None
    ) -> Form | None:
        """Return the form that this button, or an entry in this message's menu, opens for them now."""
        return await self.bot.house.engine.form(Pressed(self._origin(spot=spot), (token,), message), FormLimits())

    async def fills_in(
        self, token: str, message: MessageId | None = None, spot: "FakePlace | None" = None, **answers: str | list[str]
    ) -> None:
        """Send in a form, whether or not one would open: a client may have had it open for long, or lie."""
        given = tuple((name, (each,) if isinstance(each, str) else tuple(each)) for name, each in answers.items())
        text = "\n".join(each for name, each in answers.items() if isinstance(each, str) and name in FREE)
        await self.does(Pressed(self._origin(spot=spot), (token,), message, text, given))

    async def edits(self, message: MessageId, text: str) -> None:
        """Change a message they sent."""
        await self.does(Edited(self._origin(), message, text))

    async def takes_back(self, message: MessageId) -> None:
        """Delete a message they sent."""
        await self.does(Deleted(self._origin(), message))

    async def reacts(self, message: MessageId, emoji: str) -> None:
        """React to a message."""
        await self.does(Reacted(self._origin(), message, emoji))

    async def opens(self, invite: str = "") -> None:
        """Open the chat without writing, perhaps by a link."""
        await self.does(Joined(self._origin(), invite))

    async def leaves(self) -> None:
        """Block the bot."""
        await self.does(Left(self._origin()))

    def chat(self) -> list[ShownMessage]:
        """Return everything in their chat that was not taken back."""
        return [shown for shown in self.platform.chats.get(self.address.account, []) if not shown.gone]

    def sees(self) -> list[str]:
        """Return the texts in their chat."""
        return [shown.text for shown in self.chat()]

    def hears(self) -> list[str]:
        """Return only what peers said to them."""
        return [shown.text for shown in self.chat() if shown.content.voice is Voice.MEMBER]

    def last(self) -> ShownMessage:
        """Return the newest message."""
        return self.chat()[-1]

    def passage(self, message: MessageId) -> Passage | None:
        """Return what they were told became of their message."""
        return self.platform.marks.get(self.address.account, {}).get(message)

    # ── In places ───────────────────────────────────────────────────────────────────────

    async def posts(
        self, spot: "FakePlace", text: str, reply_to: MessageId | None = None, *attachments: str
    ) -> MessageId:
        """Write in a place as themselves; return the message's id."""
        message = MessageId(f"{self.name}-{self.platform.next_id()}")
        spot.keep(ShownMessage(message, Content((Span(text),)), own=True))
        await self.does(Said(self._origin(spot=spot), text, message, reply_to, attachments))
        return message

    async def rewrites(self, spot: "FakePlace", message: MessageId, text: str) -> None:
        """Change a message they posted in a place."""
        for shown in spot.shown():
            if shown.id == message:
                shown.content = Content((Span(text),))
        await self.does(Edited(self._origin(spot=spot), message, text))

    async def removes(self, spot: "FakePlace", message: MessageId) -> None:
        """Delete a message in a place: their own, or as a moderator of the platform anybody's."""
        for shown in spot.shown():
            shown.gone = shown.gone or shown.id == message
        await self.does(Deleted(self._origin(spot=spot), message))

    async def clears(self, spot: "FakePlace", within: str) -> None:
        """Delete a thread of a place, as a moderator of the platform: all messages whose ids begin so."""
        for shown in spot.shown():
            shown.gone = shown.gone or shown.id.startswith(within)
        await self.does(Deleted(self._origin(spot=spot), MessageId(within), within))

    async def reacts_in(self, spot: "FakePlace", message: MessageId, emoji: str) -> None:
        """React to a message in a place."""
        await self.does(Reacted(self._origin(spot=spot), message, emoji))

    async def reports_in(self, spot: "FakePlace", message: MessageId) -> None:
        """Report a message in a place."""
        await self.does(Invoked(self._origin(spot=spot), "report", (("message", message),)))

    async def comes_to(self, spot: "FakePlace", *, asking: bool = False) -> None:
        """Come into a place, or ask to."""
        await self.does(Joined(self._origin(spot=spot), asking=asking))

    async def goes_from(self, spot: "FakePlace") -> None:
        """Leave a place."""
        await self.does(Left(self._origin(spot=spot)))

    async def presses_in(
        self, spot: "FakePlace", token: str, text: str = "", under: ShownMessage | None = None
    ) -> None:
        """Press a button in a place, perhaps one under a post; with a form, write into it."""
        message = None if under is None else under.id
        await self.does(Pressed(self._origin(spot=spot), (token,), message, text))

    async def joins(self, **answers: str | Sequence[str]) -> None:
        """Go through the gates and the questions, typing or pressing nothing but these answers; skip the rest."""
        await self.says("hi")
        await self.sends_token("home.find")
        for question, value in {"age": "yes", "consent": "agree", "country": "US", **answers}.items():
            await self.bot.answer(self, question, (value,) if isinstance(value, str) else tuple(value))
        await self.bot.skip_rest(self)


@dataclass(slots=True)
class FakePlace:
    """A place of a channel on a fake platform."""

    platform: FakePlatform
    place: Place

    def keep(self, shown: ShownMessage) -> None:
        """Keep what somebody wrote there themselves."""
        self.platform.chats.setdefault(self.place.account, []).append(shown)

    def shown(self) -> list[ShownMessage]:
        """Return everything there that was not taken away."""
        return [one for one in self.platform.chats.get(self.place.account, []) if not one.gone]

    def sees(self) -> list[str]:
        """Return the texts there, people's own and the bot's."""
        return [one.text for one in self.shown()]

    def ruled(self) -> list[PlaceEffect]:
        """Return what the bot did there beside writing."""
        return [effect for account, effect in self.platform.ruled if account == self.place.account]


class TestBot:
    """A bot whose time, chance and platform belong to the test."""

    __test__ = False

    def __init__(
        self,
        house: House,
        platform: FakePlatform,
        clock: Clock,
        folder: Path,
        *,
        chance: random.Random,
        waits_for_rounds: bool = True,
    ) -> None:
        """Without `waits_for_rounds` a tick ends while a round may still be under way."""
        self.house, self.platform, self.clock, self.folder, self.chance = house, platform, clock, folder, chance
        self.waits_for_rounds = waits_for_rounds
        self.door = AdapterInbox(house.engine, platform.platform)
        self.people: dict[str, Person] = {}

    def person(
        self, name: str, *, names: tuple[str, ...] = (), locale: str = "en", on: FakePlatform | None = None
    ) -> Person:
        """Return the person of this name; the first time they are new to the bot, and `on` this platform."""
        return self.people.setdefault(name, Person(self, name, names, locale, on))

    async def place(
        self, key: str, *, on: FakePlatform | None = None, locale: str = "", account: str = ""
    ) -> FakePlace:
        """Let a platform tell of its place for a channel, or of one more; in the channel's language if no other."""
        platform = on or self.platform
        locale = locale or next((each.locale for each in self.house.engine.channels() if each.key == key), "en")
        account = account or f"{key}-on-{platform.platform}"
        address = Address(platform.platform, "main", account)
        await self.door.put(Opened(Origin(platform.next_id(), address, locale, place=Place(key, account))))
        await self.settle()
        return FakePlace(platform, Place(key, account))

    async def settle(self) -> None:
        """Wait until everything due is delivered."""
        await self.house.dispatcher.idle()
        await self.house.engine.arrivals.idle()
        await self.house.dispatcher.idle()

    async def wait(self, **span: float) -> None:
        """Let time pass (seconds=, hours=, days=), and do all that comes due on the way in order."""
        target = self.clock.at + timedelta(**span)
        while self.clock.at < target:
            await self.tick()
            upcoming = await self.house.store.read(self._next_due)
            step = min(target, upcoming) if upcoming is not None and upcoming > self.clock.at else target
            self.clock.at = step
        await self.tick()

    @staticmethod
    def _next_due(tx: Tx) -> datetime | None:
        found = tx.db.row("SELECT min(due_at) FROM timer")
        waiting = tx.db.row("SELECT min(due_at) FROM outbox WHERE state <> 'parked'")
        calls = tx.db.row("SELECT min(due_at) FROM push")
        stamps = [row[0] for row in (found, waiting, calls) if row is not None and row[0] is not None]
        return moment(min(stamps)) if stamps else None

    async def sleep(self, **span: float) -> None:
        """Let time pass as over a machine asleep: what came due meanwhile is done at the end, all at once."""
        self.clock.at += timedelta(**span)
        await self.tick()
        await self.tick()

    async def tick(self) -> None:
        """Do what is due now."""
        await self.house.engine.tick()
        if self.waits_for_rounds:
            await self.house.engine.rounds.idle()
        await self.house.dispatcher.look()
        await self.settle()
        await self.house.callbacks.look()
        await self.house.callbacks.idle()

    async def answer(self, person: Person, question: str, keys: tuple[str, ...]) -> None:
        """Skip up to a question, then press its choices; the question must come."""
        for _ in range(40):
            content = person.last().content
            if any(choice.token.startswith(f"ask.{question}.") for choice in (*content.choices, *content.extra)):
                await person.sends_token(*(f"ask.{question}.{key}" for key in keys))
                return
            await self._skip(person)
        raise AssertionError(f"{question} was never asked")

    async def skip_rest(self, person: Person) -> None:
        """Look as soon as that is offered, and skip every question until then."""
        for _ in range(40):
            choices = (*person.last().content.choices, *person.last().content.extra)
            tokens = [choice.token for choice in choices if choice.token.startswith("ask.")]
            if not tokens:
                return
            looks = [token for token in tokens if token.endswith(".look")]
            await (person.sends_token(looks[0]) if looks else self._skip(person))

    async def _skip(self, person: Person) -> None:
        content = person.last().content
        tokens = [choice.token for choice in (*content.choices, *content.extra)]
        skips = [token for token in tokens if token.endswith((".skip", "review.keep", "confirm.yes"))]
        if not skips:
            raise AssertionError(f"nothing to skip for {person.name}: {content.text!r} {tokens}")
        await person.sends_token(skips[0])

    async def pair(self, first: str, second: str) -> tuple[Person, Person]:
        """Bring two people all the way to an open room."""
        a, b = self.person(first), self.person(second)
        for one in (a, b):
            await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
        await self.wait(hours=1, seconds=1)
        for one in (a, b):
            await one.taps("offer.*.yes")
        return a, b


@cache
def _content() -> Book:
    """Load the shipped content once a process: it takes a second, and nothing in it can change."""
    return load_book(content_dir(), Settings())


def practice_book(change: Callable[[Book], Book] = lambda book: book) -> Book:
    """Return the real content; `change` may replace parts of it."""
    return change(_content())


@asynccontextmanager
async def running(
    folder: Path,
    *,
    book: Book | None = None,
    platform: FakePlatform | None = None,
    clock: Clock | None = None,
    seed: int = 1,
    others: Sequence[Adapter] = (),
    matchmaker: Matchmaker | None = None,
    url: str = "",
    key_server: str = "",
) -> AsyncIterator[TestBot]:
    """Run a bot on the files of `folder`; the same folder again is the same bot after a restart.

    `url` names another database, such as one on a PostgreSQL server; the keys are in the folder all the same, unless
    `key_server` names a database for them.
    """
    clock = clock or Clock()
    rng = random.Random(seed)
    number = count(1)
    steady = SteadyClock(clock.now, clock.uptime)
    new_id = lambda: f"{rng.getrandbits(40):010x}{next(number):06}"  # noqa: E731 - as short as what it stands for
    world = World(steady.now, rng, new_id, steady.unproven, steady.doubt)
    platform = platform or FakePlatform()
    database, keys = url or f"sqlite:{folder / DATABASE}", folder / KEYS
    places = StoreSettings(url=database, keys=keys, key_server=key_server, backups=folder / "backups")
    if not url and not key_server:
        await lay_out(folder, clock.now())
    store = await open_store(places, clock.now(), None)
    house = House(store, world, book or practice_book(), {one.platform: one for one in (platform, *others)}, matchmaker)
    try:
        await house.begin()
        bot = TestBot(house, platform, clock, folder, chance=rng, waits_for_rounds=matchmaker is None)
        await bot.settle()
        yield bot
    finally:
        await house.engine.rounds.stop()
        await house.engine.arrivals.stop()
        await house.callbacks.stop()
        await house.unkept.stop()
        await house.dispatcher.stop()
        await store.close()
