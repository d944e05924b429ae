from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from buddybot.domain.kernel.ids import CaseId, MemberId, OfferId, PendingId, RoomId
from buddybot.domain.kernel.messages import Address, MessageId, NoteId
from buddybot.domain.matching.offers import AskedParty, Offer, OfferReply
from buddybot.domain.moderation.cases import Case, CasePriority, Concern
from buddybot.domain.people.members import Member, Private, Stage
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.matching.ties import TieKind
from buddybot.store.talk.pending import PendingNote
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW

DAY = timedelta(days=1)
HOME = Address("web", "main", "account of ann")
ANN_AS_SHE_IS = Member(
    ANN,
    Stage.LOOKING,
    "en",
    NOW - DAY,
    NOW,
    "1",
    NOW - DAY,
    NOW,
    NOW + DAY,
    Private("Annie", "IE", "Europe/Dublin", 60, urgent=(NOW,)),
)
BEN_AS_HE_IS = Member(BEN, Stage.HOME, "es", NOW, NOW)
ROOM = Room(RoomId("room"), RoomKind.PAIR, (Seat(ANN, "Otter"), Seat(BEN, "Heron")), NOW)
OFFER = Offer(
    OfferId("offer"),
    (AskedParty(ANN, "Otter"), AskedParty(BEN, "Heron")),
    0.75,
    ("evenings", "music"),
    "1",
    NOW,
    NOW + DAY,
)
CASE = Case(CaseId("case"), Concern.MEAN, CasePriority.P3, RoomId("room"), ANN, BEN, NOW, "", "what was said")
PENDING = PendingNote(PendingId("p"), ANN, RoomId("room"), "contact", MessageId("7"), "call me")
NOTE = NoteId("note")


@pytest.fixture
async def met(store: GroupStore) -> GroupStore:
    """The store, with Ann and Ben in a room."""

    def meet(tx: Tx) -> None:
        tx.members.add(ANN_AS_SHE_IS, HOME)
        tx.members.add(BEN_AS_HE_IS, Address("web", "main", "account of ben"), known=False)
        tx.rooms.add(ROOM)

    await store.write(meet)
    return store


# ── Members ─────────────────────────────────────────────────────────────────────────────


async def test_a_member_comes_back_as_they_were(met: GroupStore) -> None:
    assert await met.read(lambda tx: tx.members.by_id(ANN)) == ANN_AS_SHE_IS
    assert await met.read(lambda tx: tx.members.by_id(BEN)) == BEN_AS_HE_IS
    changed = replace(ANN_AS_SHE_IS, stage=Stage.HOME, looking_since=None, private=Private("Anna"))
    await met.write(lambda tx: tx.members.save(changed))
    assert await met.read(lambda tx: tx.members.by_id(ANN)) == changed
    assert await met.read(lambda tx: tx.pool.waiting()) == []


async def test_a_member_is_known_by_their_address_unless_it_is_only_for_a_last_word(met: GroupStore) -> None:
    assert await met.read(lambda tx: tx.members.by_address(HOME)) == ANN_AS_SHE_IS
    others = (Address("web", "main", "account of ben"), Address("web", "other", "account of ann"))
    assert await met.read(lambda tx: [tx.members.by_address(other) for other in others]) == [None, None]
    assert await met.read(lambda tx: tx.members.address(ANN)) == HOME
    assert await met.read(lambda tx: tx.members.at("web", "main", tx.members.correspondents("web", "main"))) == [HOME]
    hashed = await met.read(lambda tx: tx.members.hash_of(ANN))
    assert await met.read(lambda tx: tx.members.hashes_of(ANN)) == [hashed]
    assert await met.read(lambda tx: tx.members.hash_of(BEN)) is None


async def test_nobody_is_none(met: GroupStore) -> None:
    nobody = MemberId("nobody")
    assert await met.read(lambda tx: (tx.members.by_id(nobody), tx.members.address(nobody))) == (None, None)
    assert await met.read(lambda tx: tx.members.stage(nobody)) is None


async def test_the_pool_and_the_idle_are_found(met: GroupStore) -> None:
    assert await met.read(lambda tx: tx.pool.waiting()) == [ANN]
    assert await met.read(lambda tx: tx.members.stage(ANN)) is Stage.LOOKING
    assert await met.read(lambda tx: tx.members.idle(Stage.HOME, NOW + DAY, 9)) == [BEN]
    assert await met.read(lambda tx: tx.members.idle(Stage.HOME, NOW, 9)) == []
    assert sorted(await met.read(lambda tx: tx.members.all_ids())) == [ANN, BEN]


async def test_a_sign_of_life_is_noted_to_the_hour(met: GroupStore) -> None:
    await met.write(lambda tx: tx.members.seen(BEN_AS_HE_IS, NOW + timedelta(minutes=59)))
    assert await met.read(lambda tx: tx.members.by_id(BEN)) == BEN_AS_HE_IS
    await met.write(lambda tx: tx.members.seen(BEN_AS_HE_IS, NOW + timedelta(hours=1)))
    assert await met.read(lambda tx: tx.members.idle(Stage.HOME, NOW + timedelta(minutes=30), 9)) == []


async def test_an_erased_member_leaves_no_row_and_opens_no_more(met: GroupStore) -> None:
    await met.write(lambda tx: tx.vault.destroy(ANN))
    assert await met.read(lambda tx: (tx.members.by_id(ANN), tx.members.address(ANN))) == (None, None)
    await met.write(lambda tx: tx.members.forget(ANN))
    left = "SELECT id FROM member UNION ALL SELECT member FROM route UNION ALL SELECT member FROM seat"
    assert await met.read(lambda tx: tx.db.rows(left)) == [(BEN,)] * 3


# ── Rooms ───────────────────────────────────────────────────────────────────────────────


async def test_a_room_comes_back_with_its_aliases(met: GroupStore) -> None:
    assert await met.read(lambda tx: tx.rooms.by_id(ROOM.id)) == ROOM
    assert await met.read(lambda tx: tx.rooms.open_of(ANN)) == [ROOM]
    assert await met.read(lambda tx: tx.rooms.by_id(RoomId("none"))) is None
    assert await met.read(lambda tx: tx.rooms.latest_of(MemberId("nobody"))) is None


async def test_a_closed_room_is_known_until_it_expires_and_closes_only_once(met: GroupStore) -> None:
    await met.write(lambda tx: tx.rooms.close(ROOM.id, Ending.GOODBYE, NOW))
    await met.write(lambda tx: tx.rooms.close(ROOM.id, Ending.BLOCKED, NOW + DAY))
    closed = replace(ROOM, ending=Ending.GOODBYE)
    assert await met.read(lambda tx: (tx.rooms.open_of(ANN), tx.rooms.open_of(BEN))) == ([], [])
    assert await met.read(lambda tx: (tx.rooms.all_of(ANN), tx.rooms.latest_of(BEN))) == ([closed], closed)
    assert await met.write(lambda tx: tx.rooms.expire(NOW, 9)) == 0
    assert await met.write(lambda tx: tx.rooms.expire(NOW + timedelta(seconds=1), 9)) == 1
    assert await met.read(lambda tx: tx.rooms.by_id(ROOM.id)) is None


async def test_a_note_is_known_by_its_room_and_author_until_dropped(met: GroupStore) -> None:
    def say(tx: Tx) -> None:
        tx.rooms.add_note(NoteId("before"), ROOM.id, ANN, NOW - timedelta(minutes=1))
        tx.rooms.add_note(NOTE, ROOM.id, ANN, NOW)

    await met.write(say)
    assert await met.read(lambda tx: tx.rooms.room_of_note(NOTE)) == (ROOM, ANN)
    assert await met.read(lambda tx: tx.rooms.author_of(NOTE)) == ANN
    assert await met.read(lambda tx: tx.rooms.notes_by(ANN)) == [(NoteId("before"), ROOM.id), (NOTE, ROOM.id)]
    await met.write(lambda tx: tx.rooms.drop_note(NOTE))
    assert await met.read(lambda tx: (tx.rooms.room_of_note(NOTE), tx.rooms.author_of(NOTE))) == (None, None)
    assert await met.write(lambda tx: tx.rooms.expire_notes(NOW, 9)) == 1
    assert await met.read(lambda tx: tx.rooms.notes_by(ANN)) == []


async def test_the_alias_of_somebody_erased_is_gone(met: GroupStore) -> None:
    await met.write(lambda tx: tx.members.forget(BEN))
    room = await met.read(lambda tx: tx.rooms.by_id(ROOM.id))
    assert room is not None
    assert "Heron" not in [seat.alias for seat in room.seats]


# ── Offers ──────────────────────────────────────────────────────────────────────────────


async def test_an_offer_comes_back_as_it_was_made_and_reserves_both(met: GroupStore) -> None:
    await met.write(lambda tx: tx.offers.add(OFFER))
    assert await met.read(lambda tx: tx.offers.by_id(OFFER.id)) == OFFER
    assert await met.read(lambda tx: (tx.offers.open_for(ANN), tx.offers.open_for(BEN))) == (OFFER, OFFER)
    assert await met.read(lambda tx: tx.offers.by_id(OfferId("none"))) is None


async def test_who_says_no_is_free_and_the_other_is_not(met: GroupStore) -> None:
    answered = replace(OFFER, asked=(replace(OFFER.asked[0], reply=OfferReply.PASS, postponed=True), OFFER.asked[1]))
    await met.write(lambda tx: tx.offers.add(OFFER))
    await met.write(lambda tx: tx.offers.save(answered))
    assert await met.read(lambda tx: tx.offers.by_id(OFFER.id)) == answered
    assert await met.read(lambda tx: (tx.offers.open_for(ANN), tx.offers.open_for(BEN))) == (None, answered)


async def test_closed_offers_expire_and_open_ones_do_not(met: GroupStore) -> None:
    await met.write(lambda tx: tx.offers.add(OFFER))
    assert await met.write(lambda tx: tx.offers.expire(NOW + 9 * DAY, 9)) == 0
    await met.write(lambda tx: tx.offers.save(replace(OFFER, closed=True)))
    assert await met.read(lambda tx: (tx.offers.open_for(ANN), tx.offers.open_for(BEN))) == (None, None)
    assert await met.write(lambda tx: tx.offers.expire(NOW + 9 * DAY, 9)) == 1


async def test_an_offer_that_lost_one_of_its_two_is_none(met: GroupStore) -> None:
    await met.write(lambda tx: tx.offers.add(OFFER))
    await met.write(lambda tx: tx.vault.destroy(BEN))
    assert await met.read(lambda tx: tx.offers.by_id(OFFER.id)) is None
    await met.write(lambda tx: tx.offers.drop(OFFER.id))
    assert await met.read(lambda tx: tx.db.rows("SELECT 1 FROM offer")) == []


async def test_forgetting_someone_removes_their_offers(met: GroupStore) -> None:
    await met.write(lambda tx: tx.offers.add(OFFER))
    assert await met.write(lambda tx: tx.offers.forget(BEN)) == 1
    assert await met.read(lambda tx: (tx.offers.open_for(ANN), tx.pool.free(ANN))) == (None, False)
    await met.write(lambda tx: tx.rooms.close(ROOM.id, Ending.GOODBYE, NOW))
    assert await met.read(lambda tx: tx.pool.free(ANN))


# ── Ties, cases, notes that wait for their author ───────────────────────────────────────


async def test_a_tie_stands_until_it_runs_out(met: GroupStore) -> None:
    def tie(tx: Tx) -> None:
        tx.ties.add(ANN, b"ben", TieKind.PASSED, NOW)
        tx.ties.add(ANN, b"ben", TieKind.PASSED, NOW, NOW + DAY)
        tx.ties.add(ANN, b"cay", TieKind.KNOWN, NOW)

    await met.write(tie)
    assert await met.read(lambda tx: (tx.ties.count(ANN), tx.ties.count(BEN))) == (2, 0)
    assert await met.read(lambda tx: tx.ties.made_since(ANN, TieKind.KNOWN, NOW)) == [NOW]
    assert await met.read(lambda tx: tx.ties.made_since(ANN, TieKind.KNOWN, NOW + DAY)) == []
    assert await met.write(lambda tx: tx.ties.expire(NOW + DAY, 9)) == 0
    assert await met.write(lambda tx: tx.ties.expire(NOW + 2 * DAY, 9)) == 1
    assert await met.read(lambda tx: tx.ties.count(ANN)) == 1


@pytest.mark.parametrize(
    "case", [CASE, replace(CASE, room=None, reporter=None, about=None, shared="")], ids=["full", "bare"]
)
async def test_a_case_comes_back_as_it_was_opened(met: GroupStore, case: Case) -> None:
    await met.write(lambda tx: tx.cases.add(case))
    assert await met.read(lambda tx: tx.cases.by_id(case.id)) == case
    assert await met.read(lambda tx: tx.cases.by_id(CaseId("none"))) is None
    assert await met.read(lambda tx: tx.cases.reported_by(ANN)) == ([case] if case.reporter else [])


@pytest.mark.parametrize(
    "drop",
    [
        lambda tx: tx.cases.drop_shared(CASE.id),
        lambda tx: tx.cases.expire_shared(NOW, NOW, NOW + DAY),
        lambda tx: tx.cases.forget(BEN),
        lambda tx: tx.vault.destroy(MemberId("case:case")),
    ],
    ids=["dropped", "expired", "forgotten", "key gone"],
)
async def test_what_was_shared_in_a_case_can_go_alone(met: GroupStore, drop: Callable[[Tx], object]) -> None:
    await met.write(lambda tx: tx.cases.add(CASE))
    await met.write(drop)
    assert await met.read(lambda tx: tx.cases.by_id(CASE.id)) == replace(CASE, shared="")


async def test_only_the_words_of_crisis_cases_are_taken_back(met: GroupStore) -> None:
    crisis = replace(CASE, id=CaseId("crisis"), concern=Concern.CRISIS)

    def open_both(tx: Tx) -> None:
        tx.cases.add(CASE)
        tx.cases.add(crisis)
        tx.cases.drop_words(BEN)

    await met.write(open_both)
    assert await met.read(lambda tx: tx.cases.by_id(CASE.id)) == CASE
    assert await met.read(lambda tx: tx.cases.by_id(crisis.id)) == replace(crisis, shared="")


async def test_a_case_expires(met: GroupStore) -> None:
    await met.write(lambda tx: tx.cases.add(CASE))
    assert await met.write(lambda tx: tx.cases.expire(NOW)) == 0
    assert await met.write(lambda tx: tx.cases.expire(NOW + DAY)) == 1


async def test_a_case_outlives_the_people_in_it_without_naming_them(met: GroupStore) -> None:
    await met.write(lambda tx: tx.cases.add(CASE))
    await met.write(lambda tx: tx.members.forget(ANN))
    await met.write(lambda tx: tx.members.forget(BEN))
    assert await met.read(lambda tx: tx.cases.by_id(CASE.id)) == replace(CASE, reporter=None, about=None)


async def test_a_waiting_note_is_taken_once_and_by_its_author_only(met: GroupStore) -> None:
    await met.write(lambda tx: tx.pending.add(PENDING, NOW))
    assert await met.write(lambda tx: tx.pending.take(PENDING.id, BEN)) is None
    assert await met.write(lambda tx: tx.pending.take(PENDING.id, ANN)) == PENDING
    assert await met.write(lambda tx: tx.pending.take(PENDING.id, ANN)) is None


async def test_a_waiting_note_lives_a_day_at_most(met: GroupStore) -> None:
    await met.write(lambda tx: tx.pending.add(PENDING, NOW))
    assert await met.write(lambda tx: tx.pending.expire(NOW)) == []
    assert await met.write(lambda tx: tx.pending.expire(NOW + DAY)) == [ANN]


async def test_a_waiting_note_whose_hour_key_is_gone_is_none(met: GroupStore) -> None:
    await met.write(lambda tx: tx.pending.add(PENDING, NOW))
    await met.write(lambda tx: tx.vault.drop_hours(NOW + timedelta(hours=1)))
    assert await met.write(lambda tx: tx.pending.take(PENDING.id, ANN)) is None
