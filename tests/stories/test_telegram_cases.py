"""A case of somebody on another platform, worked on in its topic of the moderators' forum on Telegram."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from tests.stories.moderating import audit, code, reported
from tests.stories.test_telegram_places import OFFICE, STAFF, Town, town
from tests.stories.wires import until
from tests.telegram.people import Person
from tests.telegram.wire import FakeTelegram
from tests.telegram.world import Topic


@pytest.fixture
async def there(tmp_path: Path, book: Book) -> AsyncIterator[Town]:
    async with FakeTelegram() as fake:
        fake.group(OFFICE)
        async with town(tmp_path, replace(book, channels=(STAFF,)), fake) as made:
            yield made


async def calm(there: Town) -> None:
    """Let everything have its consequences, the bot's clock included."""
    await there.calm()
    await there.bot.tick()
    await there.calm()


def cases(there: Town) -> list[Topic]:
    return [one for one in there.office.topics.values() if not one.deleted and one.name != "Staff"]


async def on_duty(there: Town, name: str) -> Person:
    one = there.fake.person(name)
    one.comes_to(there.office)
    one.posts(there.office, "/shift on", "Staff")
    await calm(there)
    return one


def told(one: Person, there: Town) -> str:
    """All that somebody sees alone: in private, and in the group."""
    return " ".join((*one.sees(), *(each.text for each in one.whispers(there.office))))


async def test_a_report_from_elsewhere_is_worked_on_in_its_topic(there: Town) -> None:
    mia, noa = await on_duty(there, "mia"), await on_duty(there, "noa")
    _, ben = await reported(there.bot, "Mean", "Only this one")
    await calm(there)
    (topic,) = cases(there)
    (first,) = there.office.notes(topic.name)
    assert topic.name.endswith("(New)")
    everything = " ".join(note.text for note in there.fake.world.notes if note.chat["id"] == OFFICE)
    assert "mean person" not in everything
    mia.presses_in(first, "I take it")
    noa.presses_in(first, "I take it")
    await calm(there)
    assert topic.name.endswith("(Taken)")
    assert ("is yours" in told(mia, there), "Somebody else has case" in told(noa, there)) == (True, True)
    mia.presses_in(first, "Show what was shared")
    await calm(there)
    assert "mean person" in told(mia, there)
    assert "see" in await audit(there.bot)
    word = await code(there.bot)
    mia.posts(there.office, f"/mod mute {word} 1 24 That was unkind.", topic.name)
    await there.calm()
    await there.bot.wait(minutes=21)
    await calm(there)
    assert any("That was unkind." in text for text in ben.sees())
    assert topic.name.endswith("(Held back)")
    mia.presses_in(first, "Close")
    await calm(there)
    assert (topic.closed, first.labels) == (True, [])
    assert topic.name.endswith("(Closed)")
    everything = " ".join(note.text for note in there.fake.world.notes if note.chat["id"] == OFFICE)
    assert "mean person" not in everything


async def test_a_cry_from_elsewhere_calls_the_team_with_a_sound_and_is_answered_from_its_topic(there: Town) -> None:
    mia = await on_duty(there, "mia")
    ann = there.bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("i took all my pills and i want to die now")
    await calm(there)
    (topic,) = cases(there)
    first = there.office.notes(topic.name)[0]
    assert not first.silent
    assert not any("pills" in note.text for note in there.fake.world.notes)
    mia.presses_in(first, "I take it")
    await calm(there)
    mia.presses_in(first, "Write to them")
    await calm(there)
    word = await code(there.bot)
    assert f"/mod say {word}" in told(mia, there), "there are no forms: it is typed, where nobody else reads it"
    mia.posts(there.office, f"/mod say {word} I am here with you. Are you alone?", topic.name)
    await calm(there)
    assert any("Are you alone?" in text for text in ann.sees())


async def test_a_press_that_comes_too_late_and_one_of_a_stranger_change_nothing(there: Town) -> None:
    mia = await on_duty(there, "mia")
    await reported(there.bot)
    await calm(there)
    (topic,) = cases(there)
    (first,) = there.office.notes(topic.name)
    kept = list(first.keyboard)
    stranger = there.fake.person("stranger")
    stranger.presses_in(first, "I take it")
    await calm(there)
    assert topic.name.endswith("(New)")
    mia.presses_in(first, "I take it")
    await calm(there)
    mia.presses_in(first, "Close")
    await calm(there)
    first.keyboard = kept
    mia.presses_in(first, "I take it")
    await calm(there)
    await until(lambda: "is closed" in told(mia, there))
    assert topic.closed
