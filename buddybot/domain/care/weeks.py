"""Chart of a member's own weeks (calendar heat map): a row a week, a column a day, the fuller the lighter the day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from buddybot.domain.care.own_days import MOODS, OwnDay
from buddybot.domain.kernel.drawing.pictures import Box, Picture

WEEKS = 8
DAYS = 7
CELL, GAP, EDGE = 40, 8, 16
FRAME, INSIDE = "8a969d", "ffffff"
COLORS = {"okay": "1f6f78", "meh": "37838c", "hard": "4b9099", "awful": "589aa2"}
"""One hue, and beside it the height: it can be read without seeing colors. Each stands 3 to 1 against INSIDE."""


def first_day(today: date) -> date:
    """Return the Monday of the first week that is drawn."""
    return today - timedelta(days=today.weekday() + DAYS * (WEEKS - 1))


def counted_moods(days: Mapping[date, OwnDay], begins: date, span: int) -> Counter[str]:
    """Count the moods of so many days."""
    within = (days.get(begins + timedelta(days=ahead)) for ahead in range(span))
    return Counter(one.mood for one in within if one is not None and one.mood)


def draw_weeks(days: Mapping[date, OwnDay], today: date, name: str, alt: str) -> Picture:
    """Return the picture of the last weeks up to today."""
    begins, boxes = first_day(today), list[Box]()
    for ahead in range((today - begins).days + 1):
        left = EDGE + ahead % DAYS * (CELL + GAP)
        top = EDGE + ahead // DAYS * (CELL + GAP)
        tapped = days.get(begins + timedelta(days=ahead))
        boxes += (Box(left, top, CELL, CELL, FRAME), Box(left + 2, top + 2, CELL - 4, CELL - 4, INSIDE))
        if tapped is not None and tapped.mood in COLORS:
            height = CELL * (len(MOODS) - MOODS.index(tapped.mood)) // len(MOODS)
            boxes.append(Box(left, top + CELL - height, CELL, height, COLORS[tapped.mood]))
    width, height = (2 * EDGE + count * CELL + (count - 1) * GAP for count in (DAYS, WEEKS))
    return Picture(name, width, height, tuple(boxes), alt)
