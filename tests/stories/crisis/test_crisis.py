from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Passage, RetryLater, Voice
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.moderation.cases import Concern
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running

GRAVE = "i wrote my goodbye letter and i bought enough pills to not wake up"
CRY = "i want to kill myself tonight"


async def crisis_cases(bot: TestBot) -> int:
    rows = await bot.house.store.read(
        lambda tx: tx.db.rows("SELECT id FROM case_file WHERE concern = :crisis", crisis=Concern.CRISIS.value)
    )
    return len(rows)


def crisis(person: Person) -> list[str]:
    return [shown.text for shown in person.chat() if shown.content.voice is Voice.CRISIS]


@pytest.mark.parametrize("text", ["/crisis", "/sos", "/988", "sos", "Help me!", "911"])
async def test_a_call_for_help_as_the_very_first_word_shows_the_card(bot: TestBot, text: str) -> None:
    ann = bot.person("ann")
    await ann.says(text)
    assert "Help is here" in crisis(ann)[-1]


async def test_the_button_of_the_greeting_shows_the_card(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("I need help right now")
    assert "Help is here" in crisis(ann)[-1]


async def test_the_card_is_the_countrys_once_it_is_known(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(country="GB", lane="self")
    await ann.says("/crisis")
    assert "999" in crisis(ann)[-1]
    assert "116" in crisis(ann)[-1]


async def test_words_of_danger_before_consent_are_answered_and_not_kept(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says(CRY)
    assert crisis(ann)
    kept = await bot.house.store.read(lambda tx: tx.db.rows("SELECT shared FROM case_file WHERE shared IS NOT NULL"))
    assert kept == []


async def test_words_of_danger_in_the_gates_and_the_intake_lose_no_answer(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    await ann.says(CRY)
    assert crisis(ann)
    for question, key in (("age", "yes"), ("consent", "agree"), ("country", "US")):
        await ann.sends_token(f"ask.{question}.{key}")
    await ann.says("my own use")
    bot.clock.at += timedelta(minutes=11)
    before = len(crisis(ann))
    await ann.says(CRY)
    assert len(crisis(ann)) > before
    await ann.says("/find")
    assert "2 of 7" in ann.sees()[-1]


async def test_words_of_danger_while_taking_a_break(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("/pause 7")
    await ann.says(CRY)
    assert crisis(ann)


@pytest.mark.parametrize("opening", ["/quiet", "/report"])
async def test_words_of_danger_in_the_middle_of_something_else(bot: TestBot, opening: str) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(opening)
    if opening == "/report":
        await ann.presses("Other")
    await ann.says(CRY)
    assert crisis(ann)


async def test_words_of_danger_in_a_command_are_heard_too(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says(f"/help {CRY}")
    assert crisis(ann)


async def test_a_cry_passes_quiet_hours_with_a_card_for_both(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    await ann.says("good night")
    message = await ann.says(CRY)
    assert [text for text in ben.hears() if text.endswith(CRY)]
    assert ann.passage(message) is Passage.PASSED_ON
    assert crisis(ann)
    places = {shown.text: place for place, shown in enumerate(ben.chat())}
    note = next(place for text, place in places.items() if text.endswith(CRY))
    assert any(place > note for text, place in places.items() if "Your buddy" in text)


async def test_a_cry_passes_a_buddys_break(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/pause 3")
    await ann.says(CRY)
    assert ben.hears()[-1].endswith(CRY)


async def test_a_cry_as_last_words_is_passed_on_before_the_room_closes(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ann.presses("Say a few words")
    await ann.says(CRY)
    assert ben.hears()[-1].endswith(CRY)
    assert crisis(ann)


async def test_a_cry_that_is_a_change_of_a_held_note_goes_at_once(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    message = await ann.says("good night")
    await ann.edits(message, CRY)
    assert ben.hears()[-1].endswith(CRY)
    assert crisis(ann)


async def test_a_cry_that_is_a_change_of_a_refused_note_goes_at_once(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/pause 2")
    message = await ann.says("hello")
    await ann.edits(message, CRY)
    assert ben.hears()[-1].endswith(CRY)


async def test_a_cry_too_long_to_pass_on_is_still_answered(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(f"{CRY}. " + "i am so tired of it all. " * 300)
    assert crisis(ann)
    assert "too long" in ann.sees()[-1]
    assert ben.hears() == []


async def test_crisis_content_overtakes_a_queue_that_the_platform_slows_down(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.platform.fails(ben.address.account, RetryLater(60))
    await ann.says("one")
    await ben.says("/crisis")
    assert "Help is here" in crisis(ben)[-1]
    await bot.wait(seconds=60)
    assert ben.hears()[-1].endswith("one")


async def test_grave_words_open_a_case_whose_words_live_three_days(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(GRAVE)
    assert await crisis_cases(bot) == 1
    kept = "SELECT 1 FROM case_file WHERE shared IS NOT NULL"
    assert len(await bot.house.store.read(lambda tx: tx.db.rows(kept))) == 1
    await bot.wait(hours=71)
    assert len(await bot.house.store.read(lambda tx: tx.db.rows(kept))) == 1
    await bot.wait(hours=2)
    assert await bot.house.store.read(lambda tx: tx.db.rows(kept)) == []


async def test_looking_in_survives_a_restart(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        ann, _ = await bot.pair("ann", "ben")
        await ann.says(CRY)
        platform, clock = bot.platform, bot.clock
    async with running(tmp_path, book=book, platform=platform, clock=clock, seed=2) as bot:
        ann = bot.person("ann")
        seen = len(crisis(ann))
        await bot.wait(minutes=31)
        assert len(crisis(ann)) > seen
        assert "How are you" in crisis(ann)[-1] or "hecking" in crisis(ann)[-1]


async def test_asked_not_to_ask_again_it_does_not(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(CRY)
    await bot.wait(minutes=31)
    await ann.presses("Don't ask again")
    seen = len(crisis(ann))
    await bot.wait(hours=20)
    assert len(crisis(ann)) == seen


async def test_a_broken_reader_of_words_stops_nothing(tmp_path: Path, book: Book) -> None:
    def broken(text: str) -> Screening:
        raise ValueError(text)

    async with running(tmp_path, book=replace(book, screen=broken)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.says(CRY)
        assert ben.hears()[-1].endswith(CRY)


async def test_a_cry_never_counts_as_a_flood(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for number in range(15):
        await ann.says(f"{CRY} {number}")
        bot.clock.at += timedelta(seconds=1)
    assert len(ben.hears()) == 15
