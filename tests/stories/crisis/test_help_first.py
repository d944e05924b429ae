"""Help first: a cry brings its card exactly once, wherever somebody is and by whatever door the words come in."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buddybot.adapter import Channel, MessageId, Voice
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.messages import Invoked, Pressed
from buddybot.domain.kernel.verdicts import Certainty, Contact, Label, Outcome, Screening, Severity, Verdict
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, practice_book, running
from tests.stories.crisis.states import SELL, STATES
from tests.stories.moderating import cases, staffed
from tests.stories.reading import CALM, asks_for, cry, scripted

CRY = "it happens now"
LEVELS = {f"level {level.name}": cry(level) for level in Level}
LANES = {f"lane {lane.name}": cry(Level.L1, lane) for lane in SideLane}
OFFER = {SELL: asks_for(Verdict(Outcome.QUARANTINE, "sourcing_offer", Severity.S4))}
SCRIPT = {CRY: cry(Level.L4), **LEVELS, **LANES, **OFFER}
NIGHTS = Channel("nights", "Nights", "For those who are up late.")
PII = Verdict(Outcome.NUDGE, "pii")
Way = Callable[[Person], Awaitable[object]]


def opened(words: str, *, beside: bool) -> Callable[[TestBot], Awaitable[Person]]:
    """Return a state in which a crisis is open, alone with the bot or beside a buddy."""

    async def state(bot: TestBot) -> Person:
        ann = (await bot.pair("ann", "ben"))[0] if beside else bot.person("ann")
        await ann.says(words)
        return ann

    state.__name__ = f"open: {words}"
    return state


WAYS: dict[str, Way] = {
    "said": lambda ann: ann.says(CRY),
    "edited": lambda ann: ann.edits(MessageId("of long ago"), CRY),
    "a form of a report": lambda ann: ann.uses("report", text=CRY),
    "a form under a button": lambda ann: ann.does(Pressed(ann._origin(), ("report.open",), None, CRY)),
    "a form under an unknown button": lambda ann: ann.does(Pressed(ann._origin(), ("gone.since",), None, CRY)),
    "the write command": lambda ann: ann.uses("write", channel="nights", words=CRY),
    "the quiet command": lambda ann: ann.uses("quiet", hours=CRY),
    "a note of a moderator": lambda ann: ann.does(
        Invoked(ann._origin(), "note", (("case", "00000000"), ("text", CRY)))
    ),
    "a command nobody knows": lambda ann: ann.does(Invoked(ann._origin(), "nothing", (("text", CRY),))),
}
OPEN = tuple(opened(words, beside=beside) for words in (*LEVELS, *LANES) for beside in (False, True))


@cache
def the_book() -> Book:
    """Return the content with a scripted screener; no argument of the property, as nobody can read it in a report."""

    def screen(text: str) -> Screening:
        # The words of a command come with its other words.
        return next((found for words, found in SCRIPT.items() if words in text), CALM)

    return replace(practice_book(), channels=(NIGHTS,), screen=screen)


async def cards(state: Callable[[TestBot], Awaitable[Person]], way: Way) -> list[str]:
    """Return what of the crisis is shown to somebody who cries in this state in this way."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), book=the_book()) as bot:
            ann = await state(bot)
            before = {one.id for one in ann.chat()}
            await way(ann)
            return [one.text for one in ann.chat() if one.id not in before and one.content.voice is Voice.CRISIS]


@given(state=st.sampled_from((*STATES, *OPEN)), way=st.sampled_from(sorted(WAYS)))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_a_cry_brings_its_card_exactly_once(state: Callable[[TestBot], Awaitable[Person]], way: str) -> None:
    shown = asyncio.run(cards(state, WAYS[way]))
    assert len(shown) == 1, (state.__name__, way, [text[:60] for text in shown])
    (card,) = shown
    assert "112" in card or "911" in card


# ── No, hide ────────────────────────────────────────────────────────────────────────────

HIT = "lane VIOLENCE"


@pytest.mark.parametrize("before", [(), ("/crisis",), ("help me", "level L1", "/crisis"), ("level L4",)])
@pytest.mark.parametrize("hide", ["[No, hide]", "he can see", "hes behind me"])
async def test_no_hide_leaves_nothing_of_the_crisis_on_the_screen(
    tmp_path: Path, book: Book, before: tuple[str, ...], hide: str
) -> None:
    async with running(tmp_path, book=scripted(book, SCRIPT)) as bot:
        ann = bot.person("ann")
        for words in (*before, HIT):
            await ann.says(words)
        await (ann.presses("No, hide") if hide.startswith("[") else ann.says(hide))
        left = [one.text for one in ann.chat() if one.content.voice is Voice.CRISIS]
        assert left == ["Nothing new here."]


async def test_no_hide_clears_a_long_conversation_too(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=scripted(book, SCRIPT)) as bot:
        ann = bot.person("ann")
        await ann.says(HIT)
        for number in range(40):
            await ann.says(f"and then {number}")
        await ann.presses("No, hide")
        assert [one.text for one in ann.chat() if one.content.voice is Voice.CRISIS] == ["Nothing new here."]


# ── Words in the form of a report ───────────────────────────────────────────────────────


async def test_words_in_the_form_of_a_report_reach_the_case(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=scripted(book, SCRIPT)) as bot:
        ann, _ = await bot.pair("ann", "ben")
        await ann.uses("report", text="he said he will find me")
        await ann.presses("Threat")
        (case,) = await cases(bot)
        found = await bot.house.store.read(lambda tx: tx.records.reports(case.id))
        assert any("he will find me" in one.text for one in found)


async def test_a_cry_in_the_form_of_a_report_shows_help_and_the_report_goes_on(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=scripted(book, SCRIPT)) as bot:
        ann, _ = await bot.pair("ann", "ben")
        await ann.uses("report", text=CRY)
        assert any("911" in one.text for one in ann.chat() if one.content.voice is Voice.CRISIS)
        await ann.presses("Threat")
        assert await cases(bot)


# ── A screener that breaks ──────────────────────────────────────────────────────────────


def breaking(book: Book) -> Book:
    def breaks(text: str) -> Screening:
        if CRY in text:
            raise RuntimeError
        return book.screen(text)

    return replace(book, screen=breaks, channels=(NIGHTS,))


async def test_a_broken_screener_stops_no_word_written_into_a_channel(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=breaking(book)) as bot:
        spot, ann = await bot.place("nights"), bot.person("ann")
        await ann.joins(lane="self")
        await ann.says(f"/write nights {CRY}")
        assert spot.sees()[-1].endswith(CRY)
        assert not any("was not sent" in one for one in ann.sees())


NUMBER, MAYBE = "call me at 212 555 0147 any time", "find me as somebody"
NUDGES = {
    NUMBER: asks_for(PII, Label.PII, contacts=(Contact(11, 23, "phone", Certainty.VALIDATED),)),
    MAYBE: asks_for(PII, Label.PII),
}


@pytest.mark.parametrize(("words", "label"), [(NUMBER, "Send without it"), (MAYBE, "It's not a contact, send")])
async def test_a_screener_that_breaks_meanwhile_stops_no_note_that_waits(
    tmp_path: Path, book: Book, words: str, label: str
) -> None:
    read, broken = scripted(book, NUDGES).screen, list[str]()

    def screen(text: str) -> Screening:
        if broken:
            raise RuntimeError
        return read(text)

    async with running(tmp_path, book=replace(book, screen=screen)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.says(words)
        assert ben.hears() == []
        broken.append("from now on")
        await ann.presses(label)
        assert ben.hears()
        assert not any("Something broke" in one for one in ann.sees())


async def test_moderators_are_called_once_for_one_cry(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=scripted(book, SCRIPT)) as bot:
        await staffed(bot, "mo").uses("shift", state="on")
        ann = bot.person("ann")
        await ann.says(CRY)
        assert sum(one.startswith("P0:") for one in bot.person("mo").sees()) == 1
