"""The audit log: any change, gap or reorder is found."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buddybot.domain.moderation.audit import AuditEntry, ChainEnd, trouble
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.tx import Tx
from tests.store.cast import NOW

MANY = 1000


def fill(tx: Tx, count: int) -> None:
    for number in range(count):
        tx.audit.add(NOW + timedelta(minutes=number), f"who{number % 7}", "warn", f"case{number}", "8")


def flipped(entry: AuditEntry) -> list[AuditEntry]:
    """Return the entry with one bit of each of its bytes turned over, one byte at a time."""
    changed = [
        replace(entry, number=entry.number ^ 1 << 4),
        replace(entry, hash=bytes((entry.hash[0] ^ 1,)) + entry.hash[1:]),
    ]
    changed += [replace(entry, at=entry.at ^ 1 << 8 * place) for place in range(7)]
    for name in ("who", "what", "item", "detail"):
        word: str = getattr(entry, name)
        for place, char in enumerate(word):
            other = word[:place] + chr(ord(char) ^ 1) + word[place + 1 :]
            changed.append(
                AuditEntry(
                    entry.number,
                    entry.at,
                    other if name == "who" else entry.who,
                    other if name == "what" else entry.what,
                    other if name == "item" else entry.item,
                    other if name == "detail" else entry.detail,
                    entry.hash,
                )
            )
    for place in range(len(entry.hash)):
        turned = bytearray(entry.hash)
        turned[place] ^= 1
        changed.append(replace(entry, hash=bytes(turned)))
    return changed


async def test_each_byte_of_a_thousand_entries_counts(store: GroupStore) -> None:
    await store.write(lambda tx: fill(tx, MANY))

    def check(tx: Tx) -> int:
        entries, found = tx.audit.entries(), 0
        assert tx.audit.trouble() is None
        keyed = tx.audit._keyed()
        end = tx.audit._mark("end")
        for place, entry in enumerate(entries):
            # What stands before is sound: begin there, so that a thousand entries stay quick to check.
            before = None if place == 0 else signed(tx, entries[place - 1])
            after = entries[place + 1 : place + 2]
            last = end if place >= MANY - 2 else signed(tx, after[-1], "end")
            assert trouble(keyed, before, last, [entry, *after]) is None
            for forged in flipped(entry):
                assert trouble(keyed, before, last, [forged, *after]) is not None
                found += 1
        return found

    assert await store.read(check) > 40 * MANY


def signed(tx: Tx, entry: AuditEntry, name: str = "begin") -> ChainEnd:
    from buddybot.domain.moderation.audit import signature

    keyed = tx.audit._keyed()
    return ChainEnd(entry.number, entry.hash, signature(keyed, name, entry.number, entry.hash))


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM audit WHERE number = 5",
        "DELETE FROM audit WHERE number = 10",
        "DELETE FROM audit WHERE number = 1",
        "DELETE FROM audit",
        "DELETE FROM audit_mark",
        "UPDATE audit SET number = -number WHERE number = 3",
        "UPDATE audit_mark SET number = 9",
        "UPDATE audit SET who = 'x' WHERE number = 7",
        "UPDATE audit SET item = (SELECT item FROM audit WHERE number = 2) WHERE number = 4",
    ],
)
async def test_a_change_a_gap_and_a_reorder_are_found(store: GroupStore, harm: str) -> None:
    await store.write(lambda tx: fill(tx, 10))
    assert await store.read(lambda tx: tx.audit.trouble()) is None
    await store.write(lambda tx: tx.db.run(harm))
    assert await store.read(lambda tx: tx.audit.trouble()) is not None


async def test_an_empty_log_is_sound(store: GroupStore) -> None:
    assert await store.read(lambda tx: tx.audit.trouble()) is None
    assert await store.read(lambda tx: tx.audit.count("case1")) == 0


async def test_old_segments_go_and_the_rest_still_proves_that_nothing_is_missing(store: GroupStore) -> None:
    await store.write(lambda tx: fill(tx, 250))
    assert await store.write(lambda tx: tx.audit.expire(NOW)) == 0
    assert await store.write(lambda tx: tx.audit.expire(NOW + timedelta(minutes=220))) == 200
    assert await store.read(lambda tx: tx.audit.trouble()) is None
    await store.write(lambda tx: tx.audit.add(NOW, "a", "b", "c"))
    assert await store.read(lambda tx: tx.audit.trouble()) is None
    await store.write(lambda tx: tx.db.run("DELETE FROM audit WHERE number = 201"))
    assert await store.read(lambda tx: tx.audit.trouble()) is not None
