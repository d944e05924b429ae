from dataclasses import replace
from datetime import timedelta
from functools import partial

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Address, MessageId, NoteId
from buddybot.domain.talk.rooms import Room, RoomKind
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.receipts import Part
from buddybot.store.matching.ties import TieKind
from buddybot.store.people.one_time_words import Pass
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW

PLACE = MemberId("place")
SPOT = Address("web", "main", "nights")
MINUTE = timedelta(minutes=1)
PHONE = Address("phone", "main", "ann's phone")
NOTE, MESSAGE = NoteId("note"), MessageId("7")


def link(address: Address, tx: Tx) -> None:
    tx.members.link(ANN, address)


def elsewhere(address: Address, tx: Tx) -> None:
    tx.members.elsewhere(ANN, address)


async def test_an_alias_is_its_owners_and_free_for_nobody_else_there(people: GroupStore) -> None:
    await people.write(lambda tx: tx.channels.seat("nights", ANN, "Quiet Otter", NOW))
    assert await people.read(lambda tx: tx.channels.alias("nights", ANN)) == "Quiet Otter"
    assert await people.read(lambda tx: tx.channels.alias("nights", BEN)) is None
    assert not await people.read(lambda tx: tx.channels.is_free("nights", "quiet otter"))
    assert await people.read(lambda tx: tx.channels.is_free("days", "Quiet Otter"))
    assert await people.read(lambda tx: tx.channels.seats_of(ANN)) == [("nights", "Quiet Otter")]
    await people.write(lambda tx: tx.members.forget(ANN))
    assert await people.read(lambda tx: tx.channels.is_free("nights", "Quiet Otter"))
    assert await people.read(lambda tx: tx.channels.seats_of(ANN)) == []


async def test_a_seat_is_handed_over_to_who_has_none_there(people: GroupStore) -> None:
    def hand_over(tx: Tx) -> None:
        tx.channels.seat("nights", ANN, "Quiet Otter", NOW)
        tx.channels.seat("days", ANN, "Blue Heron", NOW)
        tx.channels.seat("days", BEN, "Red Fox", NOW)
        for channel, alias in tx.channels.seats_of(ANN):
            tx.channels.hand_over(channel, alias, ANN, BEN, NOW)

    await people.write(hand_over)
    assert await people.read(lambda tx: tx.channels.seats_of(BEN)) == [("days", "Red Fox"), ("nights", "Quiet Otter")]
    assert await people.read(lambda tx: tx.channels.seats_of(ANN)) == []


async def test_the_bot_speaks_up_in_a_place_seldom(people: GroupStore) -> None:
    await people.write(lambda tx: tx.places.add(PLACE, "nights", SPOT, "en", NOW))
    assert await people.read(lambda tx: tx.channels.full_at(PLACE, NOW)) == NOW
    await people.write(lambda tx: tx.channels.crowd(PLACE, NOW + MINUTE))
    assert await people.read(lambda tx: tx.channels.full_at(PLACE, NOW)) == NOW + MINUTE
    assert await people.write(lambda tx: tx.channels.may_notice(PLACE, NOW, NOW - MINUTE))
    assert not await people.write(lambda tx: tx.channels.may_notice(PLACE, NOW, NOW - MINUTE))
    assert await people.write(lambda tx: tx.channels.may_notice(PLACE, NOW + 2 * MINUTE, NOW + MINUTE))
    await people.write(lambda tx: tx.places.close(PLACE))
    assert await people.read(lambda tx: tx.channels.full_at(PLACE, NOW)) == NOW


async def test_a_word_works_once_and_not_for_long(people: GroupStore) -> None:
    def give(tx: Tx) -> None:
        tx.passes.give("old", Pass(ANN), NOW + MINUTE)
        tx.passes.give("new", Pass(ANN), NOW + MINUTE)
        tx.passes.give("clinic", Pass(label="Harbour clinic"), NOW + MINUTE)
        tx.passes.give("late", Pass(BEN), NOW)

    await people.write(give)
    assert await people.read(lambda tx: tx.passes.count(ANN)) == 1
    found = await people.write(lambda tx: [tx.passes.find(word, NOW) for word in ("old", "new", "clinic")])
    assert found == [None, Pass(ANN), Pass(label="Harbour clinic")]
    await people.write(lambda tx: tx.passes.use("new"))
    assert await people.read(lambda tx: tx.passes.find("new", NOW)) is None
    assert await people.write(lambda tx: tx.passes.expire(NOW)) == 1
    assert await people.write(lambda tx: tx.passes.find("late", NOW - MINUTE)) is None


async def test_a_member_is_written_to_where_they_were_last(people: GroupStore) -> None:
    home = await people.read(lambda tx: tx.members.address(ANN))
    assert home is not None
    for one in (home, PHONE):
        await people.write(partial(link, one))
    assert await people.read(lambda tx: tx.members.addresses(ANN)) == (PHONE, home)
    await people.write(lambda tx: tx.members.used(home))
    assert await people.read(lambda tx: tx.members.address(ANN)) == home
    assert await people.read(lambda tx: tx.members.address(ANN, "phone/main")) == PHONE
    assert await people.read(lambda tx: tx.members.hash_of(ANN)) == await people.read(
        lambda tx: tx.members.person(home)
    )
    for nobody_at in (home, PHONE, home):
        await people.write(partial(elsewhere, nobody_at))
    assert await people.read(lambda tx: tx.members.address(ANN)) == PHONE
    other = replace(PHONE, account="another phone")
    await people.write(lambda tx: tx.members.link(ANN, other))
    assert await people.read(lambda tx: tx.members.addresses(ANN)) == (other, home)
    await people.write(lambda tx: tx.members.unlink(other))
    assert await people.read(lambda tx: tx.members.addresses(ANN)) == (home,)


async def test_a_receipt_knows_by_which_route_a_note_came(people: GroupStore) -> None:
    home = await people.read(lambda tx: tx.members.address(ANN))
    assert home is not None
    await people.write(lambda tx: tx.receipts.put(ANN, MESSAGE, NOTE, Part.AUTHOR, NOW))
    assert await people.read(lambda tx: tx.receipts.shown(ANN, NOTE)) == (MESSAGE, f"{home.platform}/{home.identity}")
    await people.write(lambda tx: tx.receipts.put(ANN, MESSAGE, NOTE, Part.COPY, NOW, at=PHONE))
    assert await people.read(lambda tx: tx.receipts.shown(ANN, NOTE)) == (MESSAGE, "phone/main")
    assert await people.read(lambda tx: tx.receipts.shown(BEN, NOTE)) is None


async def test_a_tie_follows_somebody_to_another_address(people: GroupStore) -> None:
    def tie(tx: Tx) -> None:
        old, new = tx.members.person(SPOT), tx.members.person(PHONE)
        tx.ties.add(BEN, old, TieKind.BLOCKED, NOW)
        for _ in range(2):
            tx.ties.follow(old, new)

    await people.write(tie)
    assert await people.read(lambda tx: tx.ties.count(BEN)) == 2


async def test_notes_and_cases_are_handed_over(people: GroupStore) -> None:
    room = Room(RoomId("channel.nights"), RoomKind.CHANNEL, (), NOW)

    def hand_over(tx: Tx) -> None:
        tx.rooms.add(room)
        tx.rooms.add_note(NOTE, room.id, ANN, NOW)
        tx.rooms.hand_over(ANN, BEN)
        tx.cases.hand_over(ANN, BEN)

    await people.write(hand_over)
    assert await people.read(lambda tx: tx.rooms.room_of_note(NOTE)) == (room, BEN)
