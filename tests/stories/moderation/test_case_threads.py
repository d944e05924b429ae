"""A thread for each case where the team is: it follows what is done, wherever that is, and tells nobody too much."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Channel, ChannelKind, Rejected, ThreadPost
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlace, FakePlatform, Person, ShownMessage, TestBot, running
from tests.stories.moderating import audit, cases, code, reported, staffed

TEAM = Channel("team", "Team", kind=ChannelKind.MODERATORS)


@dataclass
class Office:
    """The bot, and the team's place on a platform that keeps threads."""

    bot: TestBot
    place: FakePlace

    async def posts(self) -> list[ThreadPost]:
        """Return everything that was declared there, in order."""
        await self.bot.tick()
        account = self.place.place.account
        found = [one.effect for one in self.place.platform.deliveries if one.address.account == account]
        return [one for one in found if isinstance(one, ThreadPost)]

    async def last(self) -> ThreadPost:
        return (await self.posts())[-1]

    async def shown(self) -> list[ShownMessage]:
        await self.bot.tick()
        return self.place.shown()

    async def labels(self) -> set[str]:
        return {choice.label for choice in (await self.last()).content.choices}

    async def press(self, who: Person, verb: str, **answers: str) -> None:
        """Press a button of the newest thread, perhaps with a form filled in."""
        token, thread = f"mod.{await code(self.bot)}.{verb}", (await self.shown())[-1]
        if answers:
            await who.fills_in(token, thread.id, self.place, **answers)
        else:
            await who.presses_in(self.place, token, under=thread)


@pytest.fixture
async def office(tmp_path: Path, book: Book) -> AsyncIterator[Office]:
    platform = FakePlatform(capabilities=Capabilities(places=True, case_threads=True))
    async with running(tmp_path, book=replace(book, channels=(TEAM,)), platform=platform) as bot:
        yield Office(bot, await bot.place("team"))


async def on_shift(bot: TestBot, name: str, role: str = "moderator") -> Person:
    person = staffed(bot, name, role)
    await person.says("/mod shift on")
    return person


async def test_a_report_makes_one_thread_without_a_word_of_anybody(office: Office) -> None:
    await reported(office.bot, "Threat", "Only this one")
    (post,) = await office.posts()
    (case,) = await cases(office.bot)
    assert post.title.startswith(post.code)
    assert case.id.startswith(post.code)
    assert case.alias in post.content.text
    assert "mean person" not in f"{post}"
    assert post.tags[0] == "New"
    assert not post.closed
    assert len(await office.shown()) == 1


async def test_what_was_shared_is_shown_to_whoever_asks_alone_and_logged(office: Office) -> None:
    await reported(office.bot, "Threat", "Only this one")
    mia = await on_shift(office.bot, "mia")
    await office.press(mia, "case")
    assert any("mean person" in text for text in mia.sees())
    assert "see" in await audit(office.bot)
    assert not any("mean person" in f"{one}" for one in await office.posts())


async def test_it_follows_commands_and_buttons_and_is_put_away_at_the_end(office: Office) -> None:
    await reported(office.bot)
    mia = await on_shift(office.bot, "mia")
    word = await code(office.bot)
    await mia.says(f"/mod claim {word}")
    assert (await office.last()).tags[0] == "Taken"
    assert {"Mute for a time", "Hand over", "Close"} <= await office.labels()
    await mia.says(f"/casework watch {word} 5")
    assert (await office.last()).tags[0] == "Waiting"
    await office.press(mia, "mute", rule="1", hours="24", reason="that was unkind")
    await office.bot.wait(minutes=30)
    assert (await office.last()).tags[0] == "Held back"
    await office.bot.wait(hours=25)
    assert (await office.last()).tags[0] == "Taken"
    await office.press(mia, "close")
    last = await office.last()
    assert (last.tags[0], last.closed, last.content.choices) == ("Closed", True, ())
    assert len(await office.shown()) == 1


async def test_handing_over_leaves_a_word_for_the_next_and_brings_the_thread_back_to_new(office: Office) -> None:
    await reported(office.bot)
    mia = await on_shift(office.bot, "mia")
    await office.press(mia, "claim")
    await office.press(mia, "release", text="asked for money twice, answer waits")
    assert (await office.last()).tags[0] == "New"
    assert "asked for money" not in f"{(await office.last())}"
    noa = await on_shift(office.bot, "noa")
    await office.press(noa, "case")
    assert any("asked for money twice" in text for text in noa.sees())


async def test_who_has_a_case_is_named_only_where_this_platform_vouches_for_them(office: Office) -> None:
    await reported(office.bot)
    mia = await on_shift(office.bot, "mia")
    await office.press(mia, "claim")
    assert (await office.last()).holder == mia.address.account
    await office.press(mia, "release")
    assert (await office.last()).holder == ""
    word = str((await office.bot.house.engine.operate("staff-add", {"role": "moderator"}))["word"])
    tom = office.bot.person("tom")
    await tom.says(f"/link {word}")
    await tom.says(f"/mod claim {await code(office.bot)}")
    assert (await office.last()).tags[0] == "Taken"
    assert (await office.last()).holder == ""


async def test_two_who_claim_at_once_and_one_who_presses_too_late(office: Office) -> None:
    await reported(office.bot)
    mia, noa = await on_shift(office.bot, "mia"), await on_shift(office.bot, "noa")
    await office.press(mia, "claim")
    await office.press(noa, "claim")
    assert "Somebody else has case" in noa.sees()[-1]
    await office.press(mia, "close")
    for verb in ("claim", "close", "release"):
        await office.press(noa, verb)
        assert "is closed" in noa.sees()[-1]
    await office.press(noa, "mute", rule="1", hours="24", reason="that was unkind")
    assert any("is closed" in text for text in noa.sees()[-2:])
    assert "that was unkind" in noa.sees()[-1]
    assert (await office.last()).closed


async def test_a_button_is_no_way_round_roles_or_being_part_of_it(office: Office) -> None:
    ann, ben = await reported(office.bot)
    for one in (ann, ben):
        await office.press(one, "claim")
        assert "for moderators" in one.sees()[-1]
        one.roles = ("moderator",)
        await office.press(one, "close")
        assert "too close" in one.sees()[-1] or "somebody of the team" in one.sees()[-1]
    (case,) = await cases(office.bot)
    assert case.claimed_by is None
    assert "refused" in await audit(office.bot)


async def test_a_case_about_somebody_of_the_team_has_no_thread(office: Office) -> None:
    ann, ben = await office.bot.pair("ann", "ben")
    ben.roles = ("moderator",)
    await ben.says("you are a mean person and I do not like you")
    await ann.uses("report")
    await ann.presses("Mean")
    await ann.presses("None, just tell them")
    assert await office.posts() == []


async def test_a_thread_is_taken_from_the_team_when_its_person_joins_it(office: Office) -> None:
    _, ben = await reported(office.bot)
    assert not (await office.last()).closed
    ben.roles = ("moderator",)
    await ben.says("/mod queue")
    lead = await on_shift(office.bot, "lea", "lead")
    await lead.says(f"/mod claim {await code(office.bot)}")
    last = await office.last()
    assert last.closed
    assert "with the leads" in last.content.text


async def test_only_a_danger_calls_those_on_call_and_once(office: Office) -> None:
    await reported(office.bot)
    assert [one.alarm for one in await office.posts()] == [False]
    cleo = office.bot.person("cleo")
    await cleo.joins(lane="self")
    await cleo.says("i took all my pills and i want to die now")
    called = [one for one in await office.posts() if one.alarm]
    assert len(called) == 1
    assert called[0].tags[1].startswith("P0")
    mia = await on_shift(office.bot, "mia")
    await mia.says(f"/mod claim {called[0].code}")
    await mia.says(f"/casework release {called[0].code}")
    assert [one.alarm for one in await office.posts()].count(True) == 1
    assert not any("may be in danger (case" in text for text in office.place.sees())


async def test_a_case_that_becomes_urgent_calls_then(office: Office) -> None:
    ann, _ = await reported(office.bot)
    assert not (await office.last()).alarm
    await ann.uses("report")
    await ann.presses("Threat")
    await ann.presses("None, just tell them")
    assert [one.alarm for one in await office.posts()] == [False, True]


async def test_a_deleted_thread_is_made_again_but_not_for_ever(office: Office) -> None:
    await reported(office.bot)
    mia = await on_shift(office.bot, "mia")
    for _ in range(3):
        (thread,) = await office.shown()
        await mia.removes(office.place, thread.id)
    assert ["stays away" in text for text in office.place.sees()] == [True]
    await mia.says(f"/mod claim {await code(office.bot)}")
    assert (await office.last()).tags[0] == "Taken"


async def test_what_was_refused_is_said_again_at_the_next_change(office: Office) -> None:
    office.place.platform.fails(office.place.place.account, Rejected("400"))
    await reported(office.bot)
    assert await office.posts() == []
    mia = await on_shift(office.bot, "mia")
    await mia.says(f"/mod claim {await code(office.bot)}")
    assert (await office.last()).tags[0] == "Taken"


async def test_open_cases_are_shown_in_a_place_that_comes_later(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform(capabilities=Capabilities(places=True, case_threads=True))
    async with running(tmp_path, book=replace(book, channels=(TEAM,)), platform=platform) as bot:
        await reported(bot)
        office = Office(bot, await bot.place("team"))
        assert [one.code for one in await office.posts()] == [await code(bot)]


async def test_an_open_case_keeps_its_thread_for_longer_than_notes_are_known(office: Office) -> None:
    await reported(office.bot)
    await office.bot.wait(days=9)
    mia = await on_shift(office.bot, "mia")
    await mia.says(f"/mod claim {await code(office.bot)}")
    assert (await office.last()).tags[0] == "Taken"
    assert len(await office.shown()) == 1
