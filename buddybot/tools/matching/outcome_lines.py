"""Parser of outcomes for `buddybot tune`: one JSON object a line, never a word that anyone wrote.

    {"factors": {"hours": 0.8, "now": null, ...}, "accepted": true, "days": 12, "talked": true, "ending": "goodbye",
     "felt_heard": 1.0, "safe": 1.0, "keep_going": 0.5}

`factors` are those of the offer when it was made (null: unknown). All after `accepted` may be missing. `ending` is
open, goodbye or silent. The three answers lie between 0 and 1, averaged over both members and days 3 and 14.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from buddybot.domain.matching.weights import FACTORS

ANSWERS = ("felt_heard", "safe", "keep_going")
ENDINGS = {"open": 1.0, "goodbye": 0.5, "silent": 0.0}
KEYS = {"factors", "accepted", "days", "talked", "ending", *ANSWERS}


class UnsoundOutcomeError(Exception):
    """A line that can't be used; its number and the reason, nothing of its content."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class OfferOutcome:
    """Outcome of one offer: its factors, whether both said yes, how long they went on, and how good it was."""

    factors: Mapping[str, float | None]
    accepted: bool
    days: float
    success: float


def read_outcomes(lines: Iterable[str]) -> tuple[OfferOutcome, ...]:
    """Return all outcomes, or raise on the first line that is none; blank lines are skipped."""
    return tuple(_outcome(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _outcome(number: int, line: str) -> OfferOutcome:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UnsoundOutcomeError(number, "make it one JSON object") from error
    if not isinstance(row, dict) or not set(row) <= KEYS:
        raise UnsoundOutcomeError(number, "make it an object of the known keys")
    factors, accepted, ending = row.get("factors"), row.get("accepted"), row.get("ending")
    if not isinstance(factors, dict) or set(factors) != set(FACTORS):
        raise UnsoundOutcomeError(number, "factors: name all eight")
    if not isinstance(accepted, bool) or not isinstance(row.get("talked", False), bool):
        raise UnsoundOutcomeError(number, "accepted, talked: true or false")
    if ending is not None and ending not in ENDINGS:
        raise UnsoundOutcomeError(number, "ending: open, goodbye or silent")
    days = _number(number, "days", row.get("days", 0), math.inf)
    known = {name: _number(number, name, factors[name], 1.0) for name in FACTORS if factors[name] is not None}
    signs = [_number(number, name, row[name], 1.0) for name in ANSWERS if row.get(name) is not None]
    signs += [ENDINGS[ending]] if isinstance(ending, str) else []
    signs += [float(row["talked"])] if "talked" in row else []
    good = fmean(signs) if signs else 1.0
    return OfferOutcome({name: known.get(name) for name in FACTORS}, accepted, days, good if accepted else 0.0)


def _number(line: int, name: str, value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most or value == math.inf:
        raise UnsoundOutcomeError(line, f"{name}: a number from 0 to {most:g}")
    return float(value)
