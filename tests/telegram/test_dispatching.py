"""The adapter behind the real dispatcher and the real store: what the core has to say arrives whole, in order, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from buddybot_telegram.adapter import Telegram

from buddybot.adapter import (
    Address,
    Choice,
    Content,
    Document,
    Edit,
    Effect,
    Mark,
    NoteId,
    Origin,
    Passage,
    Purpose,
    React,
    Rejected,
    Retract,
    RetryLater,
    Said,
    Send,
    Span,
    Style,
    Unreachable,
    Voice,
)
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import MessageId
from buddybot.service.kernel.book import Book
from buddybot.testing import TestBot, running
from tests.telegram.faults import DOCUMENTED, Fault, broken, reset
from tests.telegram.faults import Rejected as Answer
from tests.telegram.house import WORDS, sending, to
from tests.telegram.house import Book as Inbox
from tests.telegram.house import running as receiving
from tests.telegram.lines import QUICK
from tests.telegram.people import Person
from tests.telegram.shapes import SHAPES
from tests.telegram.wire import FakeTelegram

NOTE = NoteId("n")
LONG = " ".join(f"word{number}" for number in range(2_500))


@dataclass
class Line:
    """One person on the pretend Telegram, known to a whole bot."""

    fake: FakeTelegram
    bot: TestBot
    ann: Person
    member: MemberId

    async def post(self, *effects: Effect) -> None:
        """Put effects into the outbox, and let all that can be delivered be delivered."""
        now = self.bot.clock.now()

        for effect in effects:
            await self.bot.house.store.write(lambda tx: tx.outbox.add(self.member, effect, now))
        await self.bot.settle()

    def since(self, shown: int) -> list[str]:
        return self.ann.sees()[shown:]


@asynccontextmanager
async def connected(folder: Path, book: Book, fake: FakeTelegram) -> AsyncIterator[Line]:
    async with sending(fake, **QUICK) as adapter, running(folder, book=book, others=(adapter,)) as bot:
        adapter._words = WORDS
        ann = fake.person("ann")
        address = Address("telegram", "4242", str(ann.account))
        await bot.door.put(Said(Origin("first", address), "hi", MessageId("1")))
        await bot.settle()
        member = await bot.house.store.read(lambda tx: tx.members.by_address(address))
        assert member is not None
        yield Line(fake, bot, ann, member.id)


@pytest.fixture
async def line(tmp_path: Path, book: Book) -> AsyncIterator[Line]:
    async with FakeTelegram() as fake, connected(tmp_path, book, fake) as made:
        yield made


def note(text: str, number: int = 0, *choices: Choice, document: Document | None = None) -> Send:
    content = Content((Span(text),), Voice.MEMBER, choices=choices, document=document)
    return Send(content, NoteId(f"note{number}"))


async def test_a_long_text_arrives_whole_and_in_order_with_its_buttons_under_the_last(line: Line) -> None:
    shown = len(line.ann.sees())
    await line.post(note(LONG, 1, Choice("a", "Yes")), note("after", 2))

    *parts, after = line.since(shown)
    assert " ".join(parts) == LONG
    assert after == "after"
    told = [each.labels for each in line.ann.notes() if each.by_bot][shown:]
    assert told == [*[[]] * (len(parts) - 1), ["Yes"], []]


async def test_equal_texts_are_two_messages(line: Line) -> None:
    shown = len(line.ann.sees())
    await line.post(note("ok", 1), note("ok", 2), note(f"{'ha ' * 3000}ha", 3))

    assert line.since(shown)[:2] == ["ok", "ok"]
    assert len(line.since(shown)) > 3
    assert sum(text.split().count("ha") for text in line.since(shown)) == 3001


async def test_more_buttons_than_fit_come_in_several_messages_and_none_is_lost(line: Line) -> None:
    shown = len(line.ann.sees())
    await line.post(note("which?", 1, *(Choice(f"t{number}", f"L{number}") for number in range(230))))

    labels = [each.labels for each in line.ann.notes() if each.by_bot][shown:]
    assert [len(each) for each in labels] == [100, 100, 30]
    assert [label for each in labels for label in each] == [f"L{number}" for number in range(230)]


@pytest.mark.parametrize("words", ["your copy", LONG])
async def test_a_file_arrives_with_all_that_is_said_about_it(line: Line, words: str) -> None:
    shown = len(line.ann.sees())
    await line.post(note(words, 1, Choice("a", "Thanks"), document=Document("a.json", "application/json", "{}")))

    assert " ".join(text for text in line.since(shown) if text) == words
    files = [each.file for each in line.ann.notes() if each.by_bot][shown:]
    assert [file for file in files if file] == [("a.json", "{}")]
    assert line.ann.last().labels == ["Thanks"]


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_note_is_changed_marked_and_taken_back_where_it_stands(line: Line, shape: str) -> None:
    line.fake.shape = SHAPES[shape]
    shown = len(line.ann.sees())
    await line.post(note("helo", 1), note("second", 2))
    changed = Edit(NoteId("note1"), Content((Span("hello"),)))
    await line.post(changed, changed, React(NoteId("note1"), "❤"), Retract(NoteId("note2")), Retract(NoteId("note2")))

    assert line.since(shown) == ["hello"]
    assert line.ann.finds("hello").reaction == "❤"


async def test_one_that_may_have_arrived_comes_again_and_is_marked_and_its_equal_is_not(line: Line) -> None:
    shown = len(line.ann.sees())
    line.fake.faults.next("sendMessage", reset(after=True))
    await line.post(note("ok", 1), note("ok", 2))
    await line.bot.wait(seconds=5)

    assert line.since(shown) == ["ok", "ok\n(may be a repeat)", "ok"]


async def test_a_file_whose_words_arrived_and_which_did_not_comes_again_and_is_marked(line: Line) -> None:
    shown = len(line.ann.sees())
    line.fake.faults.next("sendDocument", broken())
    document = Document("a.json", "application/json", "{}")
    await line.post(note("w" * 1500, 1, document=document))
    await line.bot.wait(seconds=5)

    assert line.since(shown) == ["w" * 1500, f"{'w' * 1500}\n(may be a repeat)", "(may be a repeat)"]
    assert line.ann.last().file == ("a.json", "{}")


async def test_a_repeat_that_could_not_be_marked_yet_waits() -> None:
    async with FakeTelegram() as fake, sending(fake) as adapter:
        with pytest.raises(RetryLater) as later:
            await adapter.deliver(to(fake.person("ann"), "hello", repeat=True))
        assert (later.value.seconds, later.value.unknown) == (1, False)


async def test_what_is_refused_about_a_note_holds_no_other_up(line: Line) -> None:
    await line.post(note("helo", 1))
    about: dict[str, Effect] = {
        "editMessageText": Edit(NoteId("note1"), Content((Span("hello"),))),
        "setMessageReaction": React(NoteId("note1"), "❤"),
        "deleteMessage": Retract(NoteId("note1")),
    }
    for method, effect in about.items():
        for code in (400, 404, 406, 413):
            line.fake.faults.next(method, *[Fault(Answer(code, "Bad Request: a text of next year"))] * 2)
            await line.post(effect, effect, note(f"after {method} {code}"))
            assert line.ann.sees()[-1] == f"after {method} {code}"


# ── Whatever Telegram may answer ────────────────────────────────────────────────────────

EFFECTS: dict[str, Effect] = {
    "sendMessage": Send(Content((Span("hello"),)), NOTE),
    "sendDocument": Send(Content((Span("hello"),), document=Document("a", "text/plain", "x")), NOTE),
    "sendPhoto": Send(Content((Span("hello"),), document=Document("a", "image/png", data=b"x", alt="x")), NOTE),
    "editMessageText": Edit(NOTE, Content((Span("new"),))),
    "deleteMessage": Retract(NOTE),
    "setMessageReaction": Mark(NOTE, Passage.PASSED_ON),
}


@pytest.mark.parametrize("method", EFFECTS)
@pytest.mark.parametrize(
    "answer",
    [*map(Fault, DOCUMENTED), broken(), reset(after=False)],
    ids=lambda each: repr(getattr(each, "refused", "")),
)
async def test_every_documented_answer_means_something_to_the_core(method: str, answer: Fault) -> None:
    async with FakeTelegram() as fake, sending(fake) as adapter:
        ann = fake.person("ann")
        own = ann.says("hello")
        fake.faults.next(method, answer)
        outcome = await outcome_of(adapter, ann, EFFECTS[method], own.id)

    assert outcome in {"done", RetryLater, Unreachable, Rejected}
    if answer.refused is not None and method in {"sendMessage", "sendDocument", "sendPhoto"}:
        assert outcome != "done"


async def outcome_of(adapter: Telegram, ann: Person, effect: Effect, message: int) -> object:
    try:
        await adapter.deliver(to(ann, effect, None if isinstance(effect, Send) else message))
    except (RetryLater, Unreachable, Rejected) as error:
        return type(error)
    return "done"


# ── Whatever shape an update has ────────────────────────────────────────────────────────


@pytest.mark.parametrize("shape", SHAPES)
async def test_whatever_shape_an_update_comes_in_it_means_the_same(shape: str) -> None:
    async with FakeTelegram() as fake:
        fake.shape = SHAPES[shape]
        ann, inbox = fake.person("ann"), Inbox()
        async with receiving(fake, inbox):
            while not fake.world.allowed:
                await asyncio.sleep(0.005)
            ann.starts("code")
            ann.says("hello")
            ann.says("how are you", reply_to="hello")
            ann.says("/pause 3")
            ann.edits("hello", "hello you")
            ann.reacts("hello you", "❤")
            ann.sends("photo", "my garden")
            ann.forwards("not mine")
            ann.presses_data("t", ann.finds("hello you"))
            ann.blocks()
            await fake.settled()

    told = [
        (type(event).__name__, getattr(event, "text", ""), getattr(event, "attachments", ())) for event in inbox.events
    ]
    assert told == [
        ("Joined", "", ()),
        ("Said", "hello", ()),
        ("Said", "how are you", ()),
        ("Invoked", "", ()),
        ("Edited", "hello you", ()),
        ("Reacted", "", ()),
        ("Said", "my garden", ("photo",)),
        ("Said", "not mine", ("forward",)),
        ("Pressed", "", ()),
        ("Left", "", ()),
    ]
    assert all(getattr(event, "beside", "") in {"", "x"} for event in inbox.events)


# ── What is new, and servers that are not ───────────────────────────────────────────────


MODERN = Content(
    (Span("Call 988", Style.LINK, "tel:988"), Span(" by "), Span("Friday", at=datetime(2026, 12, 4, tzinfo=UTC))),
    Voice.CRISIS,
    choices=(Choice("a", "Help", purpose=Purpose.HELP),),
)


async def test_a_number_is_copied_by_a_tap_help_is_red_and_a_day_is_the_readers(line: Line) -> None:
    await line.post(Send(MODERN, NoteId("m")))
    shown = line.ann.last()
    assert (shown.text, shown.labels, shown.copies) == ("Call 988 by Friday", ["Help"], ["988"])
    assert (shown.style_of("Help"), shown.marked("date_time")) == ("danger", ["Friday"])


async def test_a_server_that_knows_none_of_it_gets_the_words_and_is_asked_once(line: Line) -> None:
    line.fake.world.old = True
    asked = len(line.fake.asked("sendMessage"))
    await line.post(Send(MODERN, NoteId("m1")), Send(MODERN, NoteId("m2")), note("plain", 3))
    *_, first, second, plain = (one for one in line.ann.notes() if one.by_bot)
    assert first.text == second.text == "Call 988 by Friday"
    assert (first.labels, first.copies, first.marked("date_time")) == (["Help"], [], [])
    assert plain.text == "plain"
    assert [one.code for one in line.fake.asked("sendMessage")[asked:]] == [400, 200, 200, 200]


async def test_a_refusal_of_something_else_takes_no_colour_away(line: Line) -> None:
    line.fake.faults.next("sendMessage", *[Fault(Answer(400, "Bad Request: BUTTON_DATA_INVALID"))] * 2)
    await line.post(Send(MODERN, NoteId("m1")), Send(MODERN, NoteId("m2")))
    assert line.ann.last().style_of("Help") == "danger"
