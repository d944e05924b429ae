from datetime import UTC, timedelta

import pytest

from buddybot.domain.kernel.ids import OfferId, RoomId
from buddybot.domain.kernel.messages import Address, NoteId
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.people.quiet_hours import QuietHours
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.matching.outcomes import Kept
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW

DAY = timedelta(days=1)
ROOM = Room(RoomId("room"), RoomKind.TALK, (Seat(ANN, "Otter", 0), Seat(BEN, "Heron", 1)), NOW)
FACTORS = {"hours": 0.5, "now": None}
OFFER = OfferId("offer")


@pytest.fixture
async def met(store: GroupStore) -> GroupStore:
    """The store, with an offer of Ann and Ben, and a room."""

    def meet(tx: Tx) -> None:
        for one in (ANN, BEN):
            tx.members.add(Member(one, Stage.HOME, "en", NOW, NOW), Address("web", "main", f"account of {one}"))
        tx.rooms.add(ROOM)
        tx.outcomes.offered(OFFER, FACTORS, NOW)

    await store.write(meet)
    return store


async def test_an_offer_keeps_its_factors_and_gets_a_room_and_taps(met: GroupStore) -> None:
    assert await met.read(lambda tx: tx.outcomes.all()) == [Kept(FACTORS, NOW, None, False, {})]

    def go_on(tx: Tx) -> None:
        tx.outcomes.met(OFFER, ROOM.id)
        tx.outcomes.talked(ROOM.id)
        tx.outcomes.rate(ROOM.id, ANN, 3, "safe", 1)
        tx.outcomes.rate(ROOM.id, ANN, 3, "safe", 2)
        tx.outcomes.rate(ROOM.id, BEN, 3, "safe", 0)

    await met.write(go_on)
    assert await met.read(lambda tx: tx.outcomes.all()) == [Kept(FACTORS, NOW, ROOM.id, True, {"safe": (2, 0)})]
    assert await met.read(lambda tx: tx.outcomes.ratings(ANN)) == [(3, "safe", 2)]
    await met.write(lambda tx: tx.vault.destroy(ANN))
    assert await met.read(lambda tx: tx.outcomes.ratings(ANN)) == []
    assert (await met.read(lambda tx: tx.outcomes.all()))[0].answers == {"safe": (0,)}


async def test_old_offers_are_forgotten(met: GroupStore) -> None:
    assert await met.write(lambda tx: tx.outcomes.expire(NOW, 9)) == 0
    assert await met.write(lambda tx: tx.outcomes.expire(NOW + DAY, 9)) == 1


async def test_a_room_knows_who_spoke_when_it_closed_and_who_came_to_talk(met: GroupStore) -> None:
    await met.write(lambda tx: tx.rooms.add_note(NoteId("a"), ROOM.id, ANN, NOW))
    await met.write(lambda tx: tx.rooms.add_note(NoteId("b"), ROOM.id, ANN, NOW + DAY))
    assert await met.read(lambda tx: tx.rooms.spoke(ROOM.id)) == {ANN: NOW + DAY}
    assert await met.read(lambda tx: tx.rooms.closed_at(ROOM.id)) is None
    await met.write(lambda tx: tx.rooms.close(ROOM.id, Ending.TIME, NOW + DAY))
    assert await met.read(lambda tx: tx.rooms.closed_at(ROOM.id)) == NOW + DAY
    assert await met.read(lambda tx: tx.rooms.talks_given(BEN, NOW)) == 1
    assert await met.read(lambda tx: tx.rooms.talks_given(ANN, NOW)) == 0
    assert await met.read(lambda tx: tx.rooms.talks_given(BEN, NOW + DAY)) == 0


async def test_a_watch_is_set_put_off_and_dropped(met: GroupStore) -> None:
    await met.write(lambda tx: tx.oncall.set(ANN, QuietHours(22, 2)))
    await met.write(lambda tx: tx.oncall.off(ANN, NOW + DAY))
    (watch,) = await met.read(lambda tx: tx.oncall.watches())
    assert (watch.hours, watch.off_until, watch.asked_at) == (QuietHours(22, 2), NOW + DAY, None)
    assert not watch.stands(UTC, NOW)
    await met.write(lambda tx: tx.oncall.set(ANN, QuietHours(0, 23)))
    (watch,) = await met.read(lambda tx: tx.oncall.watches())
    assert watch.stands(None, NOW)
    assert await met.write(lambda tx: tx.oncall.drop(ANN))
    assert not await met.write(lambda tx: tx.oncall.drop(ANN))


async def test_a_call_names_who_was_asked_and_ends_once(met: GroupStore) -> None:
    await met.write(lambda tx: tx.oncall.set(BEN, QuietHours(0, 23)))
    await met.write(lambda tx: tx.oncall.call("call", ANN, [BEN], NOW, NOW + DAY))
    call = await met.read(lambda tx: tx.oncall.find("call"))
    assert call is not None
    assert (call.member, call.asked) == (ANN, (BEN,))
    assert await met.read(lambda tx: tx.oncall.of(ANN)) == "call"
    assert await met.read(lambda tx: tx.oncall.of(BEN)) is None
    assert (await met.read(lambda tx: tx.oncall.watches()))[0].asked_at == NOW
    await met.write(lambda tx: tx.oncall.refuse("call", BEN))
    assert await met.write(lambda tx: tx.oncall.end("call"))
    assert not await met.write(lambda tx: tx.oncall.end("call"))
    assert await met.read(lambda tx: tx.oncall.find("call")) is None
