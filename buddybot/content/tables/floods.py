"""Schema of data/floods.toml: rate limits, the detection of copies, and how long somebody is new."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, Strict

from buddybot.content.files import Table
from buddybot.content.validation import Count, TableModel, Whole, fix, validated
from buddybot.domain.talk.rate_limits import LANES, RateLimits

_Bits = Annotated[
    int,
    Strict(),
    Field(ge=0, lt=LANES // 2),
    fix("make it a whole number less than 64: from there on any two notes are alike"),
]


class FloodsTable(TableModel):
    """data/floods.toml as it is written."""

    burst: Count
    refill_seconds: Count
    copy_words: Count
    copy_bits: _Bits
    copy_rooms: Count
    copy_kept: Count
    copy_days: Count
    newcomer_days: Whole


def parse_limits(table: Table) -> RateLimits:
    """Return the limits that a table describes, or raise a `TableError`."""
    found = validated(FloodsTable, table)
    return RateLimits(
        burst=found.burst,
        refill=timedelta(seconds=found.refill_seconds),
        words=found.copy_words,
        alike=found.copy_bits,
        rooms=found.copy_rooms,
        kept=found.copy_kept,
        window=timedelta(days=found.copy_days),
        newcomer=timedelta(days=found.newcomer_days),
    )
