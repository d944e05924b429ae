from datetime import datetime, timedelta

import pytest

from buddybot.domain.kernel.messages import Content, Edit, Effect, Mark, NoteId, Passage, React, Retract, Send, Span
from buddybot.domain.kernel.places import Admit, Restrict, Restriction, Tune
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.effect_codec import packed
from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.outbox import Parcel, SendPriority
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW, admit

NOTE = NoteId("note")
SECOND = timedelta(seconds=1)
MORNING = NOW + timedelta(hours=8)
WEEK = timedelta(days=7)


def text(words: str, note: NoteId | None = None) -> Send:
    return Send(Content((Span(words),)), note)


def name(effect: Effect | None) -> str:
    return effect.content.text if isinstance(effect, Send) else type(effect).__name__


def shown(tx: Tx, now: datetime = NOW) -> list[str]:
    """Deliver what is due for Ben, and return it."""
    found = []
    while (parcel := tx.outbox.next(BEN, now)) is not None:
        found.append(name(tx.outbox.effect(parcel)))
        assert tx.outbox.delivered(parcel)
    return found


def head(tx: Tx, now: datetime = NOW) -> Parcel:
    parcel = tx.outbox.next(BEN, now)
    assert parcel is not None
    return parcel


async def test_a_queue_comes_out_in_the_order_it_went_in(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        for number in range(12):
            tx.outbox.add(BEN, text(str(number)), NOW)

    await people.write(fill)
    assert await people.write(shown) == [str(number) for number in range(12)]
    assert await people.read(lambda tx: tx.outbox.waiting(BEN)) == 0


@pytest.mark.parametrize(
    "effect",
    [
        text("hello"),
        text("a copy", NOTE),
        Edit(NOTE, Content((Span("other words"),))),
        Retract(NOTE),
        React(NOTE, "👍"),
        Mark(NOTE, Passage.PASSED_ON),
        Restrict("account of ann", Restriction.MUTE, NOW),
        Admit("account of ann", welcome=True),
        Tune(30, locked=False),
    ],
    ids=lambda effect: type(effect).__name__,
)
async def test_every_kind_of_effect_comes_out_as_it_went_in(people: GroupStore, effect: Effect) -> None:
    def through(tx: Tx) -> tuple[Effect | None, Parcel]:
        tx.outbox.add(BEN, effect, NOW)
        parcel = head(tx)
        return tx.outbox.effect(parcel), parcel

    opened, parcel = await people.write(through)
    assert opened == effect
    assert (parcel.note, parcel.platform, parcel.identity) == (getattr(effect, "note", None), "web", "main")


async def test_crisis_goes_first(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("small talk"), NOW)
        tx.outbox.add(BEN, text("help lines"), NOW, SendPriority.CRISIS)

    await people.write(fill)
    assert await people.write(shown) == ["help lines", "small talk"]


async def test_a_row_that_waits_for_another_try_holds_up_the_queue_but_not_a_crisis(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("first"), NOW)
        tx.outbox.add(BEN, text("second"), NOW)
        tx.outbox.later(head(tx), NOW + 30 * SECOND, unknown=False)

    await people.write(fill)
    assert await people.write(shown) == []
    await people.write(lambda tx: tx.outbox.add(BEN, text("help lines"), NOW, SendPriority.CRISIS))
    assert await people.write(shown) == ["help lines"]
    assert await people.write(lambda tx: shown(tx, NOW + 30 * SECOND)) == ["first", "second"]


async def test_a_row_held_for_the_morning_does_not_hold_up_what_comes_after(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("from Ann", NOTE), NOW, due=MORNING)
        tx.outbox.add(BEN, text("the bot answers"), NOW)

    await people.write(fill)
    assert await people.write(shown) == ["the bot answers"]
    assert await people.write(lambda tx: shown(tx, MORNING)) == ["from Ann"]


async def test_what_changes_a_held_note_never_overtakes_it(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("from Ann", NOTE), NOW, due=MORNING)
        tx.outbox.add(BEN, Retract(NOTE), NOW)

    await people.write(fill)
    assert await people.write(shown) == []
    assert await people.write(lambda tx: shown(tx, MORNING)) == ["from Ann", "Retract"]


async def test_held_rows_are_found_when_they_come_due_and_not_before(people: GroupStore) -> None:
    await people.write(lambda tx: tx.outbox.add(BEN, text("later"), NOW, due=MORNING))
    assert await people.read(lambda tx: tx.outbox.due_between(NOW, MORNING - SECOND)) == []
    assert await people.read(lambda tx: tx.outbox.due_between(MORNING - SECOND, MORNING)) == [BEN]


async def test_held_rows_can_be_let_go_all_or_one_note(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("one", NOTE), NOW, due=MORNING)
        tx.outbox.add(BEN, text("two", NoteId("two")), NOW, due=MORNING)

    await people.write(fill)
    assert await people.write(lambda tx: tx.outbox.release(BEN, NOW, NoteId("two")))
    assert await people.write(shown) == ["two"]
    assert await people.write(lambda tx: (tx.outbox.release(BEN, NOW), tx.outbox.woken)) == (True, {BEN})
    assert await people.write(lambda tx: tx.outbox.release(BEN, NOW)) is False
    assert await people.write(shown) == ["one"]


async def test_after_a_crash_only_what_may_have_been_sent_counts_as_a_repeat(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(ANN, text("head of an empty queue"), NOW)
        tx.outbox.add(ANN, text("behind it"), NOW)
        tx.outbox.add(BEN, text("held"), NOW, due=MORNING)

    await people.write(fill)
    assert await people.write(lambda tx: tx.outbox.restarted()) == 1

    def unknown(tx: Tx) -> list[bool]:
        found = []
        while (parcel := tx.outbox.next(ANN, NOW)) is not None:
            found.append(parcel.unknown)
            tx.outbox.delivered(parcel)
        return found

    assert await people.write(unknown) == [True, False]


async def test_after_an_orderly_stop_only_what_did_not_land_counts_as_a_repeat(people: GroupStore) -> None:
    def stop(tx: Tx) -> tuple[bool, bool]:
        for member in (ANN, BEN):
            tx.outbox.add(member, text("hello"), NOW)
        flying = head(tx)
        tx.outbox.rest([flying.id, 999])
        landed = tx.outbox.next(ANN, NOW)
        assert landed is not None
        return landed.claimed, head(tx).unknown

    assert await people.write(stop) == (False, True)


async def test_a_claim_can_be_given_back_when_nobody_was_there(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("hello"), NOW)
        tx.outbox.unclaim(head(tx))

    await people.write(fill)
    assert (await people.read(head)).claimed is False
    await people.write(lambda tx: tx.outbox.claim(head(tx), "k"))
    assert (await people.read(head)).claimed is True


@pytest.mark.parametrize("doubts", [(1, 0), (0, 1), (0, 0)])
async def test_a_doubt_about_an_earlier_try_is_never_forgotten(people: GroupStore, doubts: tuple[int, int]) -> None:
    def tries(tx: Tx) -> tuple[bool, int]:
        tx.outbox.add(BEN, text("hello"), NOW)
        for doubt in doubts:
            tx.outbox.later(head(tx), NOW, unknown=bool(doubt))
        return head(tx).unknown, head(tx).attempts

    assert await people.write(tries) == (any(doubts), 2)


async def test_a_parked_row_loses_its_text_and_holds_up_nobody(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("poison"), NOW)
        tx.outbox.add(BEN, text("next"), NOW)
        tx.outbox.park(head(tx))

    await people.write(fill)
    assert await people.read(lambda tx: tx.db.row("SELECT sealed FROM outbox WHERE state = 'parked'")) == (b"",)
    assert await people.write(shown) == ["next"]
    assert await people.write(lambda tx: tx.outbox.expire(NOW + timedelta(days=8), WEEK, 9)) == []
    assert await people.read(lambda tx: tx.db.row("SELECT COUNT(*) FROM outbox")) == (0,)


async def test_a_note_that_still_waits_can_be_taken_back_or_changed_unseen(people: GroupStore) -> None:
    def fill(tx: Tx) -> None:
        tx.outbox.add(BEN, text("in flight", NoteId("flying")), NOW)
        tx.outbox.add(BEN, text("typo", NOTE), NOW)
        tx.outbox.add(BEN, text("regret", NoteId("regret")), NOW)

    await people.write(fill)
    assert await people.write(lambda tx: tx.outbox.replace(BEN, NOTE, text("fixed", NOTE)))
    assert await people.write(lambda tx: tx.outbox.take_back(BEN, NoteId("regret")))
    assert not await people.write(lambda tx: tx.outbox.replace(BEN, NoteId("flying"), text("too late")))
    assert not await people.write(lambda tx: tx.outbox.take_back(BEN, NoteId("flying")))
    assert await people.write(shown) == ["in flight", "fixed"]


@pytest.mark.parametrize("days", [1, 7, 14])
async def test_text_ends_an_hour_before_its_key_does_and_its_author_can_be_told(people: GroupStore, days: int) -> None:
    kept = timedelta(days=days)
    await people.write(lambda tx: tx.outbox.add(BEN, text("late", NOTE), NOW))
    almost = NOW.replace(minute=0) + kept - timedelta(hours=1)
    over = almost + timedelta(seconds=1)
    assert await people.write(lambda tx: tx.outbox.expire(almost, kept, 9)) == []
    assert not await people.read(lambda tx: tx.outbox.overdue(almost, kept))
    assert await people.read(lambda tx: tx.outbox.overdue(over, kept))
    (parcel,) = await people.write(lambda tx: tx.outbox.expire(over, kept, 9))
    assert (parcel.recipient, parcel.note, parcel.kind) == (BEN, NOTE, "send")
    assert await people.read(lambda tx: tx.outbox.waiting(BEN)) == 0


async def test_a_row_whose_hour_key_is_gone_shows_nothing(people: GroupStore) -> None:
    await people.write(lambda tx: tx.outbox.add(BEN, text("gone"), NOW))
    await people.write(lambda tx: tx.outbox.drop_keys(NOW.replace(minute=0) + WEEK, WEEK))
    assert await people.read(lambda tx: tx.outbox.effect(head(tx))) == text("gone")
    assert await people.read(lambda tx: tx.outbox.old_keys(NOW + WEEK, WEEK))
    await people.write(lambda tx: tx.outbox.drop_keys(NOW + WEEK, WEEK))
    assert await people.read(lambda tx: tx.outbox.effect(head(tx))) is None
    assert not await people.read(lambda tx: tx.outbox.old_keys(NOW + WEEK, WEEK))


async def test_a_row_from_before_opens_and_ends_with_its_day(people: GroupStore) -> None:
    def as_it_was(tx: Tx) -> None:
        tx.outbox.add(BEN, text("old", NOTE), NOW)
        sealed = tx.vault.seal_passing(BEN, "outbox", NOW, packed(text("old", NOTE))[2])
        tx.db.run("UPDATE outbox SET sealed = :sealed, short = 1, state = 'waiting'", sealed=sealed)
        tx.outbox.add(BEN, text("new"), NOW)

    await people.write(as_it_was)
    assert await people.write(lambda tx: tx.outbox.effect(head(tx))) == text("old", NOTE)
    assert await people.write(lambda tx: tx.outbox.replace(BEN, NOTE, text("mended", NOTE)))
    over = NOW + timedelta(hours=24)
    await people.write(lambda tx: tx.outbox.drop_keys(over, WEEK))
    assert await people.write(lambda tx: tx.outbox.effect(head(tx))) == text("mended", NOTE)
    assert [row.note for row in await people.write(lambda tx: tx.outbox.expire(over, WEEK, 9))] == [NOTE]
    assert await people.write(shown) == ["new"]


async def test_a_shorter_limit_counts_for_what_waits_already(people: GroupStore) -> None:
    await people.write(lambda tx: tx.outbox.add(BEN, text("late", NOTE), NOW))
    later = NOW + timedelta(days=2)
    assert await people.write(lambda tx: tx.outbox.expire(later, WEEK, 9)) == []
    assert len(await people.write(lambda tx: tx.outbox.expire(later, timedelta(days=2), 9))) == 1


async def test_a_key_of_an_hour_to_come_goes_and_what_needs_it_is_sealed_anew(people: GroupStore) -> None:
    ahead = NOW + timedelta(days=30)
    await people.write(lambda tx: tx.outbox.add(BEN, text("by a clock that was ahead"), ahead))
    copy = await people.read(lambda tx: bytes(tx.db.rows("SELECT sealed FROM outbox")[0][0]))
    await people.write(lambda tx: tx.outbox.add(BEN, text("now"), NOW))
    assert await people.read(lambda tx: tx.vault.open_passing(BEN, "outbox", copy)) is not None
    await people.write(lambda tx: tx.outbox.drop_keys_ahead(NOW))
    assert await people.read(lambda tx: tx.vault.open_passing(BEN, "outbox", copy)) is None
    assert await people.write(shown) == ["by a clock that was ahead", "now"]


async def test_forgetting_someone_empties_their_queue_and_only_theirs(people: GroupStore) -> None:
    def fill(tx: Tx) -> int:
        tx.outbox.add(ANN, text("for Ann"), NOW)
        tx.outbox.add(BEN, text("for Ben"), NOW)
        return tx.outbox.forget(ANN)

    assert await people.write(fill) == 1
    assert await people.read(lambda tx: (tx.outbox.waiting(ANN), tx.outbox.waiting(BEN))) == (0, 1)


async def test_nothing_is_queued_for_someone_who_was_erased(people: GroupStore) -> None:
    await people.write(lambda tx: tx.vault.destroy(BEN))
    with pytest.raises(KeyTrouble, match="no key"):
        await people.write(lambda tx: tx.outbox.add(BEN, text("too late"), NOW))


async def test_someone_without_a_known_address_can_be_queued_for(store: GroupStore) -> None:
    def fill(tx: Tx) -> str:
        admit(BEN, tx)
        tx.db.run("DELETE FROM route")
        tx.outbox.add(BEN, text("hello"), NOW)
        return head(tx).platform

    assert await store.write(fill) == ""


async def test_a_delivery_that_was_forgotten_meanwhile_is_not_counted(people: GroupStore) -> None:
    def lost(tx: Tx) -> bool:
        tx.outbox.add(BEN, text("hello"), NOW)
        parcel = head(tx)
        tx.outbox.forget(BEN)
        return tx.outbox.delivered(parcel)

    assert await people.write(lost) is False


async def test_no_text_is_in_a_parcel_that_is_printed(people: GroupStore) -> None:
    await people.write(lambda tx: tx.outbox.add(BEN, text("canary"), NOW))
    parcel = await people.read(head)
    assert "sealed" not in repr(parcel)
    assert b"canary" not in parcel.sealed
