"""What was read once in a unit is read again as soon as anything could have changed it, and never in another unit."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.domain.kernel.ids import MemberId, PendingId, RoomId
from buddybot.domain.kernel.messages import Address, MessageId
from buddybot.domain.people.members import Stage
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel import migrations
from buddybot.store.kernel.db import LEAVES
from buddybot.store.talk.pending import PendingNote
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW

ROOM = Room(RoomId("room"), RoomKind.PAIR, (Seat(ANN, "Otter"), Seat(BEN, "Heron")), NOW)
HOME = Address("web", "main", "account of ann")
STEPS = Path(migrations.__file__).parents[1] / "migrations"


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_no_table_hangs_on_one_that_is_said_to_be_a_leaf(dialect: str) -> None:
    steps = "\n".join(one.read_text() for one in sorted((STEPS / dialect).glob("*.sql")))
    parents = set(re.findall(r"REFERENCES (\w+)", steps))
    assert {"member", "room"} <= parents
    assert not parents & LEAVES


async def test_a_unit_reads_once_what_it_asks_often(people: GroupStore) -> None:
    def ask(tx: Tx) -> bool:
        tx.rooms.add(ROOM)
        first = tx.members.by_id(ANN), tx.rooms.open_of(ANN)
        tx.rooms.open_of(ANN).clear()  # what one asker makes of it is theirs
        tx.db.run("UPDATE outbox SET rank = rank WHERE id = :id", id=0)
        again = tx.members.by_id(ANN), tx.rooms.open_of(ANN)
        return first == again and first[0] is again[0] and again[1] == [ROOM]

    assert await people.write(ask)


async def test_what_a_unit_changed_it_sees_at_once(people: GroupStore) -> None:
    def change(tx: Tx) -> None:
        ann = tx.members.by_id(ANN)
        assert ann is not None
        assert tx.members.by_address(HOME) is None
        tx.members.link(ANN, HOME)
        assert tx.members.by_address(HOME) == ann
        tx.members.save(replace(ann, stage=Stage.LOOKING))
        assert tx.members.by_address(HOME) == replace(ann, stage=Stage.LOOKING)
        assert not tx.rooms.open_of(ANN)
        tx.rooms.add(ROOM)
        assert tx.rooms.open_of(ANN) == [ROOM]
        tx.rooms.leave(ROOM.id, BEN, NOW)
        assert [len(room.seats) for room in tx.rooms.open_of(ANN)] == [1]
        tx.rooms.close(ROOM.id, Ending.GOODBYE, NOW)
        assert not tx.rooms.open_of(ANN)
        assert not tx.staff.on_shift(NOW)
        tx.staff.begin(ANN, NOW)
        assert tx.staff.on_shift(NOW) == [ANN]

    await people.write(change)


async def test_a_note_that_waits_is_found_where_none_waited_before(people: GroupStore) -> None:
    note = PendingNote(PendingId("p"), ANN, ROOM.id, "meant", MessageId("7"), "need less")

    def hold(tx: Tx) -> None:
        tx.rooms.add(ROOM)
        assert tx.members.by_id(ANN) is not None
        assert tx.pending.of_rule(ANN, "meant") == []
        tx.pending.add(note, NOW)
        assert tx.pending.of_rule(ANN, "meant") == [note]

    await people.write(hold)
    found = await people.write(lambda tx: (tx.members.by_id(ANN), tx.pending.of_rule(ANN, "meant"))[1])
    assert found == [note]


async def test_who_is_erased_is_nowhere_any_more_in_the_same_unit(people: GroupStore) -> None:
    def erase(tx: Tx) -> tuple[object, ...]:
        tx.rooms.add(ROOM)
        tx.members.link(ANN, HOME)
        assert tx.members.by_address(HOME) is not None
        assert [seat.alias for seat in tx.rooms.open_of(BEN)[0].seats] == ["Otter", "Heron"]
        tx.vault.destroy(ANN)
        before_the_rows_go = tx.members.by_id(ANN), [seat.alias for seat in tx.rooms.open_of(BEN)[0].seats]
        tx.members.forget(ANN)
        after = [seat.alias for seat in tx.rooms.open_of(BEN)[0].seats]
        return *before_the_rows_go, tx.members.by_address(HOME), after

    assert await people.write(erase) == (None, ["", "Heron"], None, ["Heron"])


async def test_another_unit_reads_for_itself(people: GroupStore) -> None:
    def leave(tx: Tx) -> None:
        assert tx.members.by_id(ANN) is not None
        tx.members.save(replace(tx.members.by_id(ANN) or pytest.fail("she is there"), stage=Stage.FAREWELL))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await people.write(leave)
    stages = await people.write(lambda tx: [tx.members.by_id(MemberId(one)) for one in (ANN, BEN)])
    assert [one and one.stage for one in stages] == [Stage.HOME, Stage.HOME]
