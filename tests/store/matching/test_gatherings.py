from datetime import timedelta

import pytest

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Address
from buddybot.domain.matching.gatherings import Gathering, GatheringId, Invited
from buddybot.domain.matching.offers import OfferReply
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW

DAY = timedelta(days=1)
NEW = Gathering(GatheringId("new"), (Invited(ANN, "Otter"), Invited(BEN, "Heron")), NOW, NOW + DAY)
CIRCLE = Room(RoomId("circle"), RoomKind.CIRCLE, (Seat(ANN, "Otter", 0), Seat(BEN, "Heron", 1)), NOW)


@pytest.fixture
async def met(store: GroupStore) -> GroupStore:
    """The store, with Ann and Ben."""

    def meet(tx: Tx) -> None:
        for one in (ANN, BEN):
            tx.members.add(Member(one, Stage.HOME, "en", NOW, NOW), Address("web", "main", f"account of {one}"))

    await store.write(meet)
    return store


async def test_a_wish_counts_from_the_first_time_and_is_let_go_once(met: GroupStore) -> None:
    await met.write(lambda tx: tx.gatherings.wish(ANN, NOW))
    await met.write(lambda tx: tx.gatherings.wish(ANN, NOW + DAY))
    assert await met.read(lambda tx: (tx.gatherings.wished(ANN), tx.gatherings.wished(BEN))) == (NOW, None)
    assert await met.write(lambda tx: tx.gatherings.unwish(ANN))
    assert not await met.write(lambda tx: tx.gatherings.unwish(ANN))


async def test_a_gathering_comes_back_with_its_replies(met: GroupStore) -> None:
    await met.write(lambda tx: tx.gatherings.add(NEW))
    assert await met.read(lambda tx: tx.gatherings.by_id(NEW.id)) == NEW
    assert await met.read(lambda tx: tx.gatherings.by_id(GatheringId("none"))) is None
    answered = NEW.answered(ANN, OfferReply.YES)
    await met.write(lambda tx: tx.gatherings.save(answered))
    assert await met.read(lambda tx: tx.gatherings.all_of(ANN)) == [answered]
    for one in (ANN, BEN):
        assert await met.read(lambda tx: tx.gatherings.was_asked(one, NOW))
        assert not await met.read(lambda tx: tx.gatherings.was_asked(one, NOW + DAY))


async def test_an_alias_whose_key_is_gone_is_empty(met: GroupStore) -> None:
    await met.write(lambda tx: tx.gatherings.add(NEW))
    await met.write(lambda tx: tx.vault.destroy(ANN))
    found = await met.read(lambda tx: tx.gatherings.by_id(NEW.id))
    assert found is not None
    assert [one.alias for one in found.invited] == ["", "Heron"]


async def test_a_settled_one_is_forgotten_in_time(met: GroupStore) -> None:
    await met.write(lambda tx: tx.gatherings.add(NEW))
    assert await met.write(lambda tx: tx.gatherings.expire(NOW + 2 * DAY, 9)) == 0
    closed = Gathering(NEW.id, NEW.invited, NOW, NOW + DAY, closed=True)
    await met.write(lambda tx: tx.gatherings.save(closed))
    assert await met.read(lambda tx: tx.gatherings.by_id(NEW.id)) == closed
    assert await met.write(lambda tx: tx.gatherings.expire(NOW + 2 * DAY, 9)) == 1


async def test_a_seat_in_a_circle_that_is_over_goes_with_it(met: GroupStore) -> None:
    def ask(tx: Tx) -> None:
        tx.rooms.add(CIRCLE)
        tx.gatherings.add(Gathering(NEW.id, NEW.invited, NOW, NOW + DAY, CIRCLE.id))
        tx.rooms.close(CIRCLE.id, Ending.GOODBYE, NOW)

    await met.write(ask)
    found = await met.read(lambda tx: tx.gatherings.by_id(NEW.id))
    assert found is not None
    assert found.room == CIRCLE.id
    assert await met.read(lambda tx: tx.gatherings.filling(CIRCLE.id))
    await met.write(lambda tx: tx.rooms.expire(NOW + DAY, 9))
    assert await met.read(lambda tx: tx.gatherings.by_id(NEW.id)) is None


async def test_somebody_may_leave_a_circle_and_come_back(met: GroupStore) -> None:
    await met.write(lambda tx: tx.rooms.add(CIRCLE))
    await met.write(lambda tx: tx.rooms.leave(CIRCLE.id, ANN, NOW))
    (room,) = await met.read(lambda tx: tx.rooms.circles(3, 9))
    assert [seat.member for seat in room.seats] == [BEN]
    assert [(seat.member, seat.place) for seat in room.left] == [(ANN, 0)]
    assert (room.holds(ANN), room.saw(ANN), room.saw(BEN)) == (False, True, True)
    assert room.alias_of(ANN) == "Otter"
    assert room.at("0", BEN) == Seat(ANN, "Otter")
    assert (room.at("1", BEN), room.at("7", BEN)) == (None, None)
    assert await met.read(lambda tx: tx.rooms.open_of(ANN)) == []
    assert [room.id for room in await met.read(lambda tx: tx.rooms.open_of(BEN))] == [CIRCLE.id]
    assert await met.read(lambda tx: tx.rooms.circles(1, 9)) == []
    await met.write(lambda tx: tx.rooms.sit(CIRCLE.id, Seat(ANN, "Heron")))
    (room,) = await met.read(lambda tx: tx.rooms.circles(3, 9))
    assert [(seat.alias, seat.place) for seat in room.seats] == [("Heron", 0), ("Heron", 1)]


def test_a_gathering_is_settled_when_all_answered_or_its_time_is_over() -> None:
    assert not NEW.settled(NOW)
    assert NEW.settled(NOW + DAY)
    both = NEW.answered(ANN, OfferReply.YES).answered(BEN, OfferReply.PASS)
    assert both.settled(NOW)
    assert [one.member for one in both.coming()] == [ANN]
    assert NEW.seat(BEN) == Invited(BEN, "Heron")
    assert NEW.seat(MemberId("nobody")) is None
