"""Mentors and mentees in the live matcher: who meets, how many at once, how it ends, who is looked after."""

import pytest

from buddybot.domain.care.mentors import MentorState
from buddybot.domain.kernel.conversations import BOT_KEY
from buddybot.domain.talk.rooms import Room
from buddybot.testing import Person, TestBot
from tests.stories.care.test_mentors import approved, mentor_of
from tests.stories.moderating import cases, staffed
from tests.stories.people.test_privacy import erase, export_of, member_of

DANGER = "i want to kill myself tonight, i have the pills in my hand"


async def newcomer(bot: TestBot, name: str = "ann") -> Person:
    """Return somebody who looks for a buddy, and would like one further along."""
    person = bot.person(name)
    await person.joins(lane="self", now="thinking", help_wanted=("listen", "further_on"), hours="evening", pace="few")
    return person


async def seeker(bot: TestBot, name: str = "ann") -> Person:
    """Return somebody who asked for a mentor."""
    person = await newcomer(bot, name)
    await person.says("/find mentor")
    await person.presses("Look for a mentor")
    return person


async def met(bot: TestBot, mentor: Person, name: str = "ann") -> Person:
    """Bring somebody who asked for a mentor all the way to a room with this one."""
    person = await seeker(bot, name)
    await bot.wait(hours=1, seconds=1)
    for one in (person, mentor):
        await one.presses("Say hello")
    assert "is your mentor now" in person.sees()[-1]
    return person


async def full(bot: TestBot) -> tuple[Person, list[Person]]:
    """Return a mentor with three mentees."""
    mia = await approved(bot, most="Three")
    return mia, [await met(bot, mia, name) for name in ("ann", "ben", "cleo")]


async def rooms_of(bot: TestBot, person: Person) -> list[Room]:
    member = await member_of(bot, person)
    assert member is not None
    return await bot.house.store.read(lambda tx: tx.rooms.open_of(member.id))


async def test_who_asks_for_a_mentor_hears_what_one_is_and_meets_one(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await newcomer(bot)
    await ann.says("/find mentr")
    assert "not a doctor, not a sponsor, not on call" in ann.sees()[-1]
    await ann.says("look for a mentor")
    await bot.wait(hours=1, seconds=1)
    assert "is a mentor here: a member a bit further along" in ann.sees()[-1]
    assert "You would be theirs" in mia.sees()[-1]
    await ann.says("say hello")
    await mia.says("say hello")
    assert "is your mentor now" in ann.sees()[-1]
    assert "You are their mentor now" in mia.sees()[-1]
    await ann.says("hi, glad you are here")
    assert mia.hears()[-1].endswith(": hi, glad you are here")
    await ann.says("/status")
    assert any("You have a mentor here" in one for one in ann.sees()[-2:])
    await mia.says("/status")
    assert any("1 of 2 places taken" in one for one in mia.sees()[-2:])


async def test_peers_never_meet_mentors_and_mentees_never_meet_peers(bot: TestBot) -> None:
    mia = await approved(bot)
    await mia.says("/mentor rest")
    await mia.presses("From new people")
    ann, ben = await seeker(bot), await newcomer(bot, "ben")
    await bot.wait(hours=2)
    assert not any("I found someone" in one for person in (ann, ben) for one in person.sees())
    await mia.says("/mentor back")
    await bot.wait(hours=1, seconds=1)
    assert "is a mentor here" in ann.sees()[-1]
    assert not any("I found someone" in one for one in ben.sees())


async def test_where_no_mentor_is_free_that_is_said_and_a_buddy_is_one_tap_away(bot: TestBot) -> None:
    ann = await seeker(bot)
    assert "No mentor has a place free" in ann.sees()[-1]
    await ann.says("a buddy insted")
    assert "No mentor" not in ann.sees()[-1]
    await newcomer(bot, "ben")
    await bot.wait(hours=1, seconds=1)
    assert "I found someone" in ann.sees()[-1]
    assert "mentor" not in ann.sees()[-1]


async def test_who_wants_somebody_further_along_is_offered_a_mentor_while_waiting(bot: TestBot) -> None:
    await approved(bot)
    ann = await newcomer(bot)
    await ann.says("find a mentor")
    assert "Should I look for one?" in ann.sees()[-1]
    await ann.presses("Look for a mentor")
    await bot.wait(hours=1, seconds=1)
    assert "is a mentor here" in ann.sees()[-1]


async def test_in_spanish(bot: TestBot) -> None:
    mia = await approved(bot)
    ana = await newcomer(bot, "ana")
    await ana.says("/language es")
    await ana.says("/find mentoria")
    await ana.says("si, buscar mentoria")
    await bot.wait(hours=1, seconds=1)
    assert "da mentoría aquí" in ana.sees()[-1]
    await ana.says("saludar")
    await mia.says("say hello")
    assert "te da mentoría" in ana.sees()[-1]


async def test_a_mentor_keeps_to_their_cap(bot: TestBot) -> None:
    mia, mentees = await full(bot)
    dora = await seeker(bot, "dora")
    await bot.wait(hours=5)
    assert not any("I found someone" in one for one in dora.sees())
    assert len(await rooms_of(bot, mia)) == len(mentees) == 3


async def test_words_go_to_the_mentee_who_is_meant(bot: TestBot) -> None:
    mia, (ann, ben, cleo) = await full(bot)
    await mia.says("how was your day")
    await mia.presses(next(one.label for one in mia.last().content.choices))
    heard = [person for person in (ann, ben, cleo) if any("how was your day" in one for one in person.hears())]
    assert len(heard) == 1


async def test_what_is_about_one_pair_asks_which(bot: TestBot) -> None:
    mia, (ann, ben, cleo) = await full(bot)
    seen = {one.name: len(one.sees()) for one in (ann, ben, cleo)}
    await mia.says("/less")
    assert "Which talk is it about?" in mia.sees()[-1]
    await mia.presses(mia.last().content.choices[1].label)
    told = [one.name for one in (ann, ben, cleo) if len(one.sees()) > seen[one.name]]
    assert told == ["ben"]


# ── Rest, and stepping down ─────────────────────────────────────────────────────────────


async def test_after_a_mentee_has_left_a_mentor_rests_and_is_asked_how_they_are(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await met(bot, mia)
    await ann.uses("goodbye")
    await ann.presses("A kind standard note")
    assert "wishes you well" in mia.sees()[-1]
    assert not mia.last().content.choices
    ben = await seeker(bot, "ben")
    await bot.wait(hours=2)
    assert any("How are you after it?" in one for one in mia.sees())
    await mia.says("it was hevy")
    assert "You don't have to hold it alone" in mia.sees()[-1]
    assert not any("I found someone" in one for one in ben.sees())
    await bot.sleep(days=7)
    await bot.wait(hours=1, seconds=1)
    assert any("is a mentor here" in one for one in ben.sees())


async def test_who_is_ready_sooner_says_so(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await met(bot, mia)
    await ann.uses("goodbye")
    await ann.presses("Just leave")
    ben = await seeker(bot, "ben")
    await mia.says("/mentor")
    await mia.presses("I'm ready sooner")
    await bot.wait(hours=1, seconds=1)
    assert any("is a mentor here" in one for one in ben.sees())


async def test_a_mentor_rests_from_new_people_while_their_talks_go_on(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await met(bot, mia)
    await mia.says("/mentor rest")
    await mia.presses("From new people")
    ben = await seeker(bot, "ben")
    assert "No mentor has a place free" in ben.sees()[-1]
    await bot.wait(hours=3)
    assert not any("I found someone" in one for one in ben.sees())
    await ann.says("still there?")
    assert mia.hears()[-1].endswith("still there?")
    await mia.says("/mentor back")
    await bot.wait(hours=1, seconds=1)
    assert any("is a mentor here" in one for one in ben.sees())


async def test_a_mentor_rests_from_everybody(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await met(bot, mia)
    await mia.says("/mentor rest")
    await mia.presses("From everybody, a week")
    await ann.says("are you there")
    assert "break" in ann.sees()[-1]
    assert not any("are you there" in one for one in mia.hears())


async def test_offers_that_wait_for_a_resting_mentor_are_taken_back(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await seeker(bot)
    await bot.wait(hours=1, seconds=1)
    await ann.presses("Say hello")
    await mia.says("/mentor rest")
    await mia.presses("From new people")
    assert "didn't work out" in ann.sees()[-1]
    await mia.presses("Say hello")
    assert await rooms_of(bot, mia) == []


async def test_stepping_down_needs_no_reason_and_nobody_is_left_alone(bot: TestBot) -> None:
    mia, mentees = await full(bot)
    await mia.says("/mentor stop")
    assert "3 people have you as a mentor" in mia.sees()[-1]
    await mia.presses("Step down now")
    assert "The door stays open" in mia.sees()[-1]
    for one in mentees:
        assert "It was nothing you did" in one.sees()[-1]
        assert [choice.label for choice in one.last().content.choices][:2] == ["Another mentor", "A buddy instead"]
    assert await rooms_of(bot, mia) == []
    await mentees[0].says("another mentor")
    assert "I'm looking for a mentor" in mentees[0].sees()[-1]
    await mia.says("/mentor")
    assert "The training you read still counts" in mia.sees()[-1]


async def test_a_slip_of_the_fingers_never_steps_down(bot: TestBot) -> None:
    mia = await approved(bot)
    await met(bot, mia)
    await mia.says("/mentor stop")
    await mia.says("step dwon now")
    assert "Did you mean" in mia.sees()[-1]
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).state is MentorState.APPROVED


# ── Sanctions, erasure, crisis ──────────────────────────────────────────────────────────


async def muted(bot: TestBot, mia: Person, ann: Person) -> Person:
    """Let a mentee report their mentor, and a moderator mute them for a day."""
    await ann.uses("report")
    await ann.presses("Sexual")
    await ann.presses("None, just tell them")
    mod = staffed(bot, "mod")
    case = next(one for one in await cases(bot) if one.concern.value == "sexual")
    await mod.says(f"/mod mute {case.id[:8]} 8 24 You asked for photos")
    await bot.wait(minutes=25)
    assert any("read but not post" in one for one in mia.sees()), (mod.sees()[-2:], mia.sees()[-2:])
    return mod


async def test_a_sanction_of_a_mentor_ends_it_for_all_and_blames_nobody(bot: TestBot) -> None:
    mia, mentees = await full(bot)
    await muted(bot, mia, mentees[0])
    assert await rooms_of(bot, mia) == []
    for one in mentees[1:]:
        assert "A moderator has ended" in one.sees()[-1]
        assert "You did nothing wrong" in one.sees()[-1]
        assert "photos" not in " ".join(one.sees())
        assert [choice.label for choice in one.last().content.choices][:2] == ["Another mentor", "A buddy instead"]
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).state is MentorState.HELD
    await mia.says("/mentor")
    assert "while a sanction runs" in mia.sees()[-1]
    dora = await seeker(bot, "dora")
    await bot.sleep(days=3)
    await bot.wait(hours=1, seconds=1)
    assert not any("I found someone" in one for one in dora.sees())


async def test_a_mentor_who_erases_themselves_leaves_kindly(bot: TestBot) -> None:
    mia, mentees = await full(bot)
    member = await member_of(bot, mia)
    assert member is not None
    await erase(mia)
    for one in mentees:
        assert "can't be your mentor any more. It was nothing you did" in one.sees()[-1]
    rows = await bot.house.store.read(
        lambda tx: tx.db.rows("SELECT member FROM mentor") + tx.db.rows("SELECT member FROM seat WHERE mentor = 1")
    )
    assert rows == []


async def test_nobody_new_comes_to_a_mentor_in_danger_and_mentees_hear_nothing(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await met(bot, mia)
    seen = len(ann.sees())
    mia.within = BOT_KEY
    await mia.says(DANGER)
    assert "988" in " ".join(mia.sees()[-3:])
    assert len(ann.sees()) == seen
    ben = await seeker(bot, "ben")
    await bot.sleep(days=1, hours=1)
    await bot.wait(hours=4)
    assert any("you owe nobody anything" in one for one in mia.sees())
    assert not any("I found someone" in one for one in ben.sees())


async def test_a_cry_to_one_mentee_is_passed_on_and_guides_that_one_alone(bot: TestBot) -> None:
    mia, (ann, ben, cleo) = await full(bot)
    seen = {one.name: len(one.sees()) for one in (ann, ben, cleo)}
    room = (await rooms_of(bot, mia))[0]
    mia.within = room.id
    await mia.says(DANGER)
    assert [one.name for one in (ann, ben, cleo) if len(one.sees()) > seen[one.name]] == ["ann"]
    assert any("may be in danger" in one for one in ann.sees()[seen["ann"] :])


async def test_a_mentor_is_asked_how_they_are_after_a_mentees_crisis(bot: TestBot) -> None:
    mia = await approved(bot)
    ann = await met(bot, mia)
    await ann.says(DANGER)
    assert DANGER in mia.hears()[-1]
    await bot.sleep(hours=13)
    await bot.wait(hours=4)
    assert any("had a very hard time, and you were there" in one for one in mia.sees())
    await mia.presses("Skip")
    assert "I'm here if that changes" in mia.sees()[-1]


async def test_what_is_kept_of_a_mentor_is_in_their_copy(bot: TestBot) -> None:
    mia = await approved(bot)
    await met(bot, mia)
    found = (await export_of(mia))["as_a_mentor"]
    assert isinstance(found, dict)
    assert (found["state"], found["at_once"], found["with_you_now"], found["places_free"]) == ("approved", 2, 1, 1)


async def test_somebody_passed_by_one_mentor_meets_another_in_the_next_round(bot: TestBot) -> None:
    mia = await approved(bot, "mia")
    ann = await seeker(bot)
    await bot.wait(hours=1, seconds=1)
    await mia.presses("Not this one")
    await bot.wait(hours=24)
    assert "didn't work out" in ann.sees()[-1]
    max_ = await approved(bot, "max")
    await bot.wait(hours=2)
    assert "You would be theirs" in max_.sees()[-1]


async def test_find_a_buddy_after_a_mentor_looks_for_a_buddy(bot: TestBot) -> None:
    ann = await seeker(bot)
    await ann.presses("Stop looking")
    await ann.says("/find")
    assert "one person who fits you" in ann.sees()[-1]
