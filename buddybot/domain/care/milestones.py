"""Milestones as sets of date intervals: days in all never go down, and a new date begins beside the old ones."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

MEDICINE, WITHOUT, MOMENT = "medicine", "without", "moment"
KINDS = {
    "self": (WITHOUT, MEDICINE, "help", MOMENT, "own"),
    "family": ("help", "self-care", MOMENT, "own"),
    "bereaved": (),
}
"""What may be kept, by lane; in the bereaved lane nothing is counted."""
NEED_NAME = frozenset({MOMENT, "own"})
MOST = 12
LONGEST = 60
"""Characters of a name."""
MARKS = (7, 30, 60, 90, 180, 270, 365)
"""Counts of days that somebody can ask to hear of; after the last, each year."""
YEAR = 365


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run of days, its end not counted in; without an end it still runs."""

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """What somebody keeps count of: a moment has one day, all else stretches; without any it has no date yet.

    `name` is in their own words, empty for the plain name of its kind. `beside` shows the stretches too, `noted` asks
    for a quiet note on the day. `settled_at` is when they last said how it goes on after using again.
    """

    id: str
    kind: str
    name: str = field(default="", repr=False)
    stretches: tuple[Stretch, ...] = field(default=(), repr=False)
    beside: bool = False
    noted: bool = False
    settled_at: datetime | None = None

    @property
    def runs(self) -> bool:
        """Return whether days are being added."""
        return bool(self.stretches) and self.stretches[-1].end is None


def days_in_all(one: Milestone, today: date) -> int:
    """Return the days of all stretches together, each day once."""
    spans = sorted((stretch.start, _end(stretch, today)) for stretch in one.stretches)
    total, reached = 0, date.min
    for start, end in spans:
        total += max(0, (end - max(start, reached)).days)
        reached = max(reached, end)
    return total


def longest(one: Milestone, today: date) -> int:
    """Return the days of the longest stretch."""
    return max(((_end(stretch, today) - stretch.start).days for stretch in one.stretches), default=0)


def this_stretch(one: Milestone, today: date) -> int:
    """Return the days of the stretch that runs, or 0."""
    return (today - one.stretches[-1].start).days if one.runs else 0


def _end(stretch: Stretch, today: date) -> date:
    return today if stretch.end is None else stretch.end


def begun(one: Milestone, day: date) -> Milestone:
    """Return the milestone with a date beside those it has: what ran up to then stays, and counts on in the total."""
    if one.kind == MOMENT:
        return replace(one, stretches=(Stretch(day, day),))
    return replace(one, stretches=(*_closed(one.stretches, day), Stretch(day)))


def closed_on(one: Milestone, day: date) -> Milestone:
    """Return the milestone with nothing added any more; all its days stay."""
    return replace(one, stretches=_closed(one.stretches, day))


def redated(one: Milestone, day: date) -> Milestone:
    """Return the milestone with another beginning of its newest stretch."""
    if not one.stretches or one.kind == MOMENT:
        return begun(one, day)
    last = one.stretches[-1]
    end = None if last.end is None else max(last.end, day)
    return replace(one, stretches=(*one.stretches[:-1], Stretch(day, end)))


def _closed(stretches: tuple[Stretch, ...], day: date) -> tuple[Stretch, ...]:
    if not stretches or stretches[-1].end is not None:
        return stretches
    last = stretches[-1]
    return (*stretches[:-1], *((Stretch(last.start, day),) if day > last.start else ()))


def next_mark(one: Milestone, after: date) -> date | None:
    """Return the next day on which there is something to note, later than `after`; None where nothing is counted."""
    if not one.stretches:
        return None
    if one.kind == MOMENT:
        return next_yearly(one.stretches[0].start, after)
    if not one.runs:
        return None
    count = days_in_all(one, after)
    mark = next((mark for mark in MARKS if mark > count), (count // YEAR + 1) * YEAR)
    return after + timedelta(days=mark - count)


def next_yearly(day: date, after: date) -> date:
    """Return the next yearly return of a day; February 29 comes on the 28th in years without it."""
    return next(one for year in (after.year, after.year + 1) if (one := in_year(day, year)) > after)


def in_year(day: date, year: int) -> date:
    """Return the same day in another year."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
