from datetime import datetime, timedelta
from functools import partial

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.talk.rate_limits import Print, SendRate
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW

MINUTE = timedelta(minutes=1)
FLOW = SendRate(NOW + MINUTE, (Print(RoomId("room"), 2**64 - 1, NOW),))


def keep(tx: Tx, member: MemberId, at: datetime, flow: SendRate = FLOW) -> None:
    tx.flows.keep(member, flow, at)


def kept(tx: Tx) -> SendRate:
    return tx.flows.of(ANN, NOW)


async def test_a_pace_comes_back_as_it_was_kept_and_is_moved_by_the_next(people: GroupStore) -> None:
    assert await people.read(kept) == SendRate(NOW)
    for flow in (SendRate(NOW - MINUTE), FLOW):
        await people.write(partial(keep, member=ANN, at=NOW, flow=flow))
        assert await people.read(kept) == flow
    assert await people.read(lambda tx: tx.flows.of(BEN, NOW)) == SendRate(NOW)


async def test_the_pace_of_the_silent_is_dropped(people: GroupStore) -> None:
    for member, at in ((ANN, NOW), (BEN, NOW + MINUTE)):
        await people.write(partial(keep, member=member, at=at))
    assert await people.write(lambda tx: tx.flows.expire(NOW + MINUTE)) == 1
    assert [row[0] for row in await people.read(lambda tx: tx.db.rows("SELECT member FROM flow"))] == [BEN]


async def test_a_pace_is_sealed_and_gone_with_its_member(people: GroupStore) -> None:
    await people.write(lambda tx: tx.flows.keep(ANN, FLOW, NOW))
    row = await people.read(lambda tx: tx.db.row("SELECT sealed FROM flow"))
    assert row is not None
    assert b"room" not in row[0]
    await people.write(lambda tx: tx.vault.destroy(ANN))
    assert await people.read(kept) == SendRate(NOW)
    await people.write(lambda tx: tx.db.run("DELETE FROM member WHERE id = :id", id=ANN))
    assert await people.read(lambda tx: tx.db.rows("SELECT 1 FROM flow")) == []
