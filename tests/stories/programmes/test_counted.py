"""Whether somebody is counted: asked once and late, tapped or typed, taken back at any time, in both languages."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.domain.programmes.counted import Counted
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, practice_book, running
from tests.stories.matching.test_meeting import joined
from tests.stories.programmes.inviting import CLINIC, code_of, operate, settled

ASKED = {"en": "May I count you?", "es": "¿Puedo contarte?"}


def times_asked(person: Person, locale: str = "en") -> int:
    return sum(ASKED[locale] in one for one in person.sees())


async def record_of(bot: TestBot, person: Person) -> Counted:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return await bot.house.store.read(lambda tx: tx.counted.of(member.id))


async def since(bot: TestBot, person: Person, quarter: str) -> None:
    """Let the quarter of their yes have begun: weeks of waiting would be a thousand rounds of matching."""
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    record = replace(await record_of(bot, person), since=quarter)
    await bot.house.store.write(lambda tx: tx.counted.save(member.id, record))


async def asked(bot: TestBot, locale: str = "en") -> tuple[Person, Person]:
    ann, ben = await settled(bot, await code_of(bot), locale=locale)
    assert times_asked(ann, locale) == 0
    await bot.wait(days=3, hours=4)
    return ann, ben


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_it_is_asked_once_when_they_have_what_they_came_for(bot: TestBot, locale: str) -> None:
    ann, ben = await asked(bot, locale)
    assert times_asked(ann, locale) == 1
    assert times_asked(ben) == 0
    text = next(one for one in ann.sees() if ASKED[locale] in one)
    assert CLINIC in text
    assert text.count("?") == 1
    await bot.wait(days=2)
    assert times_asked(ann, locale) == 1


async def test_before_there_is_a_buddy_nobody_is_asked(bot: TestBot) -> None:
    (ann,) = await joined(bot, "ann")
    await ann.opens((await code_of(bot)).replace("-", ""))
    await bot.wait(days=6)
    assert times_asked(ann) == 0


@pytest.mark.parametrize(
    ("locale", "typed", "label", "thanks"),
    [
        ("en", "yes", "Yes, count me", "one of many"),
        ("es", "sí", "Sí, cuéntame", "una persona entre muchas"),
    ],
)
@pytest.mark.parametrize("tapped", [True, False])
async def test_a_yes_tapped_or_typed_holds_from_the_next_quarter_on(
    bot: TestBot, locale: str, typed: str, label: str, thanks: str, *, tapped: bool
) -> None:
    ann, ben = await asked(bot, locale)
    await (ann.presses(label) if tapped else ann.says(typed))
    assert thanks in ann.sees()[-1]
    assert ben.hears().count(typed) == 0
    record = await record_of(bot, ann)
    assert record.since == "2027-Q1"
    await ann.says("a note of a week that is not counted")
    assert (await record_of(bot, ann)).weeks == ()


@pytest.mark.parametrize(
    ("locale", "typed", "said"), [("en", "no thanks", "Nothing changes"), ("es", "no gracias", "No cambia nada")]
)
async def test_a_no_changes_nothing(bot: TestBot, locale: str, typed: str, said: str) -> None:
    ann, ben = await asked(bot, locale)
    await ann.says(typed)
    assert said in ann.sees()[-1]
    assert (await record_of(bot, ann)).since == ""
    await ann.says("on we go")
    assert ben.hears()[-1].endswith("on we go")


async def test_quiet_hours_a_break_and_a_crisis_put_the_question_off(bot: TestBot) -> None:
    ann, _ = await settled(bot, await code_of(bot))
    await ann.uses("pause", days="5")
    await bot.wait(days=4)
    assert times_asked(ann) == 0
    await ann.says("i want to kill myself tonight")
    await bot.wait(days=2)
    assert times_asked(ann) == 0
    await bot.wait(days=3)
    assert times_asked(ann) == 1


@pytest.mark.parametrize("tapped", [True, False])
async def test_it_is_taken_back_at_any_time_and_the_weeks_go_with_it(bot: TestBot, *, tapped: bool) -> None:
    ann, _ = await asked(bot)
    await ann.presses("Yes, count me")
    await since(bot, ann, "2026-Q4")
    await ann.says("still here")
    assert len((await record_of(bot, ann)).weeks) == 1
    await ann.says("/counted")
    assert "You said yes to being counted" in ann.sees()[-1]
    await (ann.presses("Stop counting me") if tapped else ann.says("stop counting me"))
    assert "in none of their numbers" in ann.sees()[-1]
    record = await record_of(bot, ann)
    assert (record.since, record.weeks, record.agreed_at) == ("", (), None)
    await ann.says("/counted on")
    assert (await record_of(bot, ann)).since == "2027-Q1"
    await ann.says("/counted off")
    assert (await record_of(bot, ann)).since == ""


async def test_without_an_invite_nobody_is_counted(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    for words in ("/counted", "/counted on"):
        await ann.says(words)
        assert "Nobody counts you" in ann.sees()[-1]
    await ann.says("hello")
    assert await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM counted")) == []


async def test_when_the_programme_ends_nobody_is_asked_or_counted(bot: TestBot) -> None:
    ann, _ = await settled(bot, await code_of(bot))
    await operate(bot, "programme-end", programme=CLINIC)
    await bot.wait(days=4)
    assert times_asked(ann) == 0
    await ann.says("/counted on")
    assert "does not invite people any more" in ann.sees()[-1]


async def test_another_invite_ends_what_was_said_to_the_first(bot: TestBot) -> None:
    ann, _ = await asked(bot)
    await ann.presses("Yes, count me")
    await ann.opens((await code_of(bot, "River group")).replace("-", ""))
    assert (await record_of(bot, ann)).since == ""
    await ann.says("hi again")
    await bot.wait(days=3, hours=4)
    assert times_asked(ann) == 2


async def test_who_is_still_at_the_first_questions_has_time(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.opens((await code_of(bot)).replace("-", ""))
    await ann.says("/counted on")
    assert "First come your own few questions" in ann.sees()[-1]


async def test_it_is_in_the_copy_and_gone_after_erasing(bot: TestBot) -> None:
    ann, _ = await asked(bot)
    await ann.presses("Yes, count me")
    await ann.uses("export")
    document = ann.last().content.document
    assert document is not None
    held = json.loads(document.text)["counted_in_numbers"]
    assert (held["invited_by"], held["counted_from"]) == (CLINIC, "2027-Q1")
    await ann.says("/forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    assert await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM counted")) == []


# ── Research ────────────────────────────────────────────────────────────────────────────


def with_research(book: Book) -> Book:
    return replace(book, practice=replace(book.practice, research=True))


async def test_where_there_is_no_research_nobody_can_be_in_it(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    for words in ("/research", "/research on"):
        await ann.says(words)
        assert "There is no research here" in ann.sees()[-1]
    await ann.says("/research off")
    assert "none of the research numbers" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("locale", "yes", "said", "stop"),
    [
        ("en", "Yes, count me", "research numbers", "Stop counting me"),
        ("es", "Sí, cuéntame", "números de investigación", "Deja de contarme"),
    ],
)
async def test_research_is_a_yes_of_its_own_and_can_be_withdrawn(
    tmp_path: Path, locale: str, yes: str, said: str, stop: str
) -> None:
    async with running(tmp_path, book=practice_book(with_research)) as bot:
        ann, _ = await bot.pair("ann", "ben")
        await ann.uses("language", language=locale)
        await ann.says("/research")
        assert ASKED[locale].rstrip("?") in ann.sees()[-1]
        await ann.presses(yes)
        assert said in ann.sees()[-1]
        record = await record_of(bot, ann)
        assert (record.research_since, record.terms, record.since) == ("2027-Q1", "2026-11-30", "")
        await ann.says("/research")
        await ann.says(stop.lower())
        assert (await record_of(bot, ann)) == Counted()
