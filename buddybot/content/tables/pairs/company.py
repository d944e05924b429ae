"""Schema of data/company.toml and data/openers.toml: the clocks of silences, the deal, and first words."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from buddybot.content.files import Table
from buddybot.content.validation import Count, Filled, TableError, TableModel, Texts, validated
from buddybot.domain.care.company import Company
from buddybot.domain.care.openers import Mood, Opener
from buddybot.domain.care.pair_care import PACES

EVERYONE = "everyone"
LANES = ("self", "family", "bereaved")
_Pace = Literal["many", "daily", "few", "weekly", "loose"]
_Part = Literal["morning", "day", "evening", "night"]
_Limit = Literal["using", "faith", "family", "medicine"]


class SilenceTable(TableModel):
    """[silence]: what follows, and after how long."""

    usual_pace: _Pace
    tell_after_hours: Count
    snooze_hours: Count
    wait_days: Count
    crisis_hours: Count
    most_endings: Count
    within_days: Count
    break_days: Count


class DealTable(TableModel):
    """[deal]: the choices of the questions of a new pair."""

    hours: Texts
    limits: tuple[_Limit, ...]
    check_days: Annotated[Mapping[str, Count], Field(min_length=1)]


class CompanyTable(TableModel):
    """data/company.toml as it is written."""

    clock_hours: Mapping[_Pace, Count]
    silence: SilenceTable
    deal: DealTable


class OpenerTable(TableModel):
    """One question: its words by language, and when it fits."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Filled]

    en: Filled
    mood: Mood = Mood.PLAIN
    hours: tuple[_Part, ...] = ()
    touches: tuple[_Limit, ...] = ()


def parse_company(table: Table) -> Company:
    """Return the timing that a table describes, or raise a `TableError`."""
    found = validated(CompanyTable, table)
    silence, deal = found.silence, found.deal
    if missing := [pace for pace in PACES if pace not in found.clock_hours]:
        raise TableError(f"clock_hours.{missing[0]}", None, "add it")
    return Company(
        clocks={pace: timedelta(hours=hours) for pace, hours in found.clock_hours.items()},
        usual=silence.usual_pace,
        tell_after=timedelta(hours=silence.tell_after_hours),
        snooze=timedelta(hours=silence.snooze_hours),
        wait=timedelta(days=silence.wait_days),
        crisis=timedelta(hours=silence.crisis_hours),
        most_endings=silence.most_endings,
        within=timedelta(days=silence.within_days),
        break_days=silence.break_days,
        hours=deal.hours,
        limits=deal.limits,
        check=deal.check_days,
    )


def parse_openers(table: Table) -> tuple[Opener, ...]:
    """Return all first words, or raise a `TableError`; a key stands for one of them only, whatever its lane."""
    found = validated(dict[str, dict[str, OpenerTable]], table)
    openers = dict[str, Opener]()
    for lane, questions in found.items():
        if lane not in {EVERYONE, *LANES}:
            raise TableError(lane, lane, f"name one of: {', '.join((EVERYONE, *LANES))}")
        for key, one in questions.items():
            if key in openers or "." in key:
                raise TableError(f"{lane}.{key}", key, "give it a name of its own, without a dot")
            words = {"en": one.en, **one.__pydantic_extra__}
            own = "" if lane == EVERYONE else lane
            openers[key] = Opener(key, words, own, one.mood, one.hours, frozenset(one.touches))
    return tuple(openers.values())
