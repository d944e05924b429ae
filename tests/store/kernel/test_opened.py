"""What was opened is opened once, and by nobody any more once its key is gone."""

from pathlib import Path

import pytest

from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.opened import OPENED, OpenedCache
from buddybot.store.tx import Tx
from buddybot.testing import running
from tests.store.cast import ANN, BEN


class Read:
    """Opens something, and counts how often it had to."""

    def __init__(self, tx: Tx, member: MemberId, sealed: bytes) -> None:
        self._tx, self._member, self._sealed = tx, member, sealed
        self.times = 0

    def __call__(self) -> bytes | None:
        self.times += 1
        return self._tx.vault.open(self._member, "private", self._sealed)

    def again(self) -> bytes | None:
        """Return what it is, from memory where it was read before."""
        return self._tx.vault.decoded(self._member, "private", self._sealed, self)


async def test_a_row_is_opened_once_by_each_key_and_anew_when_it_changed(store: GroupStore) -> None:
    def look(tx: Tx) -> None:
        one, other = (Read(tx, ANN, tx.vault.seal(ANN, "private", word)) for word in (b"one", b"other"))
        assert [one.again(), one.again(), other.again()] == [b"one", b"one", b"other"]
        assert (one.times, other.times) == (1, 1)
        tx.vault.seal(BEN, "private", b"")
        with pytest.raises(Exception, match="private"):
            tx.vault.decoded(BEN, "private", one._sealed, Read(tx, BEN, one._sealed))

    await store.write(look)


async def test_with_a_destroyed_key_nothing_is_read_from_memory_from_that_moment_on(store: GroupStore) -> None:
    sealed = await store.write(lambda tx: tx.vault.seal(ANN, "private", b"words"))
    assert await store.read(lambda tx: Read(tx, ANN, sealed).again()) == b"words"

    def erase(tx: Tx) -> None:
        assert Read(tx, ANN, sealed).again() == b"words"
        tx.vault.destroy(ANN)
        assert Read(tx, ANN, sealed).again() is None

    await store.write(erase)
    assert len(OPENED) == 0
    assert await store.read(lambda tx: Read(tx, ANN, sealed).again()) is None


async def test_what_a_key_opened_that_never_was_goes_with_its_transaction(store: GroupStore) -> None:
    def fail(tx: Tx) -> None:
        assert Read(tx, ANN, tx.vault.seal(ANN, "private", b"words")).again() == b"words"
        assert len(OPENED) > 0
        raise KeyError

    with pytest.raises(KeyError):
        await store.write(fail)
    assert len(OPENED) == 0


def test_what_was_opened_before_a_key_went_is_not_kept_after_it() -> None:
    cache = OpenedCache()
    turn = cache.turn
    cache.drop()
    cache.keep("row", "words", turn)
    assert cache.find("row") is None


def test_what_is_in_use_stays_and_memory_is_bounded() -> None:
    cache = OpenedCache(most=10)
    for number in range(100):
        cache.keep(number, str(number), cache.turn)
        cache.keep("mine", "words", cache.turn) if cache.find("mine") is None else None
    assert cache.find("mine") == "words"
    assert cache.find(0) is None
    assert len(cache) <= 21


async def test_a_house_that_stops_leaves_nothing_open(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        await bot.pair("ann", "ben")
        assert len(OPENED) > 0
    assert len(OPENED) == 0
