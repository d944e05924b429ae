"""Publication of one quarter, once: the ledger answers if it was published before, else chance is drawn and kept.

Counting is done beside the bot, by a connection that only reads; only what is published is written, in one transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from buddybot.domain.programmes.disclosure import Cell, CountTable, Published, publish
from buddybot.domain.programmes.quarters import Quarter, quarter_named
from buddybot.service.kernel.turn import Turn
from buddybot.service.programmes.counting import RESEARCH, counted_in, report_tables, research_tables
from buddybot.service.programmes.operating import WHO, Said

Counts: TypeAlias = Mapping[str, Mapping[str, int]]
"""Counts as they are handed over: by table, then by the values of a cell with a slash between."""
BETWEEN = "/"
STILL_ASKING = timedelta(days=3)
"""So long after a quarter's end late check-ins may still be answered: it is not published before."""


def too_early(quarter: Quarter, now: datetime) -> str:
    """Return why a quarter can't be published yet; empty where it can."""
    if now >= quarter.ends + STILL_ASKING:
        return ""
    from_day = (quarter.ends + STILL_ASKING).date()
    return f"{quarter} is not over: it can be published from {from_day} on, with all of it or with nothing"


def publish_counts(turn: Turn, asked: Said) -> Said:
    """Publish one quarter of a subject, or hand out again what was published."""
    subject, quarter = str(asked.get("subject", "")), quarter_named(str(asked.get("quarter", "")))
    if quarter is None:
        return {"fault": "a publication is about one quarter, such as 2026-Q3"}
    if (kept := turn.tx.published.of(subject, quarter)) is not None:
        return {"tables": as_told(kept), "again": True}
    if fault := _fault(turn, subject, quarter):
        return {"fault": fault}
    if asked.get("counted") != len(counted_in(turn.tx, subject, quarter)):
        return {"changed": True}
    tables = _read(subject, asked.get("counts"))
    if tables is None:
        return {"fault": "these are no counts of this version: use the command of the bot that runs"}
    shown = publish(tables, turn.world.rng)
    turn.tx.published.keep(subject, quarter, shown, turn.now)
    turn.tx.audit.add(turn.now, WHO, "publish", subject, str(quarter))
    return {"tables": as_told(shown), "again": False}


def _fault(turn: Turn, subject: str, quarter: Quarter) -> str:
    if subject == RESEARCH:
        if not turn.book.practice.research:
            return "the research export is off; set programmes.research = true, and only then ask members"
    elif (programme := turn.tx.invites.programme(subject)) is None:
        return "there is no such programme"
    elif programme.ended_at is not None and programme.ended_at <= quarter.begins:
        return f"{programme.name} ended before {quarter}: nobody is counted for it"
    return too_early(quarter, turn.now)


def _read(subject: str, counts: object) -> list[CountTable] | None:
    """Return the tables of these counts, if they have just the cells that such tables have."""
    empty = research_tables(()) if subject == RESEARCH else report_tables(())
    if not isinstance(counts, dict) or set(counts) != {table.name for table in empty}:
        return None
    found = list[CountTable]()
    for table in empty:
        given = counts[table.name]
        cells = {cell: given.get(BETWEEN.join(cell)) for cell in table.counts} if isinstance(given, dict) else {}
        whole = {cell: count for cell, count in cells.items() if isinstance(count, int) and count >= 0}
        if set(whole) != set(table.counts):
            return None
        found.append(CountTable(table.name, whole, whole=table.whole))
    return found


def handed_over(tables: Sequence[CountTable]) -> Counts:
    """Return counts in the form in which they are handed to the bot."""
    return {table.name: {BETWEEN.join(cell): count for cell, count in table.counts.items()} for table in tables}


def as_told(tables: Sequence[Published]) -> Mapping[str, Mapping[str, int | None]]:
    """Return published tables in the form in which an answer holds them."""
    return {table.name: {BETWEEN.join(cell): count for cell, count in table.cells.items()} for table in tables}


def read_back(told: object) -> list[Published]:
    """Return the tables that an answer holds."""
    tables = told if isinstance(told, dict) else {}
    return [Published(name, {_cell(key): count for key, count in cells.items()}) for name, cells in tables.items()]


def _cell(key: str) -> Cell:
    return tuple(key.split(BETWEEN))
