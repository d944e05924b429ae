"""Outcome figures of the care simulation: per arm and seed, with a bootstrap interval of the difference."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

import numpy as np

from buddybot.tools.care.witness import ArrivedNote, Witness

FORTNIGHT, WEEK = timedelta(days=14), timedelta(days=7)
DRAWS = 2000
BOTH = 2
"""Members of a pair."""


@dataclass(frozen=True, slots=True)
class CareFigures:
    """Outcome of one run; the names of the fields are the lines of the table."""

    pairs: float
    began: float
    alive: float
    silent: float
    waiting: float
    notes: float
    bot: float
    unasked: float


LINES = {
    "pairs": "pairs that met",
    "began": "of them, in which both wrote, %",
    "alive": "of those 14 days old, alive on day 14, %",
    "silent": "of those 14 days old, ended in silence, %",
    "waiting": "days that somebody waited on a pair that was over",
    "notes": "notes a person and day",
    "bot": "messages of the bot a person and day",
    "unasked": "of these, nobody asked for, a person and day",
}


def figures(seen: Witness, end: datetime) -> CareFigures:
    """Work out what one run came to."""
    by_room = defaultdict[str, list[ArrivedNote]](list)
    for note in seen.notes:
        by_room[note.room].append(note)
    pairs = [room for room, seats in seen.seats.items() if len(seats) == BOTH]
    old = [room for room in pairs if seen.opened[room] <= end - FORTNIGHT]
    began = [room for room in pairs if len({note.to for note in by_room[room]}) == BOTH]
    alive = [room for room in old if _alive(by_room[room], seen.opened[room] + FORTNIGHT)]
    silent = [room for room in old if _silent(seen, room, by_room[room], end)]
    days = max(seen.person_days, 1.0)
    return CareFigures(
        pairs=len(pairs),
        began=_share(began, pairs),
        alive=_share(alive, old),
        silent=_share(silent, old),
        waiting=_waited(seen, by_room, end) / max(len(pairs), 1),
        notes=len(seen.notes) / days,
        bot=(seen.answers + seen.unasked) / days,
        unasked=seen.unasked / days,
    )


def _share(some: Sequence[str], of: Sequence[str]) -> float:
    return 100 * len(some) / max(len(of), 1)


def _alive(notes: Sequence[ArrivedNote], at: datetime) -> bool:
    """Return whether both wrote in the week around this day."""
    near = {note.to for note in notes if at - WEEK <= note.at <= at + WEEK / 2}
    return len(near) == BOTH


def _silent(seen: Witness, room: str, notes: Sequence[ArrivedNote], end: datetime) -> bool:
    """Return whether the last note found no answer for a week, and nobody had said goodbye."""
    last = max((note.at for note in notes), default=seen.opened[room])
    return last < end - WEEK and seen.left.get(room, end) - last >= WEEK


def _waited(seen: Witness, by_room: dict[str, list[ArrivedNote]], end: datetime) -> float:
    """Return the days between last notes that nobody answered and what came after them: a new pair, or the end."""
    total = timedelta()
    for room, notes in by_room.items():
        if room not in seen.seats or not notes:
            continue
        last = notes[-1]
        waiting = next(iter(seen.seats[room] - {last.to}), None)
        after = [at for one, at in seen.opened.items() if waiting in seen.seats[one] and at > last.at]
        over = min((*after, seen.left.get(room, end), end))
        total += max(over - last.at - WEEK, timedelta())
    return total / timedelta(days=1)


# ── Table ───────────────────────────────────────────────────────────────────────────────


def care_table(without: Sequence[CareFigures], cared: Sequence[CareFigures]) -> str:
    """Return both arms side by side: means over the seeds, and a 95 % interval of the difference."""
    width = max(map(len, LINES.values()))
    lines = [f"{'':<{width}}  without     with  difference"]
    for one in fields(CareFigures):
        a, b = (np.array([float(getattr(run, one.name)) for run in arm]) for arm in (without, cared))
        lines.append(f"{LINES[one.name]:<{width}} {a.mean():>8.2f} {b.mean():>8.2f}  {_difference(b - a)}")
    return "\n".join(lines) + "\n"


def _difference(found: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> str:
    if len(found) < 2:  # noqa: PLR2004 - one run has no interval
        return f"{found.mean():+.2f}"
    draws = np.random.default_rng(0).choice(found, (DRAWS, len(found))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{found.mean():+.2f} ({low:+.2f} to {high:+.2f})"
