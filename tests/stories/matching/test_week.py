"""A week: two hundred people come, wait, say yes or no or nothing, and leave; no forbidden pair is ever offered."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.offers import OfferReply
from buddybot.domain.talk.rooms import RoomKind
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel.turn import Turn
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot

PEOPLE, HOURS = 200, 7 * 24
ON_CALL = 20
LIFE: Mapping[str, Sequence[str]] = {
    "now": ("thinking", "cutting", "stopped", "using"),
    "help_wanted": ("listen", "checkin", "normal", "same_boat"),
    "hours": ("morning", "afternoon", "evening", "late_night"),
    "pace": ("many", "daily", "few", "loose"),
}


class Week:
    """What happened, and what must never have."""

    def __init__(self, bot: TestBot, chance: random.Random) -> None:
        self.bot, self.chance = bot, chance
        self.people: list[Person] = []
        self.offers: set[str] = set()
        self.gatherings: set[str] = set()
        self.seats: set[tuple[str, str]] = set()

    async def arrive(self, number: int) -> None:
        person = self.bot.person(f"p{number}")
        pick = self.chance.choice
        lane = pick(("self", "self", "self", "family"))
        answers = {"lane": lane}
        if lane == "self":
            answers |= {name: pick(LIFE[name]) for name in ("now", "help_wanted")}
            answers |= {"hours": pick(LIFE["hours"]), "pace": pick(LIFE["pace"])}
        await person.joins(**answers)
        self.people.append(person)
        if number % (PEOPLE // ON_CALL) == 0:
            await person.uses("oncall", hours="0-23")
        if number % 5 == 1:  # one in five wants a circle and no buddy
            await person.sends_token("home.stop")
            await person.uses("circle")

    async def answer(self, person: Person) -> None:
        """Press something on the last message, or let it be."""
        labels = [choice.label for choice in person.last().content.choices]
        if "Say hello" in labels:
            for label, share in (("Say hello", 0.6), ("Not this one", 0.3)):
                if self.chance.random() < share:
                    await person.presses(label)
                    return
        elif "Yes, I'd like that" in labels:
            await person.presses("Yes, I'd like that" if self.chance.random() < 0.9 else "Not this one")

    async def check(self) -> None:
        """Look at everything that is asked just now: each must fit, and nobody may be asked twice at once."""
        await self.bot.house.store.read(self._check)

    def _check(self, tx: Tx) -> None:
        turn = self.bot.house.engine.turn(tx)
        rows = tx.db.rows("SELECT id FROM offer WHERE closed = 0")
        for row in rows:
            offer = tx.offers.by_id(row[0])
            assert offer is not None
            if all(one.reply in {OfferReply.NONE, OfferReply.YES} for one in offer.asked):
                self._fits(turn, [one.member for one in offer.asked])
            self.offers.add(offer.id)
        rows = tx.db.rows("SELECT id FROM gathering WHERE closed = 0")
        for gathering in (tx.gatherings.by_id(row[0]) for row in rows):
            assert gathering is not None
            if gathering.id not in self.gatherings:
                self.gatherings.add(gathering.id)
                room = None if gathering.room is None else tx.rooms.by_id(gathering.room)
                seated = [seat.member for seat in (room.seats if room else ())]
                self._fits(turn, [*(one.member for one in gathering.invited), *seated])
        seats = [seat.member for room in tx.rooms.circles(7, 99) for seat in room.seats]
        assert len(seats) == len(set(seats))
        for room in tx.rooms.circles(7, 99):
            new = {(room.id, seat.member) for seat in room.seats} - self.seats
            if new:
                self.seats |= new
                self._fits(turn, [seat.member for seat in room.seats])

    def _fits(self, turn: Turn, members: Sequence[MemberId]) -> None:
        known = [one for one in map(turn.tx.members.by_id, members) if one is not None]
        people = [candidate_of(turn, one, turn.tx.ties.apart(one.id)) for one in known]
        for a, b in combinations(people, 2):
            assert feasible(a, b, turn.book.weights)


async def test_two_hundred_people_in_a_week(bot: TestBot) -> None:
    chance = random.Random(7)
    week = Week(bot, chance)
    arrivals = sorted(chance.randrange(HOURS) for _ in range(PEOPLE))
    for hour in range(HOURS):
        while len(week.people) < PEOPLE and arrivals[len(week.people)] <= hour:
            await week.arrive(len(week.people))
        await bot.wait(hours=1)
        await week.check()
        if hour % 3 == 0:
            for person in week.people:
                await week.answer(person)
        if hour % 24 == 20:
            await chance.choice(week.people).uses("now")
            for person in week.people:
                if "I can" in [choice.label for choice in person.last().content.choices]:
                    await person.presses("I can")
    await bot.wait(hours=26)
    await week.check()

    def ended(tx: Tx) -> dict[str, int]:
        kinds = {row[0]: int(row[1]) for row in tx.db.rows("SELECT kind, count(*) FROM room GROUP BY kind")}
        return kinds | {"open offers": len(tx.db.rows("SELECT 1 FROM offer WHERE closed = 0 AND expires_at < 0"))}

    kinds = await bot.house.store.read(ended)
    assert len(week.people) == PEOPLE
    assert len(week.offers) > PEOPLE // 4
    assert kinds[RoomKind.PAIR] > PEOPLE // 10
    assert kinds[RoomKind.CIRCLE] >= 1
    assert kinds[RoomKind.TALK] >= 1
    assert any("didn't work out" in text for person in week.people for text in person.sees())
