"""The crowd in memory against a fresh look at everybody, whatever happened; and what an arrival may cost."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.limits import feasible
from buddybot.domain.people.members import Member, Stage
from buddybot.runtime.crowd import AN_ARRIVAL, LiveCrowd
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import offers, pool
from buddybot.store.kernel.sealing import Vault
from buddybot.store.matching.ties import TieKind
from buddybot.store.people.members import MemberStore
from buddybot.store.tx import Tx
from buddybot.testing import Clock, Person, TestBot, running
from buddybot.testing.fake import FakePlatform
from tests.conftest import member_of

WELL = {"lane": "self", "now": "thinking", "help_wanted": "listen", "hours": "evening", "pace": "few"}
NAMES = ("ann", "ben", "cleo", "dan", "eve")
DEEDS = ("come", "find", "stop", "pause", "wake", "yes", "no", "block", "bye", "forget", "change", "hour", "day", "week")
DEEDS += ("restart", "circle", "join")


def crowd_of(bot: TestBot) -> LiveCrowd:
    crowd = bot.house.engine.turn(Tx.__new__(Tx)).crowd
    assert isinstance(crowd, LiveCrowd)
    return crowd


def afresh(turn: Turn) -> set[Candidate]:
    looked = (pool.standing(turn, one).candidate for one in turn.tx.pool.waiting())
    return {one for one in looked if one is not None}


def asked_and_apart(turn: Turn) -> list[tuple[Candidate, Candidate]]:
    """Return the pairs that stand in an open offer which neither has said no to."""
    found = []
    for row in turn.tx.db.rows("SELECT id FROM offer WHERE closed = 0"):
        offer = turn.tx.offers.by_id(row[0])
        members = [turn.tx.members.by_id(one.member) for one in offer.asked] if offer is not None else []
        if offer is not None and all(one.reply.value in {"none", "yes"} for one in offer.asked):
            people = [pool.candidate_of(turn, one, turn.tx.ties.apart(one.id)) for one in members if one is not None]
            found += list(combinations(people, 2))
    return found


class House:
    """Five people and what they do; it may be restarted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.platform = folder, Clock(), FakePlatform()

    async def lives(self, deeds: list[tuple[str, str]]) -> None:
        rest = list(deeds)
        while True:
            async with running(self.folder, clock=self.clock, platform=self.platform) as bot:
                while rest:
                    name, deed = rest.pop(0)
                    if deed == "restart":
                        break
                    await self._does(bot, bot.person(name), deed)
                    await self._check(bot)
                await self._check(bot)
            if not rest:
                return

    async def _does(self, bot: TestBot, person: Person, deed: str) -> None:
        match deed:
            case "come":
                await person.joins(**WELL)
            case "hour" | "day" | "week":
                await bot.wait(hours={"hour": 1, "day": 25, "week": 169}[deed])
            case "find" | "stop" | "pause" | "circle" | "bye" | "block":
                await person.uses(deed)
                if deed in {"bye", "block"}:
                    await self._press(person, "Yes, block", "Yes, say goodbye", "Goodbye")
            case "forget":
                await person.uses("forget")
                await self._press(person, "Erase everything", "Delete everything")
                await self._press(person, "Yes, erase it all", "Yes, delete everything", "Yes")
            case "yes" | "no" | "join":
                await self._press(person, *{"yes": ("Say yes",), "no": ("Not this one",)}.get(deed, ("Yes, I'd like that",)))
            case "change":
                await person.sends_token("home.answers")
                await bot.house.store.write(lambda tx: _quiet(tx, person))
            case _:
                await person.says("hello")

    async def _press(self, person: Person, *labels: str) -> None:
        shown = [choice.label for message in person.chat() for choice in message.content.choices]
        for label in labels:
            if label in shown:
                await person.presses(label)
                return

    async def _check(self, bot: TestBot) -> None:
        await bot.house.engine.rounds.feed()
        crowd = crowd_of(bot)
        wanted = await bot.house.store.read(lambda tx: afresh(bot.house.engine.turn(tx)))
        assert set(crowd.people()) == wanted
        weights = bot.house.engine.turn(Tx.__new__(Tx)).book.weights
        for a, b in await bot.house.store.read(lambda tx: asked_and_apart(bot.house.engine.turn(tx))):
            assert feasible(a, b, weights)


def _quiet(tx: Tx, person: Person) -> None:
    """Change what a member answered, as the questionnaire does."""
    member = tx.members.by_address(person.address)
    if member is not None:
        private = replace(member.private, intake=member.private.intake.replace('"few"', '"daily"'))
        tx.members.save(replace(member, private=private))


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(DEEDS)), max_size=25))
def test_whatever_people_do_the_crowd_is_who_a_fresh_look_finds(deeds: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        begun = [(name, "come") for name in NAMES[:3]]
        asyncio.run(House(Path(folder)).lives([*begun, *deeds]))
