"""The table of what is held: each table of the schema stands there, and what it says of the end is what happens."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Address
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.people.members import Member, Stage
from buddybot.service.people import erasure
from buddybot.store.kernel.db import Db, Value, stamp
from buddybot.store.kernel.migrations import migrations
from buddybot.store.kernel.sql import statements
from buddybot.store.rows import tables
from buddybot.store.tx import Tx
from buddybot.testing import MORNING, Clock, TestBot, running

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"
KEPT_ONE, LONG = MemberId("kept"), timedelta(days=3 * 365)
THIS_LONG = re.compile(r"\b\d+ (?:minutes|hours|days)\b|\b(?:a day|a week|an hour|two years|five minutes|12 hours)\b")
LASTS = re.compile(r"\buntil\b|\balways\b|\bwhile\b|\bfor good\b")
OURS: Mapping[str, dict[str, Value]] = {
    "outbox": {"kind": "send", "state": "parked", "held": 0},
    "crowd": {"place": "kept"},
    "receipt": {"part": "copy"},
    "question": {"aged": 0},
    "room": {"kind": "pair", "ending": "goodbye"},
    "offer": {"closed": 1},
    "gathering": {"closed": 1},
    "case_file": {"state": "closed"},
    "story": {"state": "waiting"},
    "mentor": {"state": "stopped"},
    "sanction": {"step": "warn", "severity": 1, "rule": 1},
    "tie": {"kind": "paired"},
    "removal": {"step": "removal"},
    "desk": {"kind": "session"},
    "staff": {"role": "moderator"},
    "timer": {"kind": "retention-test", "member": "kept"},
    "proposal": {"kind": "removal"},
}
"""What a row must say to be one of those whose time has come."""
STAY = {
    "member": "the sweep warns members, and erases those whom nobody hears of; this one was heard of today",
    "route": "with the member",
    "channel_seat": "with the member",
    "place": "while the place exists",
    "crowd": "with the place",
    "channel_tune": "while it is set",
    "circle_wish": "until it is met",
    "on_call": "until they say off",
    "timer": "until it rings; some always run",
    "counted": "until they are erased",
    "published": "always, so that no number is worked out twice",
    "own_care": "until they are erased",
    "own_date": "until they take it away, or are erased",
    "thread": "until they are erased",
    "push": "until they say off, or are erased",
    "case_thread": "with the case: another case is open",
    "recusal": "with the case: another case is open",
    "keyring": "always",
    "line": "while the page is open: it goes with its process",
    "process": "while it runs: the others remove its row, on PostgreSQL",
    "lease": "while anybody runs",
    "bot_account": "while the house has a database: it says nothing of a member",
    "audit_mark": "the last mark signs where the log begins",
}
NOT_OURS = {
    "audit_mark",
    "published",
    "keyring",
    "staff",
    "timer",
    "channel_tune",
    "process",
    "lease",
    "line",
    "bot_account",
}


def listed() -> dict[str, list[str]]:
    """Return what the page says of each table: how long it is kept, row by row."""
    found: dict[str, list[str]] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) == 4:
            for name in re.findall(r"`(\w+)`(?! \()", re.sub(r"\(`\w+`\)", "", cells[1])):
                found.setdefault(name, []).append(cells[3])
    return found


def schema() -> set[str]:
    return {table.name for table in tables()} | {"migration"}


def test_every_table_of_the_schema_stands_on_the_page_and_no_other() -> None:
    assert set(listed()) == schema()


@pytest.mark.parametrize("name", sorted(schema()))
def test_the_page_says_of_each_table_what_ends_it(name: str) -> None:
    assert all(THIS_LONG.search(kept) or LASTS.search(kept) or "with the" in kept for kept in listed()[name])


def filled(tx: Tx) -> None:
    """Put one row into every table, written long ago; whatever hangs on a member hangs on one who stays."""
    for table in tables():
        if table.name in {"member", "keyring", "audit", "audit_mark"}:
            continue
        values = _row(table.name) | OURS.get(table.name, {})
        columns = ", ".join(values)
        tx.db.run(
            f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join(f':{one}' for one in values)})"
            " ON CONFLICT DO NOTHING",
            **values,
        )


def _row(name: str) -> dict[str, Value]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for step in migrations("sqlite"):
            for statement in statements(step.script):
                made.execute(statement)
        columns = made.execute(f"PRAGMA table_info({name})").fetchall()
        members = {row[3] for row in made.execute(f"PRAGMA foreign_key_list({name})") if row[2] == "member"}
    by_type: dict[str, Value] = {"TEXT": "x", "INTEGER": stamp(MORNING), "BLOB": b"x" * 40, "REAL": 0.0}
    return {
        column: KEPT_ONE if column in members else by_type[kind]
        for _, column, kind, *_ in columns
        if (name, column) not in {("outbox", "id"), ("question", "id")}
    }


async def left(bot: TestBot) -> set[str]:
    return await bot.house.store.read(lambda tx: _inhabited(tx.db))


def _inhabited(db: Db) -> set[str]:
    return {table.name for table in tables() if db.row(f"SELECT 1 FROM {table.name} LIMIT 1") is not None}


async def test_the_sweep_keeps_what_the_page_promises_for_every_table(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        later = MORNING + LONG
        one = Member(KEPT_ONE, Stage.HOME, "en", MORNING, later, consent="1")
        store = bot.house.store
        await store.write(lambda tx: tx.members.add(one, Address("fake", "main", "account-of-kept")))
        for _ in range(101):
            await store.write(lambda tx: tx.audit.add(MORNING, "bot", "end", "x"))
        await store.write(filled)
        assert await left(bot) == {table.name for table in tables()}
    async with running(tmp_path, clock=Clock(later)) as bot:
        for _ in range(50):
            bot.clock.at += timedelta(minutes=10)
            await bot.tick()
        stayed = await left(bot) - {"audit"}
        assert stayed - set(STAY) == set(), "these have a time on the page, and stay after it"
        for name in stayed:
            assert any(LASTS.search(kept) or "with the" in kept for kept in listed()[name]), name
        await bot.house.store.write(lambda tx: erasure.erase_member(bot.house.engine.turn(tx), KEPT_ONE))
        assert await left(bot) - {"audit"} - NOT_OURS == set()
