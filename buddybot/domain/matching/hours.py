"""Weeks as 168 bits, one per UTC hour, so that shared time is one AND and a count."""

from collections.abc import Iterable, Mapping

DAY = 24
WEEK = 7 * DAY
SATURDAY, SUNDAY = 5, 6


def whole_hours(utc_offset: int) -> int:
    """Round an offset in minutes to hours, halves upward: +05:30 is 6, -03:30 is -3."""
    return (utc_offset + 30) // 60


def week_mask(utc_offset: int | None, hours: Iterable[str], blocks: Mapping[str, tuple[int, ...]]) -> int:
    """Return the UTC hours of the week in which someone is around, as bits; 0 if they did not say.

    Hour 0 of the week is Monday 00:00. A `weekend` block counts on Saturday and Sunday only, the others every day.
    """
    if utc_offset is None:
        return 0
    shift = whole_hours(utc_offset)
    mask = 0
    for block in hours:
        days = (SATURDAY, SUNDAY) if block == "weekend" else range(7)
        for day in days:
            for hour in blocks[block]:
                mask |= 1 << (day * DAY + hour - shift) % WEEK
    return mask
