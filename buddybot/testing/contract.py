"""PUBLIC: the suite that every adapter must pass; `buddybot.testing` hands it out.

class TestMine(AdapterContract):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[Stage]:
        ...  # the adapter at work on a fake of its platform, and one person in front of it
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from buddybot.adapter import (
    COMMANDS,
    Adapter,
    AdapterError,
    Address,
    Admit,
    Away,
    Channel,
    Choice,
    Content,
    Delivery,
    Desk,
    Edit,
    Filter,
    Form,
    FormLimits,
    Inbound,
    MessageId,
    NoteId,
    Opened,
    Place,
    PlaceEffect,
    Pressed,
    Purge,
    Restrict,
    Restriction,
    Retract,
    Said,
    Send,
    Span,
    Tune,
    Voice,
)

STOP_SECONDS = 2
PATIENCE = 500
NOTE = NoteId("note")
TEXTS = (
    "*a* _b_ `c` ~d~ ||e||",
    "<b>bold</b> &amp; <script>",
    "[a](https://example.org)",
    "1. one\n# two",
    "@everyone",
)


class NoFiles:
    """The part of `Inbox` for a house of several processes, where there is one: it has all files, and one account."""

    async def known_as(self, identity: str, link: str) -> None:
        """Send nobody there."""

    async def leave_file(self, address: Address, name: str, data: bytes) -> bool:  # noqa: ARG002 - the protocol's names
        """Keep nothing: there is one process."""
        return False

    async def file_left(self, address: Address, name: str, *, keep: bool = False) -> bytes:  # noqa: ARG002 - the protocol's names
        """Return nothing."""
        return b""

    def unparsed(self) -> None:
        """Count nothing."""


class Recorder(NoFiles):
    """An inbox that keeps what comes in, and can be slow to have it on disk."""

    def __init__(self) -> None:
        self.events: list[Inbound] = []
        self.woken: list[Address] = []
        self.cursors: dict[str, str] = {}
        self.kept: dict[tuple[str, str], str] = {}
        self._open = asyncio.Event()
        self._open.set()

    def hold(self) -> None:
        """Let nothing reach the disk until `release`."""
        self._open.clear()

    def release(self) -> None:
        """Let everything through again."""
        self._open.set()

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Keep an event once, when the disk lets it through."""
        await self._open.wait()
        if event.origin.event not in {known.origin.event for known in self.events}:
            self.events.append(event)
        if cursor is not None:
            self.cursors[cursor[0]] = cursor[1]

    async def cursor(self, key: str) -> str | None:
        """Return the value last stored under this cursor key."""
        return self.cursors.get(key)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        """Return everyone who did something."""
        found = (event.origin.address for event in reversed(self.events))
        return tuple(dict.fromkeys(one for one in found if (one.platform, one.identity) == (platform, identity)))

    async def threads(self, address: Address) -> Mapping[str, str]:
        """Return which thread of an account's chat shows which conversation."""
        return {key: thread for (account, key), thread in self.kept.items() if account == address.account and thread}

    async def keep_thread(self, address: Address, conversation: str, thread: str) -> None:
        """Keep which thread shows a conversation."""
        self.kept[address.account, conversation] = thread

    def awake(self, address: Address) -> None:
        """Note a sign of life."""
        self.woken.append(address)


class ContractStage(Protocol):
    """An adapter at work, one person in front of it, and what they see."""

    inbox: Recorder
    address: Address
    running: "asyncio.Task[None]"
    knows_presence: bool
    """Whether the platform can tell that nobody is there; then `leaves` and `returns` do something."""

    @property
    def adapter(self) -> Adapter:
        """The adapter."""

    async def writes(self, text: str) -> None:
        """Let the person write; return when the platform has the bot's acknowledgement."""

    async def presses(self, token: str) -> None:
        """Let the person press a button they were shown."""

    async def leaves(self) -> None:
        """Let nobody be there any more."""

    async def returns(self) -> None:
        """Let the person be there again."""

    def sees(self) -> list[str]:
        """Return the texts on the person's screen as they read them, the oldest first."""


class AdapterContract:
    """What an adapter promises; subclasses give the fixture `stage`."""

    async def test_a_message_arrives_and_has_an_id(self, stage: ContractStage) -> None:
        """What was delivered is on the screen, under an id that later effects can name."""
        first = await _deliver(stage, 1, "first words")
        second = await _deliver(stage, 2, "second words")
        assert first
        assert first != second
        await _until(lambda: len(stage.sees()) == 2)  # noqa: PLR2004 - both
        assert "first words" in stage.sees()[0]
        assert "second words" in stage.sees()[1]

    async def test_text_is_never_markup(self, stage: ContractStage) -> None:
        """A member's words are read letter by letter as they were written."""
        for number, text in enumerate(TEXTS, 1):
            await _deliver(stage, number, text, author="Slow River")
        await _until(lambda: len(stage.sees()) == len(TEXTS))
        assert all(text in shown for text, shown in zip(TEXTS, stage.sees(), strict=True))

    async def test_an_event_is_acknowledged_only_when_it_is_on_disk(self, stage: ContractStage) -> None:
        """A platform that forgets what it was told it may forget must not be told early."""
        stage.inbox.hold()
        writing = asyncio.create_task(stage.writes("keep this"))
        done, _ = await asyncio.wait({writing}, timeout=0.3)
        assert not done
        stage.inbox.release()
        await writing
        assert [event.text for event in stage.inbox.events if isinstance(event, Said)] == ["keep this"]

    async def test_events_have_ids_of_their_own(self, stage: ContractStage) -> None:
        """Two doings are never taken for one."""
        await stage.writes("same")
        await stage.writes("same")
        said = [event for event in stage.inbox.events if isinstance(event, Said)]
        assert len({event.origin.event for event in said}) == len(said) == 2  # noqa: PLR2004 - both
        assert {event.origin.address for event in said} == {stage.address}

    async def test_a_pressed_button_comes_back_as_its_token(self, stage: ContractStage) -> None:
        """Whatever is drawn, the core gets the token it gave."""
        await _deliver(stage, 1, "Sure?", Choice("offer.o1.yes", "Say hello"))
        await _until(lambda: len(stage.sees()) == 1)
        await stage.presses("offer.o1.yes")
        assert [event.tokens for event in stage.inbox.events if isinstance(event, Pressed)] == [("offer.o1.yes",)]

    async def test_a_repeated_delivery_does_no_harm(self, stage: ContractStage) -> None:
        """The same delivery again, also after another one, is shown once, or says that it may be a repeat."""
        delivery = Delivery(1, stage.address, Send(_content("only once, or marked")), key=_key(1))
        await stage.adapter.deliver(delivery)
        await _deliver(stage, 2, "in between")
        await stage.adapter.deliver(replace(delivery, repeat=True))
        await _until(lambda: any("in between" in shown for shown in stage.sees()))
        shown = [text for text in stage.sees() if "only once, or marked" in text]
        assert shown
        assert len(shown) == len(set(shown))

    async def test_edits_and_deletes_reach_the_message_they_mean(self, stage: ContractStage) -> None:
        """Where the platform can: the right message changes, and the right one goes."""
        kept, gone = await _deliver(stage, 1, "old words"), await _deliver(stage, 2, "regretted words")
        can = stage.adapter.capabilities
        if can.edits:
            await stage.adapter.deliver(Delivery(3, stage.address, Edit(NOTE, _content("new words")), kept))
            await _until(lambda: any("new words" in shown for shown in stage.sees()))
            assert not any("old words" in shown for shown in stage.sees())
        if can.deletes:
            await stage.adapter.deliver(Delivery(4, stage.address, Retract(NOTE), gone))
            await _until(lambda: not any("regretted" in shown for shown in stage.sees()))
            assert len(stage.sees()) == 1

    async def test_nobody_there_is_said_and_a_return_is_reported(self, stage: ContractStage) -> None:
        """Where presence is known: `Away`, then `Inbox.awake`, then it arrives."""
        if not stage.knows_presence:
            assert await _deliver(stage, 1, "hello")
            return
        await stage.leaves()
        try:
            await _deliver(stage, 1, "hello")
        except Away:
            stage.inbox.woken.clear()
        else:
            raise AssertionError("nobody was there, and nobody was told")
        await stage.returns()
        await _until(lambda: stage.address in stage.inbox.woken)
        assert await _deliver(stage, 1, "hello")

    async def test_it_stops_soon_after_it_is_told_to(self, stage: ContractStage) -> None:
        """Ctrl-C ends everything within two seconds."""
        stage.running.cancel()
        done, _ = await asyncio.wait({stage.running}, timeout=STOP_SECONDS)
        assert done
        assert stage.running.cancelled()


class PlaceStage(ContractStage, Protocol):
    """An adapter that has places, with one of them open, and people in it."""

    place: Address
    """The place's own address, as `Opened` told it."""

    async def posts(self, text: str) -> MessageId:
        """Let the person write in the place as themselves; return the platform's id of the message."""

    def place_sees(self) -> list[str]:
        """Return the texts in the place as people read them, the oldest first."""


class PlacesContract(AdapterContract):
    """What an adapter with places promises beside the rest; subclasses give the fixture `stage` as a `PlaceStage`."""

    async def test_a_place_is_told_of(self, stage: PlaceStage) -> None:
        """The core learns the place's own address, and that it is of a channel."""
        await _until(lambda: any(isinstance(event, Opened) for event in stage.inbox.events))
        opened = next(event for event in stage.inbox.events if isinstance(event, Opened))
        assert opened.origin.address == stage.place
        assert opened.origin.place is not None
        assert opened.origin.place.account == stage.place.account

    async def test_what_is_said_in_a_place_names_the_person_and_the_place(self, stage: PlaceStage) -> None:
        """The person is the same as in private; the place stands beside them."""
        await stage.posts("good evening")
        said = [event for event in stage.inbox.events if isinstance(event, Said)]
        assert [(event.text, event.origin.address) for event in said] == [("good evening", stage.address)]
        assert said[0].origin.place is not None
        assert said[0].origin.place.account == stage.place.account

    async def test_a_post_of_the_bot_can_be_changed_and_taken_away(self, stage: PlaceStage) -> None:
        """As in a private chat."""
        post = Send(_content("from afar", author="Slow River"), NOTE)
        made = await stage.adapter.deliver(Delivery(1, stage.place, post))
        await _until(lambda: len(stage.place_sees()) == 1)
        assert "from afar" in stage.place_sees()[0]
        assert "Slow River" in stage.place_sees()[0]
        edit = Edit(NOTE, _content("from far away", author="Slow River"))
        await stage.adapter.deliver(Delivery(2, stage.place, edit, made))
        await _until(lambda: "from far away" in stage.place_sees()[0])
        await stage.adapter.deliver(Delivery(3, stage.place, Retract(NOTE), made))
        await _until(lambda: not stage.place_sees())

    async def test_a_message_of_a_person_can_be_taken_away(self, stage: PlaceStage) -> None:
        """Only that one, and a second time it does no harm."""
        first, _ = await stage.posts("one"), await stage.posts("two")
        for number in (1, 2):
            await stage.adapter.deliver(Delivery(number, stage.place, Retract(NOTE), first))
        await _until(lambda: [shown for shown in stage.place_sees() if "one" in shown] == [])
        assert any("two" in shown for shown in stage.place_sees())

    async def test_many_messages_can_be_taken_away_at_once(self, stage: PlaceStage) -> None:
        """Only those; ones that are gone already are no failure."""
        mine = [await stage.posts(text) for text in ("one", "two", "three")]
        made = await stage.adapter.deliver(Delivery(1, stage.place, Send(_content("from afar"), NOTE)))
        purge = Purge((*mine[:2], made))
        for number in (2, 3):
            await stage.adapter.deliver(Delivery(number, stage.place, purge))
        await _until(lambda: len(stage.place_sees()) == 1)
        assert "three" in stage.place_sees()[0]

    async def test_what_is_done_to_people_and_places_is_taken(self, stage: PlaceStage) -> None:
        """Also by a bot without the right to it: raising would hold up everything else in that place."""
        person = stage.address.account
        effects: tuple[PlaceEffect, ...] = (
            Restrict(person, Restriction.MUTE),
            Restrict(person, Restriction.LIFT),
            Admit(person, welcome=True),
            Tune(30, locked=True),
            Tune(0, locked=False),
        )
        for number, effect in enumerate(effects, 1):
            await stage.adapter.deliver(Delivery(number, stage.place, effect))


def start(adapter: Adapter, inbox: Recorder, words: Callable[[str, str], str]) -> "asyncio.Task[None]":
    """Let an adapter receive, as the house does."""
    return asyncio.create_task(adapter.run(inbox, COMMANDS, _Library(words)), name=adapter.platform)


class NoThreads(NoFiles):
    """The part of `Inbox` about threads, of an adapter that makes none; a base for inboxes in tests."""

    async def threads(self, address: Address) -> Mapping[str, str]:  # noqa: ARG002 - the protocol's name
        """Return no thread."""
        return {}

    async def keep_thread(self, address: Address, conversation: str, thread: str) -> None:
        """Fail: nobody makes one."""
        raise AssertionError(address, conversation, thread)


class NoPlaces:
    """The part of `Reads` about channels, of a bot that has none; a base for `Reads` in tests."""

    def standing(self) -> bool:
        """Say that it may: there is one process."""
        return True

    def calls_for_help(self, text: str) -> bool:
        """Return whether it is the crisis command, by any of its words."""
        return any(text.strip(" /").lower() in (each.name, *each.aliases) for each in COMMANDS if each.name == "crisis")

    def moment(self, locale: str, at: date) -> str:  # noqa: ARG002 - the protocol's names
        """Return a day or a moment in English words."""
        return at.strftime("%B %-d, %Y, %-I:%M %p (UTC)" if isinstance(at, datetime) else "%B %-d, %Y")

    async def paced(self, kind: str, whose: str, burst: float, per_second: float) -> float:  # noqa: ARG002 - the protocol's names
        """Let everybody through: there is one process."""
        return 0

    def channels(self) -> tuple[Channel, ...]:
        """Return no channel."""
        return ()

    def pinned(self, key: str, locale: str = "") -> Content:  # noqa: ARG002 - the protocol's names
        """Return nothing to pin."""
        return Content((Span(key),))

    def filters(self) -> tuple[Filter, ...]:
        """Return no filter."""
        return ()

    async def places(self, platform: str, identity: str) -> tuple[Place, ...]:  # noqa: ARG002 - the protocol's names
        """Return no place."""
        return ()

    def desk(self) -> Desk:
        """Say that there is none."""
        raise AdapterError("this bot has no desk")

    async def suggest(self, address: Address, command: str, parameter: str, typed: str) -> tuple[Choice, ...]:  # noqa: ARG002 - the protocol's names
        """Suggest nothing."""
        return ()

    async def form(self, press: Pressed, limits: FormLimits) -> Form | None:  # noqa: ARG002 - the protocol's names
        """Open no form: each button is pressed as any other."""
        return None


class _Library(NoPlaces):
    """`Reads` over a function."""

    def __init__(self, words: Callable[[str, str], str]) -> None:
        self._words = words

    def words(self, locale: str, key: str) -> str:
        """Return one string."""
        return self._words(locale, key)

    def locales(self) -> tuple[str, ...]:
        """Return English alone."""
        return ("en",)


def _content(text: str, *choices: Choice, author: str = "") -> Content:
    voice = Voice.MEMBER if author else Voice.BOT
    return Content((Span(text),), voice, author, choices)


async def _deliver(stage: ContractStage, number: int, text: str, *choices: Choice, author: str = "") -> MessageId:
    effect = Send(_content(text, *choices, author=author), NOTE)
    return await stage.adapter.deliver(Delivery(number, stage.address, effect, key=_key(number)))


async def _until(fact: Callable[[], bool]) -> None:
    for _ in range(PATIENCE):
        if fact():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to pass")


def _key(number: int) -> str:
    """Return what stands for a row's random key."""
    return f"{number:024x}"
