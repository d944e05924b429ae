"""How the writer's work grows with the house: processor time of what asks "who", at 1,000 to 100,000 members.

`python -m benchmarks.growth [--members 1000 10000] [--seed 7] [--plot FILE.svg]` prints one line of JSON: milliseconds
of CPU of the thread that writes, for one arrival (median and worst of twenty, after a first one), one offer that ends
(median), a report that opens a case and a page of the desk's queue while one member in ten has an open case (worst of
twenty), and the worst transaction of a tick with nothing due, of a tick that drops rows of the outbox after days (ten a
transaction), of the sweep, of a round's offers and of a round of circles; in all threads the seconds of a start, and of
reading everybody who waits. A third of the members look. The probe hashes the same bytes in the same run, so that two
machines can be compared.
"""

import argparse
import asyncio
import gc
import hashlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.plotting import Line, drawn
from buddybot.adapter import Address
from buddybot.domain.intake.progress import Answer, Progress, to_json
from buddybot.domain.intake.questions import Flow
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.pairing import pair_up
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.people.members import Member, Private, Stage
from buddybot.runtime.crowd import LiveCrowd
from buddybot.runtime.rounds import PIECE_WRITTEN
from buddybot.runtime.storage import batches
from buddybot.runtime.storage.units import Unit
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import offers
from buddybot.service.moderation import casework
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.moderation.desk import views as desk_views
from buddybot.store.tx import Tx
from buddybot.testing import MORNING, Clock, TestBot, running
from buddybot.tools.matching.synthetic import invent
from buddybot.tools.matching.weights_file import read_weights

ARRIVALS = 20
OLD_ROWS = 500
WAITING = 100
"""Who wait longest, and are paired to see what it costs to offer a round's pairs."""
FOUR_DAYS = 4 * 86_400_000_000
LINES = (
    Line("arrival_worst_ms", "an arrival, the worst of twenty: ms", "#0b6e69"),
    Line("circle_ms", "a round of circles, its worst transaction: ms", "#8a4b08"),
    Line("sweep_ms", "the sweep, its worst transaction: ms", "#5b2a86"),
    Line("queue_ms", "the desk's queue: ms (dashed)", "#a3123f", "6 4"),
)
PROBE = b"\0" * (1 << 20)
Figures = dict[str, float]


class Writer:
    """The processor time of each transaction, in the thread that carries it out."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []
        plain = batches.run_batch

        def watched(session: batches.DbSession, batch: list[Unit], *, guarded: bool = False) -> None:
            begun = time.thread_time()
            plain(session, batch, guarded=guarded)
            self.milliseconds.append(1000 * (time.thread_time() - begun))

        batches.run_batch = watched

    def taken(self) -> list[float]:
        """Return what was measured since the last time."""
        found, self.milliseconds = self.milliseconds, []
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    writer = Writer()
    found = list[Figures]()
    for count in options.members:
        found.append(asyncio.run(grown(count, options.seed, writer)))
        print(json.dumps(found[-1]), file=sys.stderr, flush=True)  # the largest takes its time
    if options.plot:
        options.plot.write_text(drawn(found, "members", LINES), encoding="utf-8")
    json.dump({"benchmark": "growth", "probe_ms": round(probe(), 2), "houses": found}, sys.stdout)


def probe() -> float:
    """Return the milliseconds of hashing 16 MiB: what this machine is worth today."""
    begun = time.process_time()
    for _ in range(16):
        hashlib.sha256(PROBE).digest()
    return 1000 * (time.process_time() - begun)


async def grown(count: int, seed: int, writer: Writer) -> Figures:
    """Return the figures of one house."""
    with tempfile.TemporaryDirectory() as folder:
        clock, figures = Clock(), Figures(members=count, looking=count // 3)
        async with running(Path(folder), clock=clock) as bot:
            await settle_in(bot, count, seed)
        gc.collect()
        gc.freeze()  # what Python tidies up in between belongs to no transaction
        writer.taken()
        begun = time.process_time()
        async with running(Path(folder), clock=clock) as bot:
            figures["start_s"] = round(time.process_time() - begun, 3)
            figures["start_writer_ms"] = worst(writer.taken())
            begun = time.process_time()
            await bot.house.engine.rounds.feed(count)
            figures["crowd_read_s"] = round(time.process_time() - begun, 3)
            figures |= await measured(bot, writer, count)
        return figures


async def settle_in(bot: TestBot, count: int, seed: int) -> None:
    """Let so many be here, as if they had answered all questions; nothing is due that would match them at once."""
    people = invent(count, np.random.default_rng(seed), read_weights(), mentors=0.0)
    await bot.house.store.write(lambda tx: tx.db.run("UPDATE timer SET due_at = due_at + :days", days=FOUR_DAYS))
    for at in range(0, count, 500):
        some = people[at : at + 500]
        await bot.house.store.write(lambda tx: _add(bot.house.engine.turn(tx), some))


def _add(turn: Turn, people: tuple[Candidate, ...]) -> None:
    for one in people:
        number = int(one.id.removeprefix("p"))
        looks = number % 3 == 0
        member = Member(
            id=MemberId(f"member-{number:06}"),
            stage=Stage.LOOKING if looks else Stage.HOME,
            locale="en",
            joined_at=turn.now,
            seen_at=turn.now,
            looking_since=turn.now - timedelta(minutes=number % 600) if looks else None,
            private=Private(intake=to_json(answered(turn.book.intake, one))),
        )
        turn.tx.members.add(member, Address("fake", "main", f"account-{number}"))


def answered(flow: Flow, one: Candidate) -> Progress:
    """Return the progress of somebody who answered like this invented person."""
    said: Mapping[str, tuple[str, ...]] = {
        "lane": (one.lane,),
        "now": () if one.now is None else (one.now,),
        "pace": () if one.pace is None else (one.pace,),
        "age_band": () if one.age_band is None else (one.age_band,),
        "hours": tuple(sorted(one.hours)),
        "help_wanted": tuple(sorted(one.help_wanted)),
        "life": tuple(sorted(one.life)),
        "medicine": tuple(sorted(one.medicine)),
        "substances": tuple(sorted(one.substances)),
        "not_ok": tuple(sorted(one.not_ok)),
    }
    answers = [
        Answer(question.key, keys)
        for question in flow.questions
        if (keys := tuple(key for key in said.get(question.field, ()) if key in question.by_key))
    ]
    return Progress(flow.key, flow.version, tuple(answers), languages=("en",))


async def measured(bot: TestBot, writer: Writer, count: int) -> Figures:
    figures = Figures()
    arrivals, found = await arrive(bot, writer)
    figures |= {"arrival_ms": round(statistics.median(arrivals), 2), "arrival_worst_ms": worst(arrivals)}
    figures["offered_of_20"] = found
    figures["offer_ends_ms"] = await ends(bot, writer)
    writer.taken()
    await bot.house.engine.tick()
    figures["tick_ms"] = round(sum(writer.taken()), 2)
    figures["round_ms"] = await offered(bot, writer)
    await bot.house.store.write(lambda tx: tx.db.run("UPDATE timer SET due_at = due_at + :days", days=FOUR_DAYS))
    bot.clock.at = MORNING + timedelta(hours=30)  # the bot believes its clock by then, and erases
    await bot.house.engine.tick()  # what is a day old by then goes first
    figures["expire_ms"] = await expire(bot, writer)
    await bot.house.store.write(lambda tx: tx.db.run("UPDATE timer SET due_at = 0 WHERE kind = 'sweep'"))
    writer.taken()
    await bot.house.engine.tick()
    figures["sweep_ms"] = worst(writer.taken())
    await bot.house.store.write(lambda tx: tx.db.run("UPDATE timer SET due_at = 0 WHERE kind = 'circles'"))
    writer.taken()
    await bot.house.engine.tick()
    await bot.house.engine.rounds.idle()
    figures["circle_ms"] = worst(writer.taken())
    return figures | await moderated(bot, writer, count)


async def moderated(bot: TestBot, writer: Writer, count: int) -> Figures:
    """Let one member in ten have an open case; then more are opened, and a moderator looks at the queue."""
    staff = bot.person("mo")
    staff.roles = ("moderator",)
    await staff.uses("shift", state="off")

    def open_cases(tx: Tx, numbers: range) -> None:
        turn = bot.house.engine.turn(tx)
        for number in numbers:
            about, by = MemberId(f"member-{number:06}"), MemberId(f"member-{(number + 1) % count:06}")
            casework.open_case(turn, CaseReport(Concern.MEAN, about, reporter=by, texts=(("what was shared", True),)))

    def newest(tx: Tx) -> MemberId:
        (row,) = tx.db.rows("SELECT id FROM member ORDER BY joined_at DESC, id DESC LIMIT 1")
        return MemberId(row[0])

    def look(tx: Tx) -> None:
        turn, member = bot.house.engine.turn(tx), tx.members.by_id(moderator)
        assert member is not None
        assert desk_views.queue(turn, member, desk_views.SHOWN)

    moderator = await bot.house.store.read(newest)
    for at in range(0, count // 10, 100):
        await bot.house.store.write(lambda tx: open_cases(tx, range(at, at + 100)))
    writer.taken()
    for number in range(count // 2, count // 2 + ARRIVALS):
        await bot.house.store.write(lambda tx: open_cases(tx, range(number, number + 1)))
    reports = worst(writer.taken())
    for _ in range(ARRIVALS):
        await bot.house.store.write(look)
    return {"report_ms": reports, "queue_ms": worst(writer.taken())}


async def arrive(bot: TestBot, writer: Writer) -> tuple[list[float], int]:
    """Let members who do not look yet begin to, one after another; the first warms up."""
    taken, found = list[float](), 0
    for number in range(ARRIVALS + 1):
        writer.taken()
        member = MemberId(f"member-{3 * number + 1:06}")
        found += await bot.house.store.write(lambda tx: _looks(bot.house.engine.turn(tx), member))
        taken += [sum(writer.taken())] if number else []
    return taken, found


def _looks(turn: Turn, name: MemberId) -> bool:
    member = turn.tx.members.by_id(name)
    if member is not None:
        offers.look(turn, member)
    return turn.tx.offers.open_for(name) is not None


async def offered(bot: TestBot, writer: Writer) -> float:
    """Offer some pairs as a round does, as many in a transaction."""
    crowd = bot.house.engine._crowd  # noqa: SLF001 - nobody else asks for all of it
    assert isinstance(crowd, LiveCrowd)
    pairs = pair_up(crowd.people()[:WAITING], bot.clock.now(), read_weights())
    writer.taken()
    for at in range(0, len(pairs), PIECE_WRITTEN):
        some = pairs[at : at + PIECE_WRITTEN]
        await bot.house.store.write(lambda tx: offers.offer_pairs(bot.house.engine.turn(tx), some))
    return worst(writer.taken())


async def ends(bot: TestBot, writer: Writer) -> float:
    """Let every offer end; both who had it are looked at anew."""
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM offer WHERE closed = 0"))
    writer.taken()
    for row in rows:
        await bot.house.store.write(lambda tx: offers.expire(bot.house.engine.turn(tx), row[0]))
    return round(statistics.median(writer.taken()), 2) if rows else 0.0


async def expire(bot: TestBot, writer: Writer) -> float:
    """Let many rows of the outbox have waited too long; they are held, or they would be delivered meanwhile."""

    def fill(tx: Tx) -> None:
        old, due = bot.clock.now() - timedelta(days=8), bot.clock.now() + timedelta(days=8)
        for number in range(OLD_ROWS):
            tx.outbox.add(MemberId(f"member-{number % 900:06}"), Send(Content((Span("x"),))), old, due=due)

    await bot.house.store.write(fill)
    writer.taken()
    await bot.house.engine.tick()
    taken = worst(writer.taken())
    left = await bot.house.store.read(lambda tx: len(tx.db.rows("SELECT id FROM outbox WHERE held = 1")))
    assert left < OLD_ROWS, "a tick drops some of what is too old"
    await bot.house.store.write(lambda tx: tx.db.run("DELETE FROM outbox WHERE held = 1"))
    return taken


def worst(milliseconds: list[float]) -> float:
    return round(max(milliseconds, default=0.0), 2)


if __name__ == "__main__":
    main()
