"""What one person alone sees in a group of Telegram: the real core, the real adapter, a pretend Telegram."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Label, Outcome, Verdict
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlace
from tests.stories.reading import asks_for, cry, scripted
from tests.stories.test_telegram_places import LOBBY, NIGHTS, STAFF, Town, town
from tests.stories.wires import until
from tests.telegram.whispers import Whisper
from tests.telegram.wire import FakeTelegram

ASK, DIE = "who's got blues, dm me", "i want to die"
SCRIPT = {ASK: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING), DIE: cry(Level.L2)}
HELP = "You can talk to a person any time"
OLD, FIRST, NOW = (10, 0), (10, 2), (10, 3)


def is_help(shown: list[Whisper]) -> bool:
    return any(HELP in one.text for one in shown)


@pytest.fixture
def book(book: Book) -> Book:
    return scripted(replace(book, channels=(NIGHTS, LOBBY, STAFF)), SCRIPT)


@pytest.fixture
async def there(tmp_path: Path, book: Book) -> AsyncIterator[Town]:
    async with FakeTelegram() as fake, town(tmp_path, book, fake) as made:
        await until(lambda: ("all_group_chats", "") in fake.world.commands)
        yield made


@pytest.mark.parametrize("version", [FIRST, NOW])
async def test_help_is_seen_by_who_cried_alone_also_if_they_never_opened_the_bot(
    there: Town, version: tuple[int, int]
) -> None:
    there.fake.world.api = version
    ann = there.fake.person("ann", stranger=True)
    ann.posts(there.room, DIE, "Lobby")
    await there.calm()
    seen = ann.whispers(there.room)
    assert is_help(seen)
    assert {one.thread for one in seen} == {there.room.topic("Lobby").id}
    assert there.room.sees("Lobby")[1:] == [DIE], "nobody else reads that it was she"
    assert ["in danger" in there.office.sees()[-2], "for their eyes only" in there.office.sees()[-1]] == [True, True]
    before = len(seen)
    ann.presses_there(there.room, next(label for one in reversed(seen) for label in one.labels))
    await there.calm()
    assert len(ann.whispers(there.room)) > before, "what can be tapped there goes on there"


async def test_help_comes_in_private_as_well_where_it_can(there: Town) -> None:
    ann = there.fake.person("ann")
    ann.posts(there.room, DIE, "Lobby")
    await there.calm()
    shown = [one.text.partition("\n")[0] for one in ann.whispers(there.room)]
    assert shown
    assert set(shown) <= {text.partition("\n")[0] for text in ann.sees()}
    assert len(there.office.sees()) == 2, "the pin and one alarm"


async def test_a_server_from_before_shows_nothing_to_everybody_and_is_asked_once(there: Town) -> None:
    there.fake.world.api = OLD
    ann = there.fake.person("ann", stranger=True)
    for text in (DIE, ASK, "good evening"):
        ann.posts(there.room, text, "Lobby")
        await there.calm()
    assert there.fake.world.whispers == []
    assert len(there.fake.asked("deleteEphemeralMessage")) == 1
    assert [text for text in there.room.sees("Lobby") if HELP in text] == []
    line = there.room.finds("Help is here", "Lobby")
    press = ann.presses_in(line, line.labels[0])
    await until(lambda: there.fake.world.links.get(press))
    ann.opens(press)
    await there.calm()
    assert any("988" in text or "112" in text for text in ann.sees())


async def test_a_server_that_shows_it_to_everybody_after_all_is_believed_no_longer(there: Town) -> None:
    there.fake.world.api, there.fake.answers["deleteEphemeralMessage"] = OLD, True
    ann = there.fake.person("ann")
    ann.posts(there.room, ASK, "Lobby")
    await there.calm()
    ann.posts(there.room, DIE, "Lobby")
    await there.calm()
    posted = [one for one in there.fake.world.notes if one.by_bot and one.thread == there.room.topic("Lobby").id]
    assert [one.deleted for one in posted] == [False, True], "the pin stands, what leaked is gone, nothing leaked again"
    assert any(HELP in text for text in ann.sees())


async def test_the_rules_are_read_where_the_button_is_and_nobody_is_led_away(there: Town) -> None:
    ann, ben = there.fake.person("ann", stranger=True), there.fake.person("ben")
    for one in (ann, ben):
        one.comes_to(there.room)
    await there.calm()
    door = there.room.notes("Lobby")[-1]
    presses = [one.presses_in(door, "I read the rules") for one in (ann, ben)]
    await there.calm()
    await until(lambda: set(presses) <= set(there.fake.world.links))
    assert [there.fake.world.links[press] for press in presses] == ["", ""]
    for one in (ann, ben):
        assert there.room.members[one.account] == "member"
        (rules,) = one.whispers(there.room)
        assert "You can write in Lobby now" in rules.text
        assert "everyone reads" in rules.text, "who reads what is typed stands below what can be tapped"
        assert rules.keyboard[-1][-1]["url"] == "https://t.me/harbour_bot?start=here"
    assert ann.sees() == []
    assert any("You can write in Lobby now" in text for text in ben.sees())


async def test_questions_are_answered_in_private_never_in_front_of_a_group(there: Town) -> None:
    ann = there.fake.person("ann", stranger=True)
    ann.comes_to(there.room)
    await there.calm()
    ann.presses_in(there.room.notes("Lobby")[-1], "I read the rules")
    await there.calm()
    press = ann.presses_in(there.room.notes("Nights")[0], "Write")
    await until(lambda: there.fake.world.links.get(press))
    await there.calm()
    assert len(ann.whispers(there.room)) == 1, "words that a button asks for are not asked for there"
    ann.opens(press)
    await there.calm()
    assert ann.sees()
    assert len(ann.whispers(there.room)) == 1, "who went on in private is answered there"


async def test_a_command_for_the_bot_alone_is_in_nobodys_way_and_a_report_reaches_moderators_elsewhere(
    there: Town,
) -> None:
    ann, ben, mod = await there.member("ann"), there.fake.person("ben"), there.bot.person("mod")
    desk: FakePlace = await there.bot.place("staff")
    mod.roles = ("moderator",)
    await mod.posts(desk, "/shift on")
    bad = ben.posts(there.room, "you are nothing", "Lobby")
    await there.calm()
    ann.confides(there.room, "/report", "Lobby", reply_to=bad)
    await there.calm()
    assert there.room.sees("Lobby")[1:] == ["you are nothing"]
    ann.presses_there(there.room, "Mean")
    await there.calm()
    assert "Sent." in ann.whispers(there.room)[-1].text
    assert any("Sent." in text for text in ann.sees())
    await mod.posts(desk, "/queue")
    await there.calm()
    assert re.search(r"\b[0-9a-f]{8}\b", mod.sees()[-1]), "the team has the case on the other platform"
    assert not any("Sent." in one.text or "report" in one.text.lower() for one in ben.whispers(there.room))
    assert [asked.code for asked in there.fake.asked("deleteMessage")] == [], "there is no message 0 to take away"


async def test_words_confided_to_the_bot_reach_no_buddy_and_no_group(there: Town) -> None:
    ann = there.fake.person("ann")
    ann.confides(there.room, "/help", "Lobby")
    await there.calm()
    assert ann.whispers(there.room), "the menu"
    ann.confides(there.room, DIE)
    await there.calm()
    assert is_help(ann.whispers(there.room))
    assert DIE not in there.room.sees("Lobby")


async def test_what_does_not_arrive_there_is_in_private(there: Town) -> None:
    ann = there.fake.person("ann")
    ann.confides(there.room, "/crisis", "Lobby")
    await there.calm()
    for shown in ann.whispers(there.room):
        told = next(note for note in ann.notes() if shown.text.startswith(note.text))
        assert [label for label in shown.labels if label in told.labels] == told.labels
    there.fake.world.offline.add(ann.account)
    ann.posts(there.room, DIE, "Lobby")
    await there.calm()
    assert any(HELP in text for text in ann.sees()), "what does not arrive there is in private"


async def test_a_bot_that_is_no_administrator_answers_who_pressed_and_says_the_rest_in_private(there: Town) -> None:
    ann = there.fake.person("ann")
    line = there.room.notes("Lobby")[0]
    there.room.bot = "member"
    ann.posts(there.room, DIE, "Lobby")
    await there.calm()
    assert ann.whispers(there.room) == []
    assert any(HELP in text for text in ann.sees())
    ann.presses_in(line, line.labels[-1])
    await there.calm()
    assert ann.whispers(there.room)
