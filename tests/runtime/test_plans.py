"""Query plans of all that a day in the house asks of the database: nothing reads a table that grows from end to end."""

import re

import pytest

from buddybot.store.kernel.db import Db, Row, Value
from buddybot.store.tx import Tx
from buddybot.testing import TestBot

SMALL = {
    "programme": "a few clinics",
    "shift": "moderators",
    "proposal": "moderators",
    "looked": "moderators, four weeks",
    "staff": "moderators",
    "passkey": "moderators",
    "desk": "moderators",
    "on_call": "volunteers",
    "bot_account": "a few accounts of the bot's own",
    "cursor": "a row a channel of a platform",
    "circle_wish": "those who would like a circle just now",
    "flow": "a row a member, read once an hour: its moment changes with every note, an index would cost each",
}
"""Tables that stay small, or are worth one look an hour, and why."""
PARTIAL = {"room": "room_circle", "member": "member_looking", "mentor": "mentor_taking"}
"""Indexes that hold only open circles, those who look, mentors who take somebody: walking one is no walk through it."""


ONCE = "outbox WHERE kind IN ('send', 'edit') AND note IN (SELECT id FROM note WHERE author"
"""An erasure looks once at all that is on its way; an index for it would cost every note."""


class Asked:
    """Every statement that was carried out, with the values of its first time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: dict[str, dict[str, Value]] = {}
        for name in ("row", "rows", "run"):
            monkeypatch.setattr(Db, name, self._watched(name))  # reads along

    def _watched(self, name: str) -> object:
        plain = getattr(Db, name)

        def watched(db: Db, sql: str, **values: Value) -> object:
            self.statements.setdefault(sql, values)
            return plain(db, sql, **values)

        return watched

    def plans(self, tx: Tx) -> list[tuple[str, str]]:
        """Return each step that reads a whole table, and the statement it belongs to."""
        statements = {
            sql: values for sql, values in self.statements.items() if _changes_or_reads(sql) and ONCE not in sql
        }
        found = list[tuple[str, str]]()
        for sql, values in statements.items():
            found += [(step[3], sql) for step in tx.db.rows(f"EXPLAIN QUERY PLAN {sql}", **values) if _walks(step)]
        return found


def _changes_or_reads(sql: str) -> bool:
    return sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))


def _walks(step: Row) -> bool:
    if "AUTOMATIC" in step[3]:
        return True
    scanned = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step[3])
    if scanned is None or scanned[1] in {"CONSTANT", *SMALL}:
        return False
    return PARTIAL.get(scanned[1]) != scanned[2]


async def test_no_statement_of_a_day_reads_a_table_that_grows(bot: TestBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("hello")
    note = await ben.says("hi")
    await ben.edits(note, "hi you")
    await ben.reacts(ann.chat()[-1].id, "x")
    await ben.takes_back(note)
    await ann.says("/unsend")
    for name in ("cleo", "dan", "eve", "fay"):
        person = bot.person(name)
        await person.joins(lane="self", now="thinking")
        await person.uses("circle")
        await person.uses("find")
    await bot.wait(hours=30)
    for name in ("cleo", "dan", "eve"):
        await bot.person(name).sends_token("home.stop")
    await bot.wait(hours=25)
    await ann.uses("goodbye")
    await ann.presses("Just leave")
    await ann.uses("now")
    await ann.uses("forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    await bot.door.correspondents("fake", "main")
    assert len(asked.statements) > 120
    assert await bot.house.store.read(asked.plans) == []
