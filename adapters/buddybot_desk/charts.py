"""Where the marks of a chart stand; the template draws them. Every bar has its number beside it, and a table below."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, BAR, LABEL_ROOM, NUMBER_ROOM = 320, 34, 14, 16, 44
TALL, COLUMN = 84, 13


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `count` None is hidden, as it is under ten; `part` of it is marked (overturned), where known."""

    label: str
    count: int | None
    y: int
    width: int
    part: int | None = None
    part_width: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, one below the other."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH


def bars(rows: Sequence[tuple[str, int | None, int | None]]) -> Chart:
    """Lay out rows of (label, count, marked part)."""
    most = max((count or 0 for _, count, _ in rows), default=0)
    room = WIDTH - NUMBER_ROOM

    def wide(count: int | None) -> int:
        return max(2, round(room * count / most)) if count and most else 0

    made = (
        Bar(label, count, number * ROW, wide(count), part, min(wide(part), wide(count)))
        for number, (label, count, part) in enumerate(rows)
    )
    return Chart(tuple(made), len(rows) * ROW)


@dataclass(frozen=True, slots=True)
class Column:
    """One hour of the day."""

    hour: int
    days: int
    x: int
    height: int


def hours(coverage: Sequence[int], days: int) -> tuple[Column, ...]:
    """Lay out how many of so many days each hour was covered."""
    return tuple(Column(hour, count, hour * COLUMN, round(TALL * count / days)) for hour, count in enumerate(coverage))


def gaps(coverage: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the hours that nobody ever covered, as spans from the first hour to the last."""
    spans: list[tuple[int, int]] = []
    for hour in (hour for hour, days in enumerate(coverage) if not days):
        if spans and spans[-1][1] == hour - 1:
            spans[-1] = (spans[-1][0], hour)
        else:
            spans.append((hour, hour))
    return tuple(spans)
