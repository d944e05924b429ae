"""The ladder as data/ladder.toml writes it."""

from collections.abc import Sequence
from datetime import timedelta

from buddybot.domain.kernel.faults import Fault, Table, known_keys, table_in, text_in
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.sanctions import Band, Ladder, Step

_TOP = frozenset({"points", "sharper", "decay", "band", "limits"})
_BAND = frozenset({"points", "step", "hours"})


def parse_ladder(table: Table) -> Ladder:
    """Return the ladder that a table describes, or raise a `Fault`."""
    known_keys(table, _TOP)
    points, sharper = table_in(table, "points"), table_in(table, "sharper")
    decay, limits = table_in(table, "decay"), table_in(table, "limits")
    return Ladder(
        points={
            Severity.S0: 0,
            **{Severity[name]: _number(points, name, "points.") for name in ("S1", "S2", "S3", "S4")},
        },
        bands=_bands(table),
        halves_after=timedelta(days=_number(decay, "halves_days", "decay.")),
        gone_after=timedelta(days=_number(decay, "gone_days", "decay.")),
        again_within=timedelta(days=_number(sharper, "again_days", "sharper.")),
        again=_number(sharper, "again", "sharper."),
        newcomer=timedelta(days=_number(sharper, "newcomer_days", "sharper.")),
        times=_number(sharper, "times", "sharper."),
        quarantine=timedelta(hours=_number(limits, "quarantine_hours", "limits.")),
        longest_removal=timedelta(days=_number(limits, "removal_days", "limits.")),
    )


def _bands(table: Table) -> tuple[Band, ...]:
    rows = table.get("band")
    if isinstance(rows, str) or not isinstance(rows, Sequence) or not rows:
        raise Fault("band", rows, "write at least one [[band]]")
    bands = tuple(_band(row) for row in rows)
    starts = [one.points for one in bands]
    if starts[0] != 0 or starts != sorted(set(starts)):
        raise Fault("band.points", starts, "begin at 0 and go up")
    return bands


def _band(row: object) -> Band:
    table = table_in({"band": row}, "band")
    known_keys(table, _BAND, "band.")
    step = text_in(table, "step", "band.")
    if step not in set(Step):
        raise Fault("band.step", step, f"write one of {', '.join(Step)}")
    hours = timedelta(hours=_number(table, "hours", "band.")) if "hours" in table else None
    return Band(_number(table, "points", "band."), Step(step), hours)


def _number(table: Table, key: str, inside: str) -> float:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Fault(inside + key, value, "write a number, 0 or more")
    return float(value)
