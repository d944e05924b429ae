"""Schema of data/channels.toml: the numbers that keep a channel calm, and the words a cry for help is shown without."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.validation import Count, TableModel, Texts, Whole, validated
from buddybot.domain.channels.pacing import Calm

_AMOUNT = r"\b\d+(?:[.,]\d+)?\s*(?:{units})\b"
_Words = Annotated[Mapping[str, Annotated[Texts, Field(min_length=1)]], Field(min_length=1)]


class ChannelsTable(TableModel):
    """data/channels.toml as it is written."""

    joins: Count
    join_refill_seconds: Count
    raid_minutes: Count
    raid_slow_seconds: Whole
    notice_minutes: Count
    heat_minutes: Count
    cool_off_minutes: Count
    prompt_hours: Count
    prompts: Count
    longest_post: Count
    patience_minutes: Count
    methods: _Words
    units: _Words


def parse_calm(table: Table) -> Calm:
    """Return what a table describes, or raise a `TableError`."""
    found = validated(ChannelsTable, table)
    return Calm(
        joins=found.joins,
        join_refill=timedelta(seconds=found.join_refill_seconds),
        raid=timedelta(minutes=found.raid_minutes),
        raid_slow=found.raid_slow_seconds,
        notice_every=timedelta(minutes=found.notice_minutes),
        heat=timedelta(minutes=found.heat_minutes),
        cool_off=timedelta(minutes=found.cool_off_minutes),
        prompt_after=timedelta(hours=found.prompt_hours),
        prompts=found.prompts,
        longest=found.longest_post,
        patience=timedelta(minutes=found.patience_minutes),
        methods=_methods(found),
    )


def _methods(found: ChannelsTable) -> re.Pattern[str]:
    words, units = ([word for listed in table.values() for word in listed] for table in (found.methods, found.units))
    amount = _AMOUNT.format(units=_either(units))
    return re.compile(rf"{amount}|\b(?:{_either(words)})\b", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    """Return a pattern of any of these, the longest first; spaces may be any white space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
