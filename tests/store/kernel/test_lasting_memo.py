"""The second-level cache of the only writer reads the same as somebody who remembers nothing, whatever was changed."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from buddybot.domain.dialog.questions import LASTS, Offered, OpenQuestion, Unfit
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Address
from buddybot.domain.people.members import Stage
from buddybot.domain.talk.rate_limits import SendRate
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW, admit

CAM = MemberId("cam")
EVERYBODY = (ANN, BEN, CAM)
PLACES = tuple(Address(platform, "main", account) for platform in ("web", "discord") for account in ("7", "8"))
SECOND = timedelta(seconds=1)


def known(tx: Tx) -> object:
    """Return all that is remembered from unit to unit, of everybody."""
    return [
        (
            tx.members.by_id(one),
            tx.members.addresses(one),
            tx.rooms.open_of(one),
            tx.questions.open_of(one, NOW + SECOND),
            tx.timers.of_member(one),
            tx.flows.of(one, NOW),
            tx.counted.of(one),
            tx.sanctions.of_member(one),
            tx.pending.of_rule(one, "meant"),
        )
        for one in EVERYBODY
    ] + [tx.members.by_address(place) for place in PLACES]


def steps(chance: random.Random) -> list[Callable[[Tx], object]]:
    """Return changes of what is remembered, each of somebody and something drawn by chance."""
    one, place, at = chance.choice(EVERYBODY), chance.choice(PLACES), NOW + chance.randrange(100) * SECOND
    room = RoomId(f"room {chance.randrange(3)}")
    seats = tuple(Seat(who, f"{who} by name") for who in chance.sample(EVERYBODY, 2))
    question = OpenQuestion(
        f"q{chance.randrange(3)}", "", (Offered("a:b", label="yes"),), Unfit.PASSING, at, NOW + LASTS
    )
    timer = Timer("kind", f"{chance.randrange(3)}", at, one)

    def stage(tx: Tx) -> None:
        if (member := tx.members.by_id(one)) is not None:
            tx.members.save(replace(member, stage=chance.choice(list(Stage)), seen_at=at))

    def gather(tx: Tx) -> None:
        if tx.rooms.by_id(room) is None and all(tx.members.by_id(seat.member) for seat in seats):
            tx.rooms.add(Room(room, RoomKind.PAIR, seats, at))

    def there(change: Callable[[Tx], object]) -> Callable[[Tx], object]:
        return lambda tx: change(tx) if tx.members.by_id(one) is not None else None

    return [
        stage,
        gather,
        there(lambda tx: tx.rooms.leave(room, one, at)),
        lambda tx: tx.rooms.close(room, Ending.GOODBYE, at) if tx.rooms.by_id(room) is not None else None,
        there(lambda tx: tx.questions.ask(one, question, at)),
        there(lambda tx: tx.questions.age(one, at)),
        there(lambda tx: tx.questions.close(one, question)),
        there(lambda tx: tx.timers.set(timer)),
        lambda tx: tx.timers.cancel(timer.kind, timer.subject),
        there(lambda tx: tx.flows.keep(one, SendRate(at), at)),
        lambda tx: tx.flows.expire(at),
        there(
            lambda tx: tx.members.link(one, place) if tx.members.by_address(place) is None else tx.members.used(place)
        ),
        lambda tx: tx.members.unlink(place),
        lambda tx: admit(one, tx) if tx.members.by_id(one) is None and not tx.vault.knows(one) else None,
        lambda tx: tx.members.forget(one),
    ]


@pytest.mark.parametrize("seed", range(12))
async def test_what_is_remembered_is_what_is_stored(store: GroupStore, seed: int) -> None:
    chance = random.Random(seed)
    for who in EVERYBODY:
        await store.write(lambda tx: admit(who, tx))
    for _ in range(40):
        fails, some = chance.random() < 0.2, [chance.choice(steps(chance)) for _ in range(chance.randrange(1, 4))]

        def unit(tx: Tx, some: list[Callable[[Tx], object]] = some, *, fails: bool = fails) -> None:
            for step in some:
                step(tx)
                known(tx)  # what is read between two changes is remembered as well
            if fails:
                raise RuntimeError

        with suppress(RuntimeError, KeyTrouble):  # nobody is sealed anything for in the unit that erases them
            await store.write(unit)
        assert await store.write(known) == await store.read(known)


async def test_another_program_that_writes_to_the_file_is_noticed(places: StorePaths) -> None:
    store = await open_sqlite(places, NOW)
    try:
        await store.write(lambda tx: admit(ANN, tx))
        before = await store.write(lambda tx: tx.members.by_id(ANN))
        with closing(sqlite3.connect(places.database, isolation_level=None)) as tool:
            tool.execute("UPDATE member SET locale = 'es'")
        after = await store.write(lambda tx: tx.members.by_id(ANN))
        assert before is not None
        assert after == replace(before, locale="es")
    finally:
        await store.close()


async def test_what_nobody_changed_is_not_read_again(places: StorePaths) -> None:
    store = await open_sqlite(places, NOW)
    try:
        await store.write(lambda tx: admit(ANN, tx))
        first, again = [await store.write(lambda tx: tx.members.by_id(ANN)) for _ in range(2)]
        assert first is again
        await store.write(lambda tx: admit(BEN, tx))
        assert await store.write(lambda tx: tx.members.by_id(ANN)) == first
    finally:
        await store.close()
