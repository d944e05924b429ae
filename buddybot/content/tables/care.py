"""Schema of data/care.toml: when the crisis conversation speaks and looks in again, and what calls for it outright."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, Strict

from buddybot.content.files import Table
from buddybot.content.validation import TableModel, Texts, Whole, fix, single_words, validated
from buddybot.domain.crisis.pacing import CrisisPacing, call_key

_Hour = Annotated[int, Strict(), Field(ge=0, le=23), fix("make it an hour, 0 to 23")]


class CareTable(TableModel):
    """data/care.toml as it is written. There must be some calls: an empty list would leave a call unanswered."""

    calls: Annotated[Texts, Field(min_length=1)]
    begged: Texts
    begging: Texts
    distress_hours: Whole
    repeat_minutes: Whole
    hush_hours: Whole
    stop_hours: Whole
    episode_hours: Whole
    open_hours: Whole
    first_minutes: Whole
    second_minutes: Whole
    morning_hour: _Hour
    morning_least_hours: Whole
    morning_guess_hours: Whole
    silence_minutes: Whole


def parse_pace(table: Table) -> CrisisPacing:
    """Return the pace that a table describes, or raise a `TableError`."""
    found = validated(CareTable, table)
    begging = single_words({"all": found.begging}, "begging")
    return CrisisPacing(
        distress=timedelta(hours=found.distress_hours),
        repeat=timedelta(minutes=found.repeat_minutes),
        hush=timedelta(hours=found.hush_hours),
        stop=timedelta(hours=found.stop_hours),
        episode=timedelta(hours=found.episode_hours),
        open=timedelta(hours=found.open_hours),
        first=timedelta(minutes=found.first_minutes),
        second=timedelta(minutes=found.second_minutes),
        morning_hour=found.morning_hour,
        morning_least=timedelta(hours=found.morning_least_hours),
        morning_guess=timedelta(hours=found.morning_guess_hours),
        silence=timedelta(minutes=found.silence_minutes),
        calls=frozenset(call_key(one, begging) for one in found.calls),
        begged=frozenset(call_key(one, begging) for one in found.begged),
        begging=begging,
    )
