"""The promises of the crisis net that only the whole bot can keep, whatever the screener reads."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Passage, Voice
from buddybot.content.library import warnings
from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Certainty, Contact, Label, Outcome, Screening, Severity, Verdict
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, FakePlatform, Person, TestBot, running
from tests.stories.crisis.states import SELL, STATES, saying_goodbye
from tests.stories.reading import asks_for, cry, scripted, softly

WISH, THOUGHT, PLAN, NOW = "the wish", "the thought", "the plan", "it happens now"
BLUE, ALONE, LOSS = "somebody is blue", "by myself tonight", "somebody died last year"
SCRIPT = {
    WISH: cry(Level.L1),
    THOUGHT: cry(Level.L2),
    PLAN: cry(Level.L3, contacts=(Contact(0, 3, "phone", Certainty.VALIDATED),)),
    NOW: cry(Level.L4),
    BLUE: cry(Level.L4, SideLane.OVERDOSE),
    ALONE: cry(Level.L1, SideLane.ALONE),
    LOSS: softly(Gentle.LOSS),
    SELL: asks_for(Verdict(Outcome.QUARANTINE, "sourcing_offer", Severity.S4), Label.SOURCING),
}
OPENS = {
    WISH: "are you thinking about ending your life",
    THOUGHT: "Do you have a plan",
    PLAN: "Please do one of these now",
    NOW: "Call 911 now",
    BLUE: 'Say "not breathing"',
    ALONE: "door unlocked",
}
NOBODY = "No moderator is on right now"


@pytest.fixture
def script(book: Book) -> Book:
    return scripted(book, SCRIPT)


@pytest.fixture
async def bot(tmp_path: Path, script: Book) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=script) as running_bot:
        yield running_bot


async def cases(bot: TestBot) -> list[tuple[str, str]]:
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT concern, priority FROM case_file ORDER BY 1, 2"))
    return [(row[0], row[1]) for row in rows]


def place(person: Person, words: str) -> int:
    """Return where a message stands in somebody's chat; past its end where it is not."""
    return next((at for at, text in enumerate(person.sees()) if words in text), len(person.sees()))


def helped(person: Person) -> bool:
    return any(shown.content.voice is Voice.CRISIS for shown in person.chat())


# ── 1, 2: nothing stops the words ───────────────────────────────────────────────────────


@pytest.mark.parametrize("words", OPENS)
async def test_a_cry_is_passed_on_at_once_and_answered_whatever_else_it_holds(bot: TestBot, words: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says(words)
    assert ben.hears()[-1].endswith(words)
    assert ann.passage(message) is Passage.PASSED_ON
    assert any(OPENS[words] in text for text in ann.sees())
    assert {concern for concern, _ in await cases(bot)} == {"crisis"}


async def test_a_cry_is_delivered_also_in_the_middle_of_a_flood(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for number in range(60):
        await ann.says(f"again {number}")
    assert "That was a lot of notes" in ann.sees()[-1]
    assert len(ben.hears()) < 60
    for words in (PLAN, LOSS):
        await ann.says(words)
        assert ben.hears()[-1].endswith(words)


async def test_words_the_screener_breaks_on_are_delivered_and_never_logged(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(text: str) -> Screening:
        if "breaks" in text:
            raise RuntimeError(text)
        return book.screen(text)

    caplog.set_level(logging.DEBUG)
    async with running(tmp_path, book=replace(book, screen=breaks)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        for number in range(60):
            await ann.says(f"this breaks {number} call 415-555-0134")
        assert len(ben.hears()) == 60
    assert "the screener failed: RuntimeError" in caplog.text
    assert "555-0134" not in caplog.text
    assert "this breaks" not in caplog.text


# ── 3: in every state ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("call", ["/crisis", "help me", "911", PLAN])
async def test_help_answers_at_once_in_every_state(
    bot: TestBot, state: Callable[[TestBot], Awaitable[Person]], call: str
) -> None:
    ann = await state(bot)
    before = len(ann.chat())
    await ann.says(call)
    shown = [one for one in ann.chat()[before:] if one.content.voice is Voice.CRISIS]
    assert shown
    assert any("112" in one.text or "911" in one.text for one in shown)


async def test_a_cry_passes_a_break_and_quiet_hours_and_a_calm_note_does_not(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/pause 7")
    await ann.says("good morning")
    assert ben.hears() == []
    await ann.says(WISH)
    assert ben.hears()[-1].endswith(WISH)
    await ben.says("/resume")
    await ben.says("/quiet 0-23")
    await ann.says("please talk to me")
    assert ben.hears()[-1].endswith("please talk to me")
    await bot.wait(hours=4)
    await ann.says("good night")
    assert len(ben.hears()) == 2
    await ann.says(ALONE)
    assert ben.hears()[-1].endswith(ALONE)


async def test_last_words_that_are_a_cry_reach_the_buddy_with_guidance_before_the_chat_ends(bot: TestBot) -> None:
    ann = await saying_goodbye(bot)
    ben = bot.person("ben")
    await ann.says(PLAN)
    assert place(ben, PLAN) < place(ben, "Your buddy may be in danger") < place(ben, "has moved on")


async def test_an_edit_that_is_a_cry_is_carried_over_before_the_guidance(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("hello")
    await ann.edits(message, PLAN)
    assert place(ben, PLAN) < place(ben, "Your buddy may be in danger") < len(ben.sees())


async def test_an_edit_of_a_note_nobody_has_gives_the_buddy_no_card(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.edits((await ann.says("/help")), PLAN)
    assert helped(ann)
    assert not helped(ben)


# ── 5, 6: the numbers are the right ones ────────────────────────────────────────────────


async def test_an_unknown_country_gets_the_international_card_and_numbers_with_their_countries(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says(PLAN)
    await ann.says("/crisis")
    text = "\n".join(ann.sees())
    assert "findahelpline.com" in text
    assert "988" not in text
    assert text.count("911") == text.count("911 (US, Canada)") > 0


async def test_old_help_lines_give_way_and_the_emergency_number_stays(tmp_path: Path, script: Book) -> None:
    clock = Clock()
    async with running(tmp_path, book=script, clock=clock) as bot:
        ann, _ = await bot.pair("ann", "ben")
        await ann.says("/crisis")
        assert "988" in ann.sees()[-1]
        checked = max(entry.verified_on for entry in script.countries["US"].entries)
        clock.at = datetime(checked.year, checked.month, checked.day, tzinfo=UTC) + timedelta(days=182)
        await ann.says("/crisis")
        assert "911" in ann.sees()[-1]
        assert "988" not in ann.sees()[-1]
        assert "findahelpline.com" in ann.sees()[-1]
    told = list(warnings(script, clock.at.date()))
    assert any("988" in line and "too old; it is not shown" in line for line in told)
    assert not any("too old" in line for line in warnings(script, checked))


# ── 7: no false promise ─────────────────────────────────────────────────────────────────


async def on_shift(bot: TestBot) -> None:
    moderator = bot.person("mo")
    moderator.roles = ("moderator",)
    await moderator.uses("shift", state="on")


@pytest.mark.parametrize("words", [PLAN, NOW, BLUE])
async def test_a_moderator_is_named_only_when_one_is_on_shift(tmp_path: Path, script: Book, words: str) -> None:
    for on_call in (False, True):
        async with running(tmp_path / str(on_call), book=script) as bot:
            if on_call:
                await on_shift(bot)
            ann, _ = await bot.pair("ann", "ben")
            before = len(ann.chat())
            await ann.says(words)
            text = "\n".join(ann.sees()[before:])
            assert (NOBODY in text) is not on_call
            assert ("I told the on-call moderator" in text) is on_call
            assert ("crisis", "P0") in await cases(bot)


# ── 8: the buddy's card comes after the buddy's copy ────────────────────────────────────


def no_trouble(_: FakePlatform, __: str) -> None:
    pass


def away(platform: FakePlatform, account: str) -> None:
    platform.steps_away(account)


def failing(platform: FakePlatform, account: str) -> None:
    platform.fails(account, RuntimeError("first"), RuntimeError("second"))


def limited(platform: FakePlatform, account: str) -> None:
    platform.rate_limits(account, 40)


@pytest.mark.parametrize("trouble", [no_trouble, away, failing, limited])
@pytest.mark.parametrize(("words", "card"), [(WISH, "shared something heavy"), (PLAN, "Your buddy may be in danger")])
async def test_the_buddys_card_comes_only_after_the_words(
    bot: TestBot, trouble: Callable[[FakePlatform, str], None], words: str, card: str
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    trouble(bot.platform, ben.address.account)
    await ann.says(words)
    if trouble is not no_trouble:
        assert place(ben, card) == len(ben.sees())
    for _ in range(6):
        await bot.wait(minutes=1)
    assert place(ben, words) < place(ben, card) < len(ben.sees())


async def test_nobody_gets_a_card_about_words_they_did_not_get(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/quiet")
    await ann.says(PLAN)
    assert helped(ann)
    assert not helped(ben)


# ── 9: "that's not what I meant" ────────────────────────────────────────────────────────


async def test_not_what_i_meant_quiets_the_same_level_and_never_a_graver_one(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(WISH)
    await ann.presses("I'm okay, not what I meant")
    before = len(ann.chat())
    await ann.says(WISH)
    assert len(ann.chat()) == before
    for words in (PLAN, ALONE, NOW):
        await ann.says(words)
        assert any(OPENS[words] in text for text in ann.sees()[before:])


async def test_not_what_i_meant_destroys_the_words_kept_for_moderators(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(PLAN)
    shared = "SELECT count(*) FROM case_file WHERE shared IS NOT NULL"
    assert (await bot.house.store.read(lambda tx: tx.db.rows(shared)))[0][0] == 1
    await ann.presses("I'm okay, not what I meant")
    assert (await bot.house.store.read(lambda tx: tx.db.rows(shared)))[0][0] == 0


# ── 11: follow-ups ──────────────────────────────────────────────────────────────────────


async def test_check_ins_survive_a_restart_and_stop_on_request(tmp_path: Path, script: Book) -> None:
    clock, platform = Clock(), FakePlatform()
    async with running(tmp_path, book=script, clock=clock, platform=platform) as bot:
        ann, _ = await bot.pair("ann", "ben")
        await ann.says(PLAN)
    async with running(tmp_path, book=script, clock=clock, platform=platform, seed=2) as bot:
        ann = bot.person("ann")
        await bot.wait(minutes=31)
        assert "Checking in" in ann.sees()[-1]
        await ann.presses("Don't ask again")
        assert "I won't ask again" in ann.sees()[-1]
    async with running(tmp_path, book=script, clock=clock, platform=platform, seed=3) as bot:
        ann = bot.person("ann")
        before = len(ann.chat())
        await bot.wait(days=2)
        assert not [text for text in ann.sees()[before:] if "Checking in" in text]
        await ann.says(NOW)
        assert OPENS[NOW] in "\n".join(ann.sees()[before:])


async def test_a_check_in_nobody_answers_is_told_to_the_moderators_once(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(PLAN)
    await bot.wait(days=2)
    assert (await cases(bot)).count(("crisis", "P0")) == 1
    told = await bot.house.store.read(lambda tx: tx.db.rows("SELECT kind FROM case_line ORDER BY number"))
    assert [row[0] for row in told] == ["opened", "joined"]


# ── 12: the bereaved ────────────────────────────────────────────────────────────────────


async def test_talk_of_a_past_death_gets_gentle_support_and_no_emergency_card(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    before = len(ann.chat())
    await ann.says(LOSS)
    assert ben.hears()[-1].endswith(LOSS)
    said = "\n".join(ann.sees()[before:])
    assert "I'm so sorry" in said
    assert "911" not in said
    assert not helped(ben)
    assert await cases(bot) == []


@pytest.mark.parametrize(
    "words",
    [
        "my brother died of an overdose last year",
        "we buried my mom in march, it was fentanyl",
        "he overdosed two years ago and i still miss him every day",
    ],
)
async def test_the_screener_reads_no_present_danger_in_a_past_death(book: Book, words: str) -> None:
    found = book.screen(words)
    assert found.level is None or found.level < Level.L3
    assert SideLane.OVERDOSE not in found.lanes
