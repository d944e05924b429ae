"""The crowd in memory against a fresh look at everybody, whatever happened; and what an arrival may cost."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from buddybot.adapter import Address
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.waiting import PoolStanding
from buddybot.domain.people.members import Member, Stage
from buddybot.runtime.crowd import AN_ARRIVAL, LiveCrowd
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import pool
from buddybot.store.kernel.sealing import Vault
from buddybot.store.tx import Tx
from buddybot.testing import Clock, Person, TestBot, running
from buddybot.testing.fake import FakePlatform

WELL = {"lane": "self", "now": "thinking", "help_wanted": "listen", "hours": "evening", "pace": "few"}
NAMES = ("ann", "ben", "cleo", "dan", "eve")
DEEDS = ("come", "find", "stop", "pause", "resume", "yes", "no", "block", "goodbye", "forget", "change")
TIMES = ("hour", "day", "week", "restart", "circle", "join")


def crowd_of(bot: TestBot) -> LiveCrowd:
    crowd = bot.house.engine._crowd
    assert isinstance(crowd, LiveCrowd)
    return crowd


def afresh(turn: Turn) -> set[Candidate]:
    looked = (pool.pool_standing(turn, one).candidate for one in turn.tx.pool.waiting())
    return {one for one in looked if one is not None}


def asked_and_apart(turn: Turn) -> list[tuple[Candidate, Candidate]]:
    """Return the pairs that stand in an open offer which neither has said no to."""
    found = []
    for row in turn.tx.db.rows("SELECT id FROM offer WHERE closed = 0"):
        offer = turn.tx.offers.by_id(row[0])
        members = [turn.tx.members.by_id(one.member) for one in offer.asked] if offer is not None else []
        if offer is not None and all(one.reply.value in {"none", "yes"} for one in offer.asked):
            people = [candidate_of(turn, one, turn.tx.ties.apart(one.id)) for one in members if one is not None]
            found += list(combinations(people, 2))
    return found


class House:
    """Five people and what they do; it may be restarted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.platform = folder, Clock(), FakePlatform()

    async def lives(self, deeds: list[tuple[str, str]]) -> None:
        rest = list(deeds)
        for start in count(1):  # ids are drawn anew after a restart
            async with running(self.folder, clock=self.clock, platform=self.platform, seed=start) as bot:
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
                if await bot.house.store.read(lambda tx: tx.members.by_address(person.address)) is None:
                    await person.joins(**({"lane": "family"} if person.name == "dan" else WELL))
            case "hour" | "day" | "week":
                await bot.wait(hours={"hour": 1, "day": 25, "week": 169}[deed])
            case "find" | "pause" | "resume" | "circle" | "goodbye" | "block":
                await person.uses(deed)
                await self._press(person, "Yes, block", "Just leave")
            case "stop":
                await person.sends_token("home.stop")
            case "forget":
                await person.uses("forget")
                await self._press(person, "Erase all")
                await self._press(person, "Yes, erase")
            case "yes" | "no" | "join":
                labels = {"yes": "Say hello", "no": "Not this one", "join": "Yes, I'd like that"}
                await self._press(person, labels[deed])
            case "change":
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
        weights = bot.house.engine._book.weights
        for a, b in await bot.house.store.read(lambda tx: asked_and_apart(bot.house.engine.turn(tx))):
            assert feasible(a, b, weights)


def _quiet(tx: Tx, person: Person) -> None:
    """Change what a member answered, as the questionnaire does."""
    member = tx.members.by_address(person.address)
    if member is not None:
        private = replace(member.private, intake=member.private.intake.replace('"few"', '"daily"'))
        tx.members.save(replace(member, private=private))


ALONE = ("come", "pause", "resume", "stop", "find", "change", "day", "circle", "restart", "forget")
PAIR = [("ann", "day"), ("ann", "yes"), ("ben", "yes"), ("ann", "pause"), ("ben", "goodbye"), ("ben", "find")]


@example([("dan", deed) for deed in ALONE])
@example([*PAIR, ("ann", "find"), ("cleo", "no"), ("ben", "block"), ("cleo", "forget"), ("ann", "week")])
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(DEEDS + TIMES)), max_size=25))
def test_whatever_people_do_the_crowd_is_who_a_fresh_look_finds(deeds: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        begun = [(name, "come") for name in NAMES[:4]]  # all but the fourth fit one another, who waits alone
        asyncio.run(House(Path(folder)).lives([*begun, *deeds]))


# ── What it costs ───────────────────────────────────────────────────────────────────────


def settle_in(turn: Turn, like: Member, count: int) -> None:
    """Let so many more wait, who answered like one who came."""
    for number in range(count):
        one = replace(like, id=MemberId(f"waits-{number:05}"), stage=Stage.LOOKING, looking_since=turn.now)
        address = Address("fake", "main", f"account-of-{one.id}")
        turn.tx.members.add(one, address)


class Opened:
    """Counts what is unsealed of members, by watching the vault of the writer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.members: set[str] = set()
        plain = Vault.open

        def watched(vault: Vault, member: MemberId, purpose: str, sealed: bytes) -> bytes | None:
            self.members.add(member)
            return plain(vault, member, purpose, sealed)

        monkeypatch.setattr(Vault, "open", watched)  # counts what is unsealed


async def test_an_arrival_unseals_few_however_many_wait(bot: TestBot, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.joins(**WELL)
    like = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert like is not None
    await bot.house.store.write(lambda tx: settle_in(bot.house.engine.turn(tx), like, 200))
    await bot.house.engine.rounds.feed()
    assert len(crowd_of(bot).people()) == 201
    await ben.joins(**WELL)
    await ben.sends_token("home.stop")
    await bot.house.engine.rounds.feed()
    opened = Opened(monkeypatch)
    await ben.uses("find")
    assert "I found someone" in ben.sees()[-1]
    assert len(opened.members) <= 4


async def test_after_a_start_an_arrival_reads_a_bounded_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(tmp_path) as bot:
        ann = bot.person("ann")
        await ann.joins(**WELL)
        like = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
        assert like is not None
        await bot.house.store.write(lambda tx: settle_in(bot.house.engine.turn(tx), like, 200))
    async with running(tmp_path) as bot:
        assert crowd_of(bot).people() == ()
        opened = Opened(monkeypatch)
        await bot.person("ann").sends_token("home.stop")
        await bot.person("ann").uses("find")
        assert len(opened.members) <= AN_ARRIVAL + 4
        await bot.house.engine.rounds.feed()
        assert len(crowd_of(bot).people()) >= 199


# ── What it must never do ───────────────────────────────────────────────────────────────


async def test_who_the_crowd_holds_by_mistake_is_not_offered(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.joins(**WELL)
    crowd = crowd_of(bot)
    await bot.house.engine.rounds.feed()
    stale = crowd.people()
    await ann.sends_token("home.stop")
    await bot.house.engine.rounds.feed()
    crowd.moved([MemberId(stale[0].id)])
    crowd.put({MemberId(stale[0].id): PoolStanding(stale[0])}, crowd.changed(bot.clock.now(), 9))
    assert crowd.people() == stale
    await ben.joins(**WELL)
    assert not any("I found someone" in text for text in ann.sees() + ben.sees())


async def test_a_unit_that_is_rolled_back_leaves_nobody_in_the_crowd(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(**WELL)
    await ann.sends_token("home.stop")
    await bot.house.engine.rounds.feed()

    def comes_and_breaks(tx: Tx) -> None:
        turn = bot.house.engine.turn(tx)
        member = tx.members.by_address(ann.address)
        assert member is not None
        tx.members.save(replace(member, stage=Stage.LOOKING, looking_since=turn.now))
        pool.catch_up(turn)
        assert len(crowd_of(bot).people()) == 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await bot.house.store.write(comes_and_breaks)
    assert crowd_of(bot).people() == ()


async def test_who_changes_while_they_are_read_is_read_once_more(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(**WELL)
    await bot.house.engine.rounds.feed()
    crowd = crowd_of(bot)
    (one,) = crowd.people()
    crowd.moved([MemberId(one.id)])
    marks = crowd.changed(bot.clock.now(), 9)
    await ann.sends_token("home.stop")  # between the reading and the taking in
    crowd.put({MemberId(one.id): PoolStanding(one)}, marks)
    assert crowd.people() == ()


async def test_a_damaged_member_is_left_out_and_nobody_else_notices(
    bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    ann, ben, cleo = (bot.person(name) for name in ("ann", "ben", "cleo"))
    await ann.joins(**WELL)
    ann_id = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert ann_id is not None
    await bot.house.store.write(
        lambda tx: tx.db.run("UPDATE member SET private = :bad WHERE id = :id", bad=b"0" * 40, id=ann_id.id)
    )
    crowd_of(bot).moved([ann_id.id])
    await ben.joins(**WELL)
    await cleo.joins(**WELL)
    assert "I found someone" in cleo.sees()[-1]
    await bot.wait(hours=2)
    assert f"member.private of {ann_id.id} is damaged" in caplog.text


async def test_whose_clock_has_changed_is_looked_at_again(bot: TestBot) -> None:
    bot.clock.at = datetime(2026, 10, 28, 17, 30, tzinfo=UTC)
    ann, ben = bot.person("ann"), bot.person("ben")
    before, after = dict(list(WELL.items())[:3]), dict(list(WELL.items())[3:])
    await ann.joins(**before, local_time="America/New_York", **after)

    def ahead() -> list[int | None]:
        return [one.utc_offset for one in crowd_of(bot).people()]

    await bot.wait(minutes=1)
    assert ahead() == [-240]
    bot.clock.at = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
    await ben.joins(lane="family")
    await bot.wait(minutes=1)
    assert -240 not in ahead()
    assert -300 in ahead()
