from datetime import timedelta

from buddybot.domain.kernel.messages import MessageId, NoteId
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.receipts import Part, Receipt
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW

NOTE = NoteId("note")
M1, M2 = MessageId("1"), MessageId("2")


def both(tx: Tx) -> None:
    tx.receipts.put(ANN, M1, NOTE, Part.AUTHOR, NOW)
    tx.receipts.put(BEN, M1, NOTE, Part.COPY, NOW)


async def test_a_receipt_is_found_from_either_side(people: GroupStore) -> None:
    await people.write(both)
    assert await people.read(lambda tx: tx.receipts.of_message(BEN, M1)) == Receipt(BEN, NOTE, Part.COPY)
    assert await people.read(lambda tx: tx.receipts.message(BEN, NOTE)) == M1
    assert await people.read(lambda tx: tx.receipts.of_note(NOTE)) == [
        Receipt(ANN, NOTE, Part.AUTHOR),
        Receipt(BEN, NOTE, Part.COPY),
    ]


async def test_what_is_unknown_is_none(people: GroupStore) -> None:
    assert await people.read(lambda tx: tx.receipts.of_message(BEN, M1)) is None
    assert await people.read(lambda tx: tx.receipts.message(BEN, NOTE)) is None


async def test_a_note_shown_again_points_to_its_newest_message(people: GroupStore) -> None:
    await people.write(both)
    await people.write(lambda tx: tx.receipts.put(BEN, M2, NOTE, Part.COPY, NOW))
    assert await people.read(lambda tx: tx.receipts.message(BEN, NOTE)) == M2
    assert await people.read(lambda tx: tx.receipts.of_message(BEN, M1)) is None


async def test_a_message_that_comes_to_show_another_note_belongs_to_that(people: GroupStore) -> None:
    await people.write(both)
    await people.write(lambda tx: tx.receipts.put(BEN, M1, NoteId("other"), Part.COPY, NOW))
    assert await people.read(lambda tx: tx.receipts.message(BEN, NOTE)) is None
    assert await people.read(lambda tx: tx.receipts.message(BEN, NoteId("other"))) == M1


async def test_receipts_expire(people: GroupStore) -> None:
    await people.write(both)
    assert await people.write(lambda tx: tx.receipts.expire(NOW, 9)) == 0
    assert await people.write(lambda tx: tx.receipts.expire(NOW + timedelta(days=1), 9)) == 2


async def test_forgetting_someone_takes_only_their_receipts(people: GroupStore) -> None:
    await people.write(both)
    assert await people.write(lambda tx: tx.receipts.forget(BEN)) == 1
    assert await people.read(lambda tx: tx.receipts.message(ANN, NOTE)) == M1


async def test_an_erased_member_gets_no_receipt_and_no_new_key(people: GroupStore) -> None:
    await people.write(both)
    await people.write(lambda tx: tx.vault.destroy(BEN))
    await people.write(lambda tx: tx.receipts.put(BEN, M2, NOTE, Part.COPY, NOW))
    assert await people.read(lambda tx: tx.receipts.message(BEN, NOTE)) is None
    assert await people.read(lambda tx: tx.vault.knows(BEN)) is False


async def test_message_ids_are_not_readable(people: GroupStore) -> None:
    await people.write(lambda tx: tx.receipts.put(ANN, MessageId("canary"), NOTE, Part.AUTHOR, NOW))
    (row,) = await people.read(lambda tx: tx.db.rows("SELECT message, sealed FROM receipt"))
    assert not any(b"canary" in bytes(cell) for cell in row)
