"""The numbers and words of data/channels.toml."""

import re
from collections.abc import Iterable
from datetime import timedelta

from buddybot.domain.channels.pacing import Calm
from buddybot.domain.kernel.faults import Fault, Table, known_keys, number_in, table_in, texts_in

_NUMBERS = (
    "joins",
    "join_refill_seconds",
    "raid_minutes",
    "raid_slow_seconds",
    "notice_minutes",
    "heat_minutes",
    "cool_off_minutes",
    "prompt_hours",
    "prompts",
    "longest_post",
    "patience_minutes",
)
_ZERO = frozenset({"raid_slow_seconds"})
_AMOUNT = r"\b\d+(?:[.,]\d+)?\s*(?:{units})\b"


def parse_calm(table: Table) -> Calm:
    """Return what a table describes, or raise a `Fault`."""
    known_keys(table, frozenset((*_NUMBERS, "methods", "units")))
    numbers = {key: number_in(table, key) for key in _NUMBERS}
    for key, number in numbers.items():
        if number == 0 and key not in _ZERO:
            raise Fault(key, table.get(key), "make it a whole number, 1 or more")
    return Calm(
        joins=numbers["joins"],
        join_refill=timedelta(seconds=numbers["join_refill_seconds"]),
        raid=timedelta(minutes=numbers["raid_minutes"]),
        raid_slow=numbers["raid_slow_seconds"],
        notice_every=timedelta(minutes=numbers["notice_minutes"]),
        heat=timedelta(minutes=numbers["heat_minutes"]),
        cool_off=timedelta(minutes=numbers["cool_off_minutes"]),
        prompt_after=timedelta(hours=numbers["prompt_hours"]),
        prompts=numbers["prompts"],
        longest=numbers["longest_post"],
        patience=timedelta(minutes=numbers["patience_minutes"]),
        methods=_methods(table),
    )


def _methods(table: Table) -> re.Pattern[str]:
    words, units = _all(table, "methods"), _all(table, "units")
    if not words or not units:
        raise Fault("methods" if not words else "units", {}, 'list words for each language, such as en = ["rope"]')
    amount = _AMOUNT.format(units=_either(units))
    return re.compile(rf"{amount}|\b(?:{_either(words)})\b", re.IGNORECASE)


def _all(table: Table, key: str) -> list[str]:
    languages = table_in(table, key)
    return [word for language in languages for word in texts_in(languages, language, f"{key}.")]


def _either(words: Iterable[str]) -> str:
    """Return a pattern of any of these, the longest first; spaces may be any white space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
