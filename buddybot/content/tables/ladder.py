"""Schema of data/ladder.toml: points by severity, how they fade, and the step at each band."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.validation import Number, TableError, TableModel, validated
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.sanctions import Band, Ladder, Step


class PointsTable(TableModel):
    """[points]: what one action counts, by severity."""

    S1: Number
    S2: Number
    S3: Number
    S4: Number


class SharperTable(TableModel):
    """[sharper]: what makes an action count more."""

    again: Number
    again_days: Number
    times: Number
    newcomer_days: Number


class DecayTable(TableModel):
    """[decay]: how points fade."""

    halves_days: Number
    gone_days: Number


class BandTable(TableModel):
    """One [[band]]: from so many points on, this step."""

    points: Number
    step: Step
    hours: Number | None = None


class LimitsTable(TableModel):
    """[limits]: the longest that anything lasts."""

    quarantine_hours: Number
    removal_days: Number


class LadderTable(TableModel):
    """data/ladder.toml as it is written."""

    points: PointsTable
    sharper: SharperTable
    decay: DecayTable
    band: Annotated[tuple[BandTable, ...], Field(min_length=1)]
    limits: LimitsTable


def parse_ladder(table: Table) -> Ladder:
    """Return the ladder that a table describes, or raise a `TableError`."""
    found = validated(LadderTable, table)
    starts = [band.points for band in found.band]
    if starts[0] != 0 or starts != sorted(set(starts)):
        raise TableError("band.points", starts, "begin at 0 and go up")
    points, sharper = found.points, found.sharper
    return Ladder(
        points={
            Severity.S0: 0,
            Severity.S1: points.S1,
            Severity.S2: points.S2,
            Severity.S3: points.S3,
            Severity.S4: points.S4,
        },
        bands=tuple(map(_band, found.band)),
        halves_after=timedelta(days=found.decay.halves_days),
        gone_after=timedelta(days=found.decay.gone_days),
        again_within=timedelta(days=sharper.again_days),
        again=sharper.again,
        newcomer=timedelta(days=sharper.newcomer_days),
        times=sharper.times,
        quarantine=timedelta(hours=found.limits.quarantine_hours),
        longest_removal=timedelta(days=found.limits.removal_days),
    )


def _band(row: BandTable) -> Band:
    return Band(row.points, row.step, None if row.hours is None else timedelta(hours=row.hours))
