"""Property: whatever mentors, mentees and peers do, no limit is broken and nobody has more mentees than they said."""

import asyncio
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from buddybot.domain.care.mentors import Mentor, MentorState
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.limits import feasible
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel.turn import Turn
from buddybot.testing import Person, TestBot, practice_book, running

MENTORS, OTHERS = ("mia", "max"), ("ann", "ben", "cleo")
DOINGS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(OTHERS), st.sampled_from(("mentor", "buddy", "stop", "goodbye", "yes", "pass"))),
        st.tuples(
            st.sampled_from(MENTORS),
            st.sampled_from(("yes", "twice", "pass", "rest", "back", "1", "2", "stop", "goodbye", "find", "again")),
        ),
        st.tuples(st.just(""), st.sampled_from(("hour", "week"))),
    ),
    min_size=4,
    max_size=10,
)
SAID = {
    "mentor": "mentee.look",
    "buddy": "mentee.buddy",
    "stop": "home.stop",
    "rest": "mentor.rest-new",
    "back": "mentor.back",
    "1": "mentor.1.many",
    "2": "mentor.2.many",
    "find": "mentee.buddy",
}


async def made(bot: TestBot, most: int) -> None:
    """Let everybody join, two of them as mentors."""
    for name in (*MENTORS, *OTHERS):
        now, wish = ("steady_year", "give") if name in MENTORS else ("thinking", "further_on")
        person = bot.person(name)
        await person.joins(lane="self", now=now, help_wanted=("listen", wish), hours="evening", pace="few")
        await person.sends_token("home.stop")
    for name in MENTORS:
        await approve(bot, bot.person(name), most)


async def id_of(bot: TestBot, person: Person) -> MemberId:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return member.id


async def approve(bot: TestBot, person: Person, most: int) -> None:
    one = await id_of(bot, person)
    mentor = Mentor(one, MentorState.APPROVED, bot.clock.at, read=6, most=most)
    await bot.house.store.write(lambda tx: tx.mentors.save(mentor))


async def answer(bot: TestBot, person: Person, verb: str) -> None:
    """Answer every open offer of somebody at once, twice over for `twice`: taps don't wait for each other."""
    one = await id_of(bot, person)
    found = await bot.house.store.read(lambda tx: tx.offers.all_open(one))
    taps = [f"offer.{offer.id}.{'yes' if verb == 'twice' else verb}" for offer in found]
    await asyncio.gather(*(person.sends_token(tap) for tap in taps * (2 if verb == "twice" else 1)))


async def do(bot: TestBot, name: str, doing: str) -> None:
    if not name:
        await (bot.wait(hours=1, seconds=1) if doing == "hour" else bot.sleep(days=7))
        return
    person = bot.person(name)
    if doing in {"yes", "twice", "pass"}:
        await answer(bot, person, doing)
    elif doing == "goodbye":
        one = await id_of(bot, person)
        for room in await bot.house.store.read(lambda tx: tx.rooms.open_of(one)):
            await person.sends_token(f"goodbye.{room.id}.silent")
    elif doing == "again":
        await approve(bot, person, 2)
    elif name in MENTORS and doing == "stop":
        await person.sends_token("mentor.stop-now")
    else:
        await person.sends_token(SAID[doing])


async def taken(bot: TestBot) -> dict[str, int]:
    ids = {name: await id_of(bot, bot.person(name)) for name in MENTORS}
    return await bot.house.store.read(lambda tx: {name: tx.mentors.taken(one) for name, one in ids.items()})


async def holds(bot: TestBot, before: dict[str, int]) -> None:
    """Nobody was added beyond what a mentor said; who meets as what they are, and no limit stands between them."""
    ids = {name: await id_of(bot, bot.person(name)) for name in MENTORS}
    mentors = await bot.house.store.read(lambda tx: {name: tx.mentors.of(one) for name, one in ids.items()})
    for name, count in (await taken(bot)).items():
        mentor = mentors[name]
        assert mentor is not None
        assert count <= max(before[name], mentor.most if mentor.state is MentorState.APPROVED else 0)
    met = await bot.house.store.read(lambda tx: together(bot.house.engine.turn(tx)))
    assert all(feasible(a, b, practice_book().weights) for a, b in met)


def together(turn: Turn) -> list[tuple[Candidate, Candidate]]:
    """Return who was asked about whom, or sits with whom, as what they are in it."""
    sides = []
    for row in turn.tx.db.rows("SELECT id FROM offer WHERE closed = 0"):
        offer = turn.tx.offers.by_id(row[0])
        if offer is not None and all(one.reply.value in {"none", "yes"} for one in offer.asked):
            sides.append([(one.member, one.mentor) for one in offer.asked])
    for row in turn.tx.db.rows("SELECT id FROM room WHERE closed_at IS NULL"):
        room = turn.tx.rooms.by_id(row[0])
        sides.append([(seat.member, seat.mentor) for seat in room.seats] if room is not None else [])
    found = []
    for pair in sides:
        led = any(mentor for _, mentor in pair)
        people = [(turn.tx.members.by_id(member), mentor) for member, mentor in pair]
        ready = [
            replace(candidate_of(turn, one), role="mentor" if mentor else "mentee" if led else "peer")
            for one, mentor in people
            if one is not None
        ]
        found += list(combinations(ready, 2))
    return found


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@example(
    doings=[("ann", "mentor"), ("ben", "mentor"), ("", "hour"), ("ann", "yes"), ("ben", "yes"), ("mia", "twice")],
    most=1,
)
@example(
    doings=[("ann", "mentor"), ("ben", "mentor"), ("", "hour"), ("mia", "1"), ("mia", "twice"), ("max", "twice")],
    most=3,
)
@given(doings=DOINGS, most=st.integers(1, 3))
def test_a_cap_holds_whatever_happens(doings: list[tuple[str, str]], most: int) -> None:
    async def play(folder: Path) -> None:
        async with running(folder) as bot:
            await made(bot, most)
            for name, doing in doings:
                before = await taken(bot)
                await do(bot, name, doing)
                await holds(bot, before)

    with TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder)))


async def test_two_mentees_and_one_place_make_one_offer(bot: TestBot) -> None:
    await made(bot, 1)
    await bot.person("max").sends_token("mentor.stop-now")
    for name in OTHERS:
        await bot.person(name).sends_token("mentee.look")
    await bot.wait(hours=1, seconds=1)
    assert (await taken(bot))["mia"] == 1
    asked = [one for one in OTHERS if any("is a mentor here" in text for text in bot.person(one).sees())]
    assert len(asked) == 1
    await asyncio.gather(
        bot.person(asked[0]).presses("Say hello"),
        *(bot.person("mia").presses("Say hello") for _ in range(3)),
    )
    assert (await taken(bot))["mia"] == 1
    rooms = await bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM room"))
    assert len(rooms) == 1
