"""Where each order of things begins: four people who have met, made once a process; and one look at the store."""

import atexit
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.people.members import Member
from buddybot.store.tx import Tx
from tests.machine.driver import Beginning, Driver
from tests.machine.model import NAMES, REFUSES_USING, STILL_USING

BEGINNINGS: dict[tuple[str, ...], Beginning] = {}


def join(driver: Driver, name: str) -> None:
    """Let somebody answer all questions."""
    not_ok = ("still_using",) if name in REFUSES_USING else ("none",)
    now, help_wanted = STILL_USING[name], ("listen", "normal")
    driver.do(driver.person(name).joins(lane="self", now=now, help_wanted=help_wanted, not_ok=not_ok, pace="few"))


def say_yes(driver: Driver, names: Iterable[str]) -> None:
    """Let an hour pass, and whoever is asked say yes."""
    driver.wait(hours=1, seconds=1)
    for name in names:
        if "Say hello" in [choice.label for choice in driver.person(name).last().content.choices]:
            driver.do(driver.person(name).presses("Say hello"))


def beginning(order: tuple[str, ...]) -> Beginning:
    """Return a bot where all four are here and have met, made once a process for each order in which they came."""
    if order not in BEGINNINGS:
        driver = Driver()
        for name in order:
            join(driver, name)
        say_yes(driver, sorted(order))
        BEGINNINGS[order] = driver.kept()
        atexit.register(shutil.rmtree, driver.root)
    return BEGINNINGS[order]


@dataclass(frozen=True, slots=True)
class Sight:
    """What the store says at one moment, read at once."""

    partners: Mapping[str, str]
    on_the_way: bool
    held: bool
    wait_and_sit: frozenset[str]
    audit_trouble: str | None


def look(tx: Tx, member: Callable[[Tx, str], Member | None]) -> Sight:
    """Return what the store says, once whatever was damaged in members' records is repaired."""
    names = {found.id: name for name in NAMES if (found := member(tx, name)) is not None}
    rooms = {room.id: room for one in names for room in tx.rooms.open_of(one)}
    seats = [[seat.member for seat in room.seats if seat.member in names] for room in rooms.values()]
    pairs = [(names[a], names[b]) for a, b in (pair for pair in seats if len(pair) == len("ab"))]
    # A note, or what its author is to be told of it.
    notes = "(kind = 'mark' OR (kind = 'send' AND note IS NOT NULL))"
    on_the_way = tx.db.row(f"SELECT 1 FROM outbox WHERE {notes} AND state <> 'parked'")
    seated = "SELECT seat.member FROM seat JOIN room ON room.id = seat.room WHERE room.closed_at IS NULL"
    both = set(tx.pool.waiting()) & {MemberId(row[0]) for row in tx.db.rows(seated)}
    held = tx.db.row("SELECT 1 FROM pending") is not None
    partners = dict([*pairs, *((b, a) for a, b in pairs)])
    assert len(partners) == 2 * len(pairs), "somebody sits in two rooms"
    return Sight(partners, on_the_way is not None, held, frozenset(both), tx.audit.trouble())
