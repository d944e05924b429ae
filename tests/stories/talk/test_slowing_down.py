"""Floods, copies sent to many, links of newcomers, and claims, in a live chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.domain.kernel.verdicts import Certainty, Contact, Label, Outcome, Severity, Verdict
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running
from tests.stories.reading import asks_for, claims, scripted

LINK, DOUBTFUL = "look at page.example/me today", "look at page.example today"
CLAIM, OTHER_CLAIM, UNKNOWN = "narcan is poison", "put them in a cold shower", "the moon is cheese"
CODE_NUDGE, CODE_HOLD = "a rule in code asks", "a rule in code holds"
AD = "hey i have some really good stuff from my guy, 20 each, fast and safe, just ask me here"
NOTE = Verdict(Outcome.NOTE, "misinfo", Severity.S1)


def link(certainty: Certainty) -> tuple[Contact, ...]:
    return (Contact(8, 23 if certainty is Certainty.VALIDATED else 20, "link", certainty),)


SCRIPT = {
    LINK: asks_for(Verdict(Outcome.DELIVER, "none"), contacts=link(Certainty.VALIDATED)),
    DOUBTFUL: asks_for(Verdict(Outcome.NUDGE, "pii", Severity.S1), Label.PII, contacts=link(Certainty.DOUBTFUL)),
    CLAIM: claims("naloxone_harms"),
    OTHER_CLAIM: claims("cold_shower"),
    UNKNOWN: claims("a family no file knows"),
    CODE_NUDGE: asks_for(Verdict(Outcome.NUDGE, "a-rule-of-ours")),
    CODE_HOLD: asks_for(Verdict(Outcome.HOLD, "a-rule-of-ours")),
}


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=scripted(book, SCRIPT)) as running_bot:
        yield running_bot


def labels(person: Person) -> list[str]:
    return [choice.label for choice in person.last().content.choices]


# ── Floods ──────────────────────────────────────────────────────────────────────────────


async def test_a_flood_is_not_passed_on_and_each_note_of_it_is_answered_with_what_to_do(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for number in range(45):
        await ann.says(f"note {number}")
    assert len(ben.hears()) == 40
    assert sum("Wait a minute, then send it again" in text for text in ann.sees()) == 5
    assert labels(ann) == ["I need help right now"]
    await bot.wait(minutes=1)
    await ann.says("me again")
    assert ben.hears()[-1].endswith("me again")


async def test_the_pace_of_one_does_not_slow_the_other(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for number in range(45):
        await ann.says(f"note {number}")
    await ben.says("slow down a bit")
    assert ann.hears()[-1].endswith("slow down a bit")


async def test_the_pace_survives_a_restart_and_a_silent_week_forgets_it(tmp_path: Path, book: Book) -> None:
    script = scripted(book, SCRIPT)
    async with running(tmp_path / "one", book=script) as bot:
        ann, _ = await bot.pair("ann", "ben")
        for number in range(41):
            await ann.says(f"note {number}")
        platform = bot.platform
    async with running(tmp_path / "one", book=script, platform=platform, seed=2) as bot:
        await bot.person("ann").says("one more")
        assert "That was a lot of notes" in bot.person("ann").sees()[-1]
        await bot.wait(days=9)
        rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM flow"))
        assert rows == []


# ── Copies ──────────────────────────────────────────────────────────────────────────────


async def meets(bot: TestBot, ann: Person, name: str) -> Person:
    """End ann's chat and find her somebody new."""
    await ann.says("/goodbye")
    await ann.presses("Just leave")
    other = bot.person(name)
    await other.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await ann.says("/find")
    await bot.wait(hours=1, seconds=1)
    for one in (ann, other):
        await one.presses("Say hello")
    return other


async def test_the_same_words_to_a_third_person_are_asked_about_and_can_be_sent(bot: TestBot) -> None:
    """Other signs and capitals leave the fingerprint as it is; how far a changed word moves it, its key decides."""
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(AD)
    assert ben.hears()[-1].endswith(AD)
    second = await meets(bot, ann, "cleo")
    await ann.says(AD.replace(",", "!!"))
    assert len(second.hears()) == 1
    third = await meets(bot, ann, "dan")
    await ann.says(AD.upper())
    assert third.hears() == []
    assert "almost the same words" in ann.sees()[-1]
    assert labels(ann) == ["Don't send", "Send it"]
    await ann.presses("Send it")
    assert len(third.hears()) == 1


# ── Links of newcomers ──────────────────────────────────────────────────────────────────


async def test_a_newcomers_link_is_left_out_and_the_rest_can_go(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(LINK)
    assert ben.hears() == []
    assert "links have to wait for two weeks" in ann.sees()[-1]
    assert labels(ann) == ["Send without it", "Don't send"]
    await ann.presses("Send without it")
    assert ben.hears()[-1].endswith("look at […] today")


@pytest.mark.parametrize("host", ["mychat.chat/ann", "session.ai/ann", "buddy.club/ann", "linktr.ee/ann"])
async def test_a_newcomers_link_under_any_ending_is_known_for_one(tmp_path: Path, book: Book, host: str) -> None:
    async with running(tmp_path, book=book) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.says(f"look at {host} ok")
        assert ben.hears() == []
        assert labels(ann)[-2:] == ["Send without it", "Don't send"]


async def test_a_newcomer_can_not_send_a_doubtful_link_by_a_forged_button(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(DOUBTFUL)
    assert labels(ann) == ["Send without it", "Don't send"]
    token = ann.last().content.choices[1].token
    await ann.sends_token(token.replace(".drop", ".anyway"))
    assert "page.example" not in ben.hears()[-1]


async def test_a_newcomer_can_not_slip_a_link_in_by_an_edit(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.edits(await ann.says("hello"), LINK)
    assert "did not pass on that change" in ann.sees()[-1]
    assert ben.hears()[-1].endswith("hello")


async def test_after_two_weeks_a_plain_link_passes_and_a_doubtful_one_is_up_to_its_author(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=15)
    await ann.says(LINK)
    assert ben.hears()[-1].endswith(LINK)
    await ann.says(DOUBTFUL)
    await ann.presses("It's not a contact, send")
    assert ben.hears()[-1].endswith(DOUBTFUL)


# ── Rules that bring no words of their own ──────────────────────────────────────────────


async def test_a_rule_without_words_of_its_own_is_still_explained(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(CODE_HOLD)
    assert "It does not fit the rules here" in ann.sees()[-1]
    assert labels(ann) == ["Don't send", "I think this is a mistake"]
    await ann.says(CODE_NUDGE)
    assert "This may not fit the rules here" in ann.sees()[-1]
    assert ben.hears() == []
    await ann.presses("Send it")
    assert ben.hears()[-1].endswith(CODE_NUDGE)


# ── Claims ──────────────────────────────────────────────────────────────────────────────


def cards(person: Person) -> list[str]:
    return [text for text in person.sees() if "A word on what was just said" in text]


async def test_a_claim_is_delivered_and_both_see_what_is_known_after_it(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(CLAIM)
    assert ben.hears()[-1].endswith(CLAIM)
    for person in (ann, ben):
        assert "Naloxone only blocks opioids" in cards(person)[0]
        assert "ask a pharmacist or a prescriber" in cards(person)[0]
        assert "Source: CDC" in cards(person)[0]
        assert "Checked: November 23, 2026" in cards(person)[0]
    assert ben.sees()[-2].endswith(CLAIM)


async def test_a_card_comes_once_a_day_for_each_family_of_claims(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for author in (ann, ben, ann):
        await author.says(CLAIM)
    assert (len(cards(ann)), len(cards(ben))) == (1, 1)
    await ann.says(OTHER_CLAIM)
    assert len(cards(ben)) == 2
    await bot.wait(days=1, seconds=1)
    await ann.says(CLAIM)
    assert (len(cards(ann)), len(cards(ben))) == (3, 3)


async def test_a_card_waits_with_a_held_note_and_none_is_shown_about_one_not_sent(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/pause 7")
    await ann.says(CLAIM)
    assert cards(ann) == cards(ben) == []
    await ben.says("/resume")
    await ben.says("/quiet 0-23")
    await ann.says(CLAIM)
    assert len(cards(ann)) == 1
    assert (cards(ben), ben.hears()) == ([], [])
    await ben.says("i am up")
    assert ben.hears()[-1].endswith(CLAIM)
    assert len(cards(ben)) == 1


async def test_a_family_that_no_file_knows_gets_no_card(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(UNKNOWN)
    assert ben.hears()[-1].endswith(UNKNOWN)
    assert cards(ann) == []
