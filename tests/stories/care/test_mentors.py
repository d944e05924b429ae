"""Mentors: the way to being one, from the first question to a lead's answer, typed and tapped."""

import pytest

from buddybot.domain.care.mentors import Mentor, MentorState
from buddybot.testing import Person, TestBot
from tests.stories.moderating import audit, cases, code, staffed
from tests.stories.people.test_privacy import erase, export_of, member_of

RIGHT = (
    "I share what helped me",
    "Ask who prescribes it",
    "I say no, kindly",
    "I stay, and show them help",
    "I say so and slow down",
    "I do",
)


async def mentor_of(bot: TestBot, person: Person) -> Mentor | None:
    member = await member_of(bot, person)
    assert member is not None
    return await bot.house.store.read(lambda tx: tx.mentors.of(member.id))


async def settled(bot: TestBot, name: str = "mia", now: str = "steady_year") -> Person:
    """Return somebody steady who has been here for two weeks and looks for nobody."""
    person = bot.person(name)
    await person.joins(lane="self", now=now, help_wanted=("listen", "give"), hours="evening", pace="few")
    await person.sends_token("home.stop")
    await bot.sleep(days=14)
    return person


async def trained(bot: TestBot, name: str = "mia") -> Person:
    """Return somebody who read the whole training."""
    person = await settled(bot, name)
    await person.says("/mentor")
    for label in ("Be a mentor", "Yes, go on", "Yes, it is", *RIGHT):
        await person.presses(label)
    return person


async def applied(bot: TestBot, name: str = "mia", most: str = "Two") -> Person:
    person = await trained(bot, name)
    await person.presses(most)
    await person.presses("Send it")
    return person


async def approved(bot: TestBot, name: str = "mia", most: str = "Two") -> Person:
    """Return a mentor whom a lead said yes to."""
    person = await applied(bot, name, most)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {await code(bot)} yes")
    assert "A lead said yes" in person.sees()[-1]
    return person


async def test_the_whole_way_from_a_wish_to_a_leads_yes(bot: TestBot) -> None:
    mia = await trained(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says("/help")
    await mia.presses("Two")
    await mia.presses("Send it")
    assert "A lead looks at it" in mia.sees()[-1]
    await lead.presses("Show the offer")
    assert "Here for 2 weeks" in lead.sees()[-1]
    assert "Would take 2 at once" in lead.sees()[-1]
    await lead.presses("Yes, let them")
    assert "they are a mentor now" in lead.sees()[-1]
    assert "A lead said yes: you're a mentor" in mia.sees()[-1]
    assert "mentor-approved" in await audit(bot)
    await mia.says("/mentor")
    assert "0 of 2 places taken" in mia.sees()[-1]


async def test_a_wrong_answer_is_explained_and_asked_again(bot: TestBot) -> None:
    mia = await settled(bot)
    await mia.says("/mentor")
    for words in ("be a mentor", "yes go on", "yes it is"):
        await mia.says(words)
    assert "1 of 6" in mia.sees()[-1]
    await mia.says("i tell them what to do")
    assert "Many of us want to fix it" in mia.sees()[-2]
    assert "1 of 6" in mia.sees()[-1]
    await mia.says("i share wat helped me")
    assert "2 of 6" in mia.sees()[-1]


async def test_the_training_goes_on_where_it_stopped(bot: TestBot) -> None:
    mia = await settled(bot)
    await mia.says("/mentor")
    for label in ("Be a mentor", "Yes, go on", "Yes, it is", *RIGHT[:2]):
        await mia.presses(label)
    await bot.sleep(days=2)
    await mia.says("/mentor")
    assert "3 of 6" in mia.sees()[-1]
    await mia.sends_token("mentor.rest.me")
    assert "3 of 6" not in mia.sees()[-1]
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).read == 2


async def test_it_is_all_there_in_spanish_and_typed(bot: TestBot) -> None:
    mia = await settled(bot)
    await mia.says("/language es")
    await mia.says("/mentor")
    for words in (
        "dar mentoria",
        "si, seguir",
        "si lo es",
        "contar lo que me ayudo",
        "pregunta a quien te la receta",
        "digo que no con cariño",
        "sigo con cariño y muestro la ayuda",
        "lo digo y bajo el ritmo",
        "yo",
        "dos",
        "enviarla",
    ):
        await mia.says(words)
    assert "La guardo 30 días" in mia.sees()[-1]
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {await code(bot)} later")
    assert "no es una mancha" in mia.sees()[-1].lower()


# ── Who may ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("now", ["using", "thinking", "cutting", "just_stopped", "moving"])
async def test_whose_answers_say_otherwise_hears_that_they_come_first(bot: TestBot, now: str) -> None:
    mia = await settled(bot, now=now)
    await mia.says("/mentor")
    await mia.presses("Be a mentor")
    assert "You come first" in mia.sees()[-1]
    assert await mentor_of(bot, mia) is None


@pytest.mark.parametrize("lane", ["family", "bereaved"])
async def test_every_lane_may_have_mentors(bot: TestBot, lane: str) -> None:
    mia = bot.person("mia")
    await mia.joins(lane=lane)
    await mia.sends_token("home.stop")
    await bot.sleep(days=14)
    await mia.says("/mentor")
    await mia.presses("Be a mentor")
    assert "Want to read it?" in mia.sees()[-1]


async def test_who_says_it_is_no_steady_time_leaves_nothing_behind(bot: TestBot) -> None:
    mia = await settled(bot)
    await mia.says("/mentor")
    for label in ("Be a mentor", "Yes, go on", "Not right now"):
        await mia.presses(label)
    assert "Thank you for being honest" in mia.sees()[-1]
    assert await mentor_of(bot, mia) is None


async def test_a_newcomer_is_asked_to_be_here_a_little_first(bot: TestBot) -> None:
    mia = bot.person("mia")
    await mia.joins(lane="self", now="steady_year")
    await mia.says("/mentor")
    await mia.presses("Be a mentor")
    assert "a little longer first" in mia.sees()[-1]


async def test_after_a_cry_for_help_somebody_comes_first_themselves(bot: TestBot) -> None:
    mia = await settled(bot)
    await mia.says("i want to kill myself tonight")
    await bot.wait(days=1)
    await mia.says("/mentor")
    await mia.presses("Be a mentor")
    assert "You come first" in mia.sees()[-1]


# ── The lead ────────────────────────────────────────────────────────────────────────────


async def test_a_moderator_who_is_no_lead_decides_nothing(bot: TestBot) -> None:
    mia = await applied(bot)
    mod = staffed(bot, "mod")
    case = await code(bot)
    await mod.says(f"/casework mentorship {case} yes")
    await mod.says(f"/mod claim {case}")
    assert "decided by a lead" in mod.sees()[-1]
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).state is MentorState.APPLIED
    assert "refused" in await audit(bot)


@pytest.mark.parametrize("way", ["typed", "tapped"])
async def test_a_lead_asks_and_the_answer_is_gone_with_the_decision(bot: TestBot, way: str) -> None:
    mia = await applied(bot)
    lead = staffed(bot, "lead", "lead")
    case = await code(bot)
    if way == "typed":
        await lead.says(f"/casework mentorship {case} ask hard")
    else:
        await lead.says(f"/mod case {case}")
        await lead.presses("Ask about a hard week")
    assert "a hard week of your own" in mia.sees()[-1]
    await (mia.says("write an answer") if way == "typed" else mia.presses("Write an answer"))
    await mia.says("I would rest first and tell the bot")
    assert "they decide, then it's gone" in mia.sees()[-1]
    assert (await export_of(mia))["as_a_mentor"]["you_answered"] == "I would rest first and tell the bot"  # type: ignore[index]  # a table, in JSON
    await lead.says(f"/mod case {case}")
    assert any("I would rest first" in one for one in lead.sees()[-3:])
    await lead.says(f"/casework mentorship {case} yes")
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).said == ""


async def test_nobody_has_to_answer(bot: TestBot) -> None:
    mia = await applied(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {await code(bot)} ask")
    await mia.says("i'd rather not")
    assert "you'd rather not" in mia.sees()[-1]
    assert "replied to the question, or would rather not" in lead.sees()[-1]


@pytest.mark.parametrize("words", ["call me at 212-555-0143", "word " * 120])
async def test_an_answer_with_a_number_or_too_long_is_sent_back(bot: TestBot, words: str) -> None:
    mia = await applied(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {await code(bot)} ask")
    await mia.presses("Write an answer")
    await mia.says(words)
    assert "I kept nothing of that" in mia.sees()[-1]
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).said == ""


async def test_a_cry_in_place_of_an_answer_goes_the_crisis_way(bot: TestBot) -> None:
    mia = await applied(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {await code(bot)} ask")
    await mia.presses("Write an answer")
    await mia.says("i want to kill myself tonight, i have the pills in my hand")
    assert "988" in " ".join(mia.sees()[-3:])
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).said == ""


async def test_not_now_is_kind_and_can_be_asked_again_later(bot: TestBot) -> None:
    mia = await applied(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {await code(bot)} later")
    assert "no mark on you" in mia.sees()[-1]
    await mia.says("/mentor")
    assert "you can offer again" in mia.sees()[-1]
    await bot.sleep(days=31)
    await mia.says("/mentor")
    assert "The training you read still counts" in mia.sees()[-1]


async def test_an_offer_that_nobody_reads_is_let_go_and_its_person_hears_it(bot: TestBot) -> None:
    mia = await applied(bot)
    assert "Nobody here can decide it" in mia.sees()[-1]
    await bot.sleep(days=30, seconds=1)
    assert "That's on us, not you" in mia.sees()[-1]
    assert [one.state.value for one in await cases(bot)] == ["closed"]


async def test_it_can_be_taken_back_while_it_waits(bot: TestBot) -> None:
    mia = await applied(bot)
    await mia.says("/mentor")
    await mia.says("take my offer bakc")
    assert "I took it back" in mia.sees()[-1]
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).state is MentorState.STOPPED
    assert [one.state.value for one in await cases(bot)] == ["closed"]


async def test_who_erases_themselves_leaves_no_offer_open(bot: TestBot) -> None:
    mia = await applied(bot)
    case = await code(bot)
    await erase(mia)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/casework mentorship {case} yes")
    assert not any("they are a mentor now" in one for one in lead.sees())


async def test_an_offer_is_decided_and_not_just_closed(bot: TestBot) -> None:
    await applied(bot)
    lead = staffed(bot, "lead", "lead")
    await lead.says(f"/mod close {await code(bot)}")
    assert "without an answer" in lead.sees()[-1]


async def test_nobody_decides_their_own_offer(bot: TestBot) -> None:
    mia = bot.person("mia")
    mia.roles = ("lead",)
    await applied(bot)
    await mia.says(f"/casework mentorship {await code(bot)} yes")
    assert (await mentor_of(bot, mia) or pytest.fail("no record")).state is MentorState.APPLIED
