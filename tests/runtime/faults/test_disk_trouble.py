"""The disk is in trouble at each kind of transaction of a talk: all of it waits, and happens once when that is over."""

import sqlite3
from collections.abc import Callable

import pytest

from buddybot.adapter import Passage
from buddybot.runtime.storage.sqlite import SqliteSession
from buddybot.testing import TestBot

TROUBLES = ("FULL", "BUSY", "LOCKED", "READONLY", "IOERR", "CANTOPEN")
TIMES = 3


def troubled(
    kind: str, first: int, plain: Callable[[SqliteSession, str], None]
) -> Callable[[SqliteSession, str], None]:
    """Return COMMIT as it is on such a disk: from the `first` one on it fails for a while."""
    commits = 0

    def statement(session: SqliteSession, sql: str) -> None:
        nonlocal commits
        commits += sql == "COMMIT"
        if sql == "COMMIT" and first < commits <= first + TIMES:
            error = sqlite3.OperationalError("the disk")
            error.sqlite_errorname = f"SQLITE_{kind}"
            raise error
        plain(session, sql)

    return statement


@pytest.mark.parametrize("kind", TROUBLES)
@pytest.mark.parametrize("first", range(4), ids=["received", "claimed", "settled", "later"])
async def test_a_note_waits_for_the_disk_and_arrives_once(
    bot: TestBot, monkeypatch: pytest.MonkeyPatch, kind: str, first: int
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.house.engine.intake.try_again = bot.house.dispatcher._recorder.try_again = 0.0
    with monkeypatch.context() as patch:
        patch.setattr(  # a disk that fills up at a statement
            SqliteSession, "statement", troubled(kind, first, SqliteSession.statement)
        )
        notes = [await ann.says("the same words") for _ in range(2)]
        await bot.wait(minutes=1)
    await bot.wait(minutes=11)
    assert [text.endswith("the same words") for text in ben.hears()].count(True) == len(notes)
    assert [ann.passage(note) for note in notes] == [Passage.PASSED_ON] * len(notes)
    late = await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM outbox"))
    assert late == []
