"""Aggregation for programmes and research: from what members agreed to be counted for, to tables of whole numbers.

Each person is in one cell of each table at most; which tables there are is fixed, so nobody can ask for others.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from buddybot.domain.intake.profile import candidate
from buddybot.domain.intake.progress import from_json
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.programmes.counted import Counted
from buddybot.domain.programmes.disclosure import Cell, CountTable
from buddybot.domain.programmes.quarters import Quarter
from buddybot.domain.talk.rooms import RoomKind
from buddybot.service.kernel.book import Book
from buddybot.store.tx import Tx

RESEARCH = "research"
"""The subject of the research export in the ledger; all other subjects are programmes."""
LASTING = timedelta(days=14)
BANDS = (("0-3", 0), ("4-8", 4), ("9-13", 9))
"""Weeks of a quarter in which somebody wrote, and where each band begins."""
YES, NO, EVERYBODY = "yes", "no", "all"
LANES = ("self", "family", "bereaved")
TOP = 2
"""The answer "yes" of a check-in; "some" and "no" are the other cell."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """Tally of one member in one quarter; "" where nothing is known. It never leaves the process."""

    weeks: str
    pairs: str = ""
    heard: str = ""
    safe: str = ""
    lane: str = ""


# ── Who and what is counted ─────────────────────────────────────────────────────────────


def counted_in(tx: Tx, subject: str, quarter: Quarter) -> list[tuple[MemberId, Counted]]:
    """Return whoever is counted for a programme, or for research, in a quarter."""
    return [(member, record) for member, record in tx.counted.all() if _is_in(record, subject, quarter)]


def _is_in(record: Counted, subject: str, quarter: Quarter) -> bool:
    if subject == RESEARCH:
        return record.researched(quarter)
    return record.programme == subject and record.counts(quarter)


def tables_of(tx: Tx, book: Book, subject: str, quarter: Quarter) -> list[CountTable]:
    """Count one quarter."""
    people = [_person(tx, book, member, record, quarter) for member, record in counted_in(tx, subject, quarter)]
    return research_tables(people) if subject == RESEARCH else report_tables(people)


def _person(tx: Tx, book: Book, member_id: MemberId, record: Counted, quarter: Quarter) -> Tallied:
    weeks = record.weeks_in(quarter)
    band = next(name for name, begins in reversed(BANDS) if weeks >= begins)
    heard, safe = (_felt(tx, member_id, quarter, question) for question in ("felt_heard", "safe"))
    member = tx.members.by_id(member_id)
    lane = "" if member is None or not member.private.intake else _lane(book, member_id, member.private.intake, quarter)
    return Tallied(band, _lasting(tx, member_id, quarter), heard, safe, lane)


def _lane(book: Book, member: MemberId, intake: str, quarter: Quarter) -> str:
    return candidate(book.intake, from_json(intake), member, quarter.ends).lane


def _lasting(tx: Tx, member: MemberId, quarter: Quarter) -> str:
    """Return whether a pair of theirs that could be 14 days old in this quarter lasted so long."""
    found = ""
    for room in tx.rooms.all_of(member):
        day = room.opened_at + LASTING
        if room.kind is RoomKind.PAIR and quarter.begins <= day < quarter.ends:
            closed = tx.rooms.closed_at(room.id)
            found = YES if found == YES or closed is None or closed >= day else NO
    return found


def _felt(tx: Tx, member: MemberId, quarter: Quarter, question: str) -> str:
    """Return their last answer to a question of the check-ins in this quarter."""
    found = ""
    for room in tx.rooms.all_of(member):
        for day, answer in tx.outcomes.rated(room.id, member, question):
            if quarter.begins <= room.opened_at + timedelta(days=day) < quarter.ends:
                found = YES if answer >= TOP else NO
    return found


# ── Into which tables ───────────────────────────────────────────────────────────────────


def report_tables(people: Sequence[Tallied]) -> list[CountTable]:
    """Return the tables of a programme's report, one field each."""
    bands, yes_no = [(name,) for name, _ in BANDS], [(YES,), (NO,)]
    return [
        CountTable("people", {(EVERYBODY,): len(people)}),
        CountTable("weeks", _tally(bands, ((one.weeks,) for one in people)), whole=True),
        CountTable("pairs", _tally(yes_no, ((one.pairs,) for one in people))),
        CountTable("heard", _tally(yes_no, ((one.heard,) for one in people))),
        CountTable("safe", _tally(yes_no, ((one.safe,) for one in people))),
    ]


def research_tables(people: Sequence[Tallied]) -> list[CountTable]:
    """Return the tables of the research export, two fields each."""
    bands, yes_no = [name for name, _ in BANDS], [YES, NO]
    return [
        CountTable("people", {(EVERYBODY,): len(people)}),
        CountTable("lane_weeks", _tally(_crossed(LANES, bands), ((one.lane, one.weeks) for one in people)), whole=True),
        CountTable("lane_pairs", _tally(_crossed(LANES, yes_no), ((one.lane, one.pairs) for one in people))),
        CountTable("lane_heard", _tally(_crossed(LANES, yes_no), ((one.lane, one.heard) for one in people))),
        CountTable("lane_safe", _tally(_crossed(LANES, yes_no), ((one.lane, one.safe) for one in people))),
    ]


def _crossed(rows: Iterable[str], columns: Sequence[str]) -> list[Cell]:
    return [(row, column) for row in rows for column in columns]


def _tally(cells: Iterable[Cell], found: Iterable[Cell]) -> dict[Cell, int]:
    """Count into fixed cells; who is in none of them is not counted in this table."""
    counts = Counter(found)
    return {cell: counts[cell] for cell in cells}
