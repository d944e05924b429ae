"""Whole stories in groups of Telegram: the real core, the real adapter, a pretend Telegram, another platform beside."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from buddybot.adapter import COMMANDS, Capabilities, Channel, ChannelKind, utc_now
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Label, Outcome, Verdict
from buddybot.domain.moderation.cases import Concern
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.service.moderation import casework
from buddybot.service.moderation.casework import CaseReport
from buddybot.testing import Clock, FakePlace, FakePlatform, TestBot, running
from tests.stories.reading import asks_for, cry, scripted
from tests.stories.wires import OnTelegram, comes_in, until
from tests.telegram.groups import Group
from tests.telegram.house import adapter_for
from tests.telegram.people import Person
from tests.telegram.wire import FakeTelegram

NIGHTS = Channel("nights", "Nights", "For those who are up late.")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
STAFF = Channel("staff", "Staff", kind=ChannelKind.MODERATORS)
ASK, DIE = "who's got blues, dm me", "i want to die"
SCRIPT = {ASK: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING), DIE: cry(Level.L2)}
ROOM, OFFICE = -1001, -1002


@dataclass(slots=True)
class Town:
    fake: FakeTelegram
    bot: TestBot
    room: Group
    office: Group

    async def calm(self) -> None:
        """Wait until all that people did has had its consequences."""
        await self.fake.settled()
        await self.bot.settle()

    async def member(self, name: str) -> Person:
        """Bring somebody through the questions, in private."""
        await comes_in(OnTelegram(self.fake, name))
        return self.fake.person(name)


@pytest.fixture
def book(book: Book) -> Book:
    return scripted(replace(book, channels=(NIGHTS, LOBBY, STAFF)), SCRIPT)


@asynccontextmanager
async def town(folder: Path, book: Book, fake: FakeTelegram, group: str = str(ROOM)) -> AsyncIterator[Town]:
    room = fake.world.groups.get(int(group)) or fake.group(int(group))
    office = fake.world.groups.get(OFFICE) or fake.group(OFFICE, forum=False)
    assert isinstance(room, Group)
    assert isinstance(office, Group)
    quick = dict.fromkeys(("per_second", "per_recipient_second", "per_group_minute"), "60000")
    settings = {"group": group, "moderators_group": str(OFFICE), **quick}
    adapter = adapter_for(fake, **settings)
    platform = FakePlatform(capabilities=Capabilities(places=True))
    # Telegram's own clock decides when a mute ends.
    clock = Clock(utc_now())
    async with running(folder, book=book, platform=platform, others=(adapter,), clock=clock) as bot:
        engine = bot.house.engine
        hearing = asyncio.create_task(adapter.run(AdapterInbox(engine, "telegram"), COMMANDS, engine))
        try:
            await until(lambda: fake.world.allowed or hearing.done())
            yield Town(fake, bot, room, office)
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)


@pytest.fixture
async def there(tmp_path: Path, book: Book) -> AsyncIterator[Town]:
    async with FakeTelegram() as fake, town(tmp_path, book, fake) as made:
        yield made


async def test_a_newcomer_reads_first_and_writes_after_the_rules(there: Town) -> None:
    there.fake.world.api = (10, 0)
    ann = there.fake.person("ann", stranger=True)
    ann.comes_to(there.room)
    await there.calm()
    assert there.room.members[ann.account] == "restricted"
    door = there.room.notes("Lobby")[-1]
    press = ann.presses_in(door, "I read the rules")
    await there.calm()
    assert there.room.members[ann.account] == "member"
    assert ann.sees() == []
    await until(lambda: there.fake.world.links.get(press))
    ann.opens(press)
    await there.calm()
    assert any("Lobby" in text for text in ann.sees())
    ann.posts(there.room, "good evening", "Lobby")
    await there.calm()
    assert there.room.sees("Lobby")[-1] == "good evening"


async def test_what_breaks_a_rule_goes_and_its_author_hears_why_in_private(there: Town) -> None:
    ann = there.fake.person("ann")
    ann.posts(there.room, ASK, "Lobby")
    note = ann.posts(there.room, "good evening", "Lobby")
    await there.calm()
    assert ASK not in there.room.sees("Lobby")
    assert any("asking for drugs" in text for text in ann.sees())
    ann.rewrites(note, ASK)
    await there.calm()
    assert ASK not in there.room.sees("Lobby")


async def test_in_an_anonymous_topic_the_bot_writes_for_people(there: Town) -> None:
    ann, ben = await there.member("ann"), await there.member("ben")
    press = ann.presses_in(there.room.notes("Nights")[0], "Write")
    await there.calm()
    assert "Write it here" in ann.sees()[-1]
    ann.opens(press)
    await there.calm()
    assert len([text for text in ann.sees() if "Write it here" in text]) == 1
    ann.says("can't sleep again")
    await there.calm()
    post = there.room.notes("Nights")[-1]
    assert post.text.endswith(": can't sleep again")
    ben.presses_in(post, "Answer")
    await there.calm()
    ben.says("me neither")
    await there.calm()
    answer = there.room.notes("Nights")[-1]
    assert (answer.text.partition(": ")[2], answer.reply_to) == ("me neither", post)
    assert not [text for text in there.room.sees("Nights") if "ann" in text.lower().split()]


async def test_a_cry_for_help_stays_and_help_comes_also_to_who_never_opened_the_chat(there: Town) -> None:
    there.fake.world.api = (10, 0)
    ann = there.fake.person("ann", stranger=True)
    ann.posts(there.room, DIE, "Lobby")
    await there.calm()
    assert DIE in there.room.sees("Lobby")
    assert any("Lobby" in text for text in there.office.sees()), "moderators hear of it"
    line = there.room.notes("Lobby")[-1]
    assert "Help is here" in line.text
    press = ann.presses_in(line, line.labels[0])
    await there.calm()
    await until(lambda: there.fake.world.links.get(press))
    ann.opens(press)
    await there.calm()
    assert any("988" in text or "112" in text for text in ann.sees())


async def test_a_raid_closes_the_topic_and_opens_it_again(there: Town) -> None:
    for number in range(12):
        there.fake.person(f"one{number}").comes_to(there.room)
    late = there.fake.person("late")
    late.asks_to_join(there.room)
    await there.calm()
    assert there.room.topic("Lobby").closed
    assert [text for text in there.office.sees() if "Lobby" in text]
    assert late.account not in there.room.answered
    await there.bot.wait(minutes=16)
    await there.calm()
    assert not there.room.topic("Lobby").closed
    assert there.room.topic("Nights").closed
    assert there.room.answered[late.account] == "approved"


async def test_moderators_work_from_their_group(there: Town) -> None:
    mod, other, ann = there.fake.person("mod"), there.fake.person("other"), there.fake.person("ann")
    for one in (mod, other):
        one.comes_to(there.office)
        one.posts(there.office, "/shift on")
    ann.posts(there.room, "good evening", "Lobby")
    ann.posts(there.room, "/mod queue", "Lobby")
    await there.calm()
    assert any("four hours" in text or "4" in text for text in mod.sees())
    assert not any(text.startswith("/mod") for text in there.room.sees("Lobby")), "a command is nobody's news"
    mod.posts(there.office, "/queue")
    await there.calm()
    assert there.office.sees()[-1] == "/queue", "the answer is for the caller alone"
    told = len(mod.sees())
    ann.posts(there.room, "bye", "Lobby", reply_to="good evening")
    mod.posts(there.office, "/announce lobby We meet at nine.")
    await there.calm()
    assert "We meet at nine." in there.room.sees("Lobby")
    assert len(mod.sees()) > told
    mod.posts(there.office, "/lock lobby on")
    await there.calm()
    assert there.room.topic("Lobby").closed
    mod.goes_from(there.office)
    await there.calm()
    mod.says("/mod lock lobby off")
    await there.calm()
    assert there.room.topic("Lobby").closed


async def test_an_alert_is_claimed_once_however_often_it_is_pressed(there: Town) -> None:
    mod, other, ann = there.fake.person("mod"), there.fake.person("other"), there.fake.person("ann")
    for one in (mod, other):
        one.comes_to(there.office)
        one.posts(there.office, "/shift on")
    ann.says("hi")
    await there.calm()
    about = await there.bot.house.store.read(
        lambda tx: [
            one.account for one in tx.members.at("telegram", "4242", tx.members.correspondents("telegram", "4242"))
        ]
    )
    assert str(ann.account) in about
    await _p0(there, ann)
    await there.bot.tick()
    alert = there.office.notes()[-1]
    assert not alert.silent
    for one in (mod, mod, other):
        one.presses_in(alert, "I take it")
        await there.calm()
    claimed = await there.bot.house.store.read(
        lambda tx: tx.db.rows("SELECT claimed_by FROM case_file WHERE claimed_by IS NOT NULL")
    )
    assert len(claimed) == 1
    assert any("already" in text.lower() or "yours" in text.lower() for text in mod.sees())


async def test_a_message_is_reported_by_an_answer_and_the_step_that_follows_has_an_end(there: Town) -> None:
    mod, ann = there.fake.person("mod"), await there.member("ann")
    mod.comes_to(there.office)
    mod.posts(there.office, "/shift on")
    ben = await there.member("ben")
    there.room.members[ben.account] = "member"
    ben.posts(there.room, "you are nothing", "Lobby")
    ann.posts(there.room, "/report", "Lobby", reply_to="you are nothing")
    await there.calm()
    assert "/report" not in there.room.sees("Lobby"), "nobody sees who told"
    ann.presses("Mean")
    await there.calm()
    mod.posts(there.office, "/queue")
    await there.calm()
    code = next(found[0] for text in reversed(mod.sees()) if (found := re.findall(r"\b[0-9a-f]{8}\b", text)))
    mod.posts(there.office, f"/mod mute {code} 1 24 Please be kind here.")
    await there.calm()
    await there.bot.wait(minutes=21)
    await there.calm()
    assert there.room.members[ben.account] == "restricted", mod.sees()
    lasts = there.room.until[ben.account] - there.bot.clock.at.timestamp()
    assert 23 * 3600 < lasts <= 24 * 3600
    assert any("Please be kind here." in text for text in ben.sees())
    mod.posts(there.office, f"/lift {code}")
    await there.calm()
    assert there.room.members[ben.account] == "member"


async def test_help_asked_for_in_a_group_comes_in_private(there: Town) -> None:
    ann = there.fake.person("ann")
    ann.posts(there.room, "/crisis@harbour_bot", "Lobby")
    await there.calm()
    assert not any("crisis" in text for text in there.room.sees("Lobby"))
    assert any("988" in text or "112" in text for text in ann.sees())


async def _p0(there: Town, person: Person) -> None:
    """Let the core have a case that can't wait."""

    def open_it(tx: object) -> None:
        from buddybot.store.tx import Tx

        assert isinstance(tx, Tx)
        turn = there.bot.house.engine.turn(tx)
        member = next(
            one
            for address in tx.members.at("telegram", "4242", tx.members.correspondents("telegram", "4242"))
            if address.account == str(person.account) and (one := tx.members.by_address(address)) is not None
        )
        casework.open_case(turn, CaseReport(Concern.CRISIS, member.id))

    await there.bot.house.store.write(open_it)
    await there.calm()


async def test_a_channel_is_one_room_on_telegram_and_elsewhere(there: Town) -> None:
    far: FakePlace = await there.bot.place("lobby")
    ann, ben = there.fake.person("ann"), there.bot.person("ben")
    note = ann.posts(there.room, "good evening", "Lobby")
    await there.calm()
    (copy,) = far.shown()
    assert copy.text.endswith(": good evening")
    assert "Ann" not in copy.text
    answer = await ben.posts(far, "evening to you", copy.id)
    await there.calm()
    shown = there.room.notes("Lobby")[-1]
    assert (shown.text.partition(": ")[2], shown.reply_to) == ("evening to you", note)
    ann.reacts_in(there.room, shown, "❤")
    ann.rewrites(note, "good night")
    await there.calm()
    assert far.shown()[1].reactions == "❤"
    assert "good night" in far.sees()[0]
    await ben.removes(far, answer)
    await there.calm()
    assert there.room.sees("Lobby")[-1] == "good night"


async def test_a_group_that_moves_goes_on_and_old_numbers_mean_nothing_there(tmp_path: Path, book: Book) -> None:
    async with FakeTelegram() as fake:
        fake.group(-50, forum=False, basic=True)
        only = replace(book, channels=(LOBBY,))
        async with town(tmp_path, only, fake, "-50") as there:
            far, ann, ben = await there.bot.place("lobby"), fake.person("ann"), there.bot.person("ben")
            first = await ben.posts(far, "before")
            await there.calm()
            number = there.room.finds("before").id
            new = there.room.migrates(-1050)
            await there.calm()
            fake.world.last_note = number - 1
            ann.posts(new, "from an admin", extra={"sender_chat": new.json()})
            ann.posts(new, "after")
            await there.calm()
            assert far.sees()[-1].endswith(": after")
            await ben.removes(far, first)
            await there.calm()
            assert "from an admin" in new.sees(), "a number of the old group is another message in the new one"
            await ben.posts(far, "still here")
            await there.calm()
            assert new.sees()[-1].endswith(": still here")


async def test_without_rights_the_bot_goes_on_and_says_what_it_lacks(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as fake:
        fake.group(ROOM).rights = {"can_manage_topics"}
        async with town(tmp_path, book, fake) as there:
            ann = fake.person("ann")
            ann.comes_to(there.room)
            ann.posts(there.room, ASK, "Lobby")
            ann.posts(there.room, "good evening", "Lobby")
            await there.calm()
            assert any("asking for drugs" in text for text in ann.sees())
            far = await there.bot.place("lobby")
            await there.bot.person("ben").posts(far, "hi")
            await there.calm()
            assert there.room.sees("Lobby")[-1].endswith(": hi")
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    for button in ("Delete messages", "Ban users", "Add users", "Pin messages"):
        assert [line for line in told if f'"{button}"' in line]
