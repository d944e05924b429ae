"""Time machine of the care simulation: the real service on a store of its own, half an hour a step.

Nothing of the service is made up: residents write and press, and every message goes through router, outbox and
dispatcher. Without care no opener, no question of a day and no clock of a silence is rung; all else is the same.
"""

import asyncio
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path

from buddybot.adapter import (
    Address,
    Capabilities,
    Command,
    Content,
    Delivery,
    Inbox,
    MessageId,
    Origin,
    Pressed,
    Reads,
    Said,
    Send,
)
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.kernel.world import World
from buddybot.domain.moderation.cases import CasePriority, Concern
from buddybot.domain.moderation.sanctions import Step
from buddybot.domain.talk.rooms import OPENED, SILENCE
from buddybot.runtime.house import House
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.service.care import own_days, silences
from buddybot.service.kernel.book import Book
from buddybot.service.moderation import casework, sanctions
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.moderation.sanctions import Order
from buddybot.service.talk import checkins
from buddybot.store.tx import Tx
from buddybot.tools.care.residents import STEP, Act, Resident, fate_of, read_all, resident
from buddybot.tools.care.witness import KindWords, Witness

PLATFORM = "town"
START = datetime(2026, 10, 12, 6, 0, tzinfo=UTC)
"""Three weeks before clocks change: in Europe on 25 October, in America on 1 November, in Asia never."""
CARE_TIMERS = (OPENED, SILENCE, silences.AGAIN, checkins.TIMER, own_days.OWN_DAY)
MOST_STEPS = 60
DAY = timedelta(days=1)


class TownPlatform:
    """Platform in memory on which only residents live: it hands what they are shown to the witness."""

    platform = PLATFORM
    capabilities = Capabilities(marks=False, edits=False)

    def __init__(self, residents: Sequence[Resident], witness: Witness) -> None:
        self.residents = {one.name: one for one in residents}
        self.witness, self.now, self._number = witness, START, count(1)

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:  # noqa: ARG002 - protocol
        """Wait to be cancelled: residents act by the clock of the town."""
        await asyncio.Event().wait()

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Show something to a resident."""
        one = self.residents[delivery.address.account]
        if isinstance(delivery.effect, Send):
            self.witness.show(one, delivery.effect.content, self.now)
            one.unread.append(delivery.effect.content)
        return MessageId(f"t{next(self._number)}")

    def event(self, one: Resident, act: Act) -> Said | Pressed:
        """Return what a resident does, as the core sees it."""
        number = str(next(self._number))
        origin = Origin(number, Address(PLATFORM, PLATFORM, one.name), one.locale)
        return Pressed(origin, act.tokens) if act.tokens else Said(origin, act.text, MessageId(f"s{number}"))


class Days:
    """One arm of the experiment: a town that lives through its days."""

    def __init__(self, book: Book, seed: int, people: int, days: int, *, care: bool) -> None:
        self._words = KindWords(book.words.bundles)
        self._book = replace(book, words=self._words, screen=lru_cache(4096)(book.screen))
        self._residents = [resident(seed, number, START, days) for number in range(people)]
        self._witness = Witness(self._words.kinds)
        self._town = TownPlatform(self._residents, self._witness)
        self._seed, self._end, self._care = seed, START + days * DAY, care

    async def live(self) -> Witness:
        """Live through all days, and return what was seen."""
        rng, number = random.Random(self._seed), count(1)
        new_id = lambda: f"{rng.getrandbits(40):010x}{next(number):06}"  # noqa: E731 - as short as what it stands for
        world = World(lambda: self._town.now, rng, new_id)
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            at = Path(folder)
            store = await open_sqlite(StorePaths(at / "town.db", at / "keys", at / "backups"), START)
            house = House(store, world, self._book, {PLATFORM: self._town})
            try:
                await house.begin()
                while self._town.now < self._end:
                    await self._step(house)
                    self._town.now += STEP
            finally:
                await house.engine.rounds.stop()
                await house.callbacks.stop()
                await house.dispatcher.stop()
                await store.close()
        return self._witness

    async def _step(self, house: House) -> None:
        now = self._town.now
        if not self._care:
            await house.store.write(_carelessly)
        await house.engine.tick()
        await house.engine.rounds.idle()
        await house.dispatcher.look()
        await house.dispatcher.idle()
        await asyncio.gather(*(self._lives(house, one, now) for one in self._residents))
        await house.dispatcher.idle()

    async def _lives(self, house: House, one: Resident, now: datetime) -> None:
        if not one.there(now):
            return
        self._witness.person_days += STEP / DAY
        if one.begins > now - STEP:
            await self._arrives(house, one)
            return
        while one.fates and one.fates[0][0] <= now and one.there(now):
            _, fate = one.fates.pop(0)
            if fate == "muted":
                await house.store.write(lambda tx: _mute(house, tx, one))
            await self._acts(house, one, fate_of(one, fate, now))
            if fate == "crosses":
                await self._answers(house, one)
        if one.there(now) and one.looks(now):
            await self._acts(house, one, read_all(one, now))

    async def _acts(self, house: House, one: Resident, acts: Sequence[Act]) -> None:
        for act in acts:
            one.acted_at = self._town.now
            if act.tokens and act.tokens[0].startswith("goodbye."):
                self._witness.left[act.tokens[0].split(".")[1]] = self._town.now
            await house.engine.put(self._town.event(one, act))
        if one.erased and one.room:
            self._witness.left[one.room] = self._town.now

    async def _answers(self, house: House, one: Resident) -> None:
        """Answer the questions of the intake as long as some are asked."""
        for _ in range(MOST_STEPS):
            await house.dispatcher.idle()
            tokens = next(filter(None, map(_intake_question, reversed(one.unread))), [])
            one.unread = [content for content in one.unread if not _intake_question(content)]
            if (act := _answer(one, tokens)) is None:
                break
            await self._acts(house, one, [act])

    async def _arrives(self, house: House, one: Resident) -> None:
        """Go through the questions, then set quiet hours and perhaps a check-in."""
        await self._acts(house, one, [Act("hi"), Act(tokens=("home.find",))])
        await self._answers(house, one)
        quiet = "off" if one.quiet is None else f"{one.quiet.start}-{one.quiet.end}"
        extra = [Act("/checkin daily 19:00")] if one.chance("checks_in") else []
        await self._acts(house, one, [Act(f"/quiet {quiet}"), *extra])


def _intake_question(content: Content) -> list[str]:
    tokens = [choice.token for choice in (*content.choices, *content.extra)]
    return tokens if any(token.startswith("ask.") for token in tokens) else []


def _answer(one: Resident, tokens: Sequence[str]) -> Act | None:
    """Return the answer to a question of the intake: their own, else the way on."""
    asked = next((token.split(".")[1] for token in tokens if token.startswith("ask.")), "")
    if asked == "local_time":
        return Act(one.zone.rpartition("/")[2].replace("_", " "))
    mine = tuple(f"ask.{asked}.{key}" for key in one.answers.get(asked, ()))
    if mine and set(mine) <= set(tokens):
        return Act(tokens=mine)
    ends = (".keep", "confirm.yes", ".skip")
    found = next((token for end in ends for token in tokens if token.startswith("ask.") and token.endswith(end)), None)
    return None if found is None else Act(tokens=(found,))


def _carelessly(tx: Tx) -> None:
    """Ring nothing of care: this is the town without it."""
    for kind in CARE_TIMERS:
        tx.db.run("DELETE FROM timer WHERE kind = :kind", kind=kind)


def _mute(house: House, tx: Tx, one: Resident) -> None:
    """Mute somebody over their buddy for a week, as a moderator would."""
    turn = house.engine.turn(tx)
    member = tx.members.by_address(Address(PLATFORM, PLATFORM, one.name))
    if member is None:
        return
    room = RoomId(one.room) if one.room else None
    case = casework.open_case(turn, CaseReport(Concern.MEAN, member.id, room, priority=CasePriority.P2))
    sanctions.sanction_member(turn, None, case, Order(Step.MUTE, 7, 7 * DAY, Severity.S2))


def _memory() -> str | None:
    """Return a folder in memory, where there is one: a town writes much and keeps nothing."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a fresh folder inside it
