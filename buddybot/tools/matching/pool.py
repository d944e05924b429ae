"""Parser of a pool: one JSON object a line. A line that can't be used is refused without quoting it."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import BinaryIO, TypeVar

from buddybot.domain.matching.candidate import ENGLISH, NOTHING, ONLY_NONE, Candidate
from buddybot.domain.matching.weights import MatchingWeights

KEYS = frozenset(Candidate.__dataclass_fields__)
LANGUAGE = re.compile(r"[a-z]{2,3}")
OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})")
MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})")
EARLIEST, LATEST = -12 * 60, 14 * 60
RATHER_NOT = "rather_not"  # an answer that stores nothing
BLANK = b" \t\r\n"
BOM = b"\xef\xbb\xbf"
HOUR = 60

Value = TypeVar("Value", int, datetime)


@dataclass(frozen=True, slots=True)
class LineRefusal:
    """A line that can't be used, by its number (from 1), and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Pool:
    """The people of a file, and the lines that were refused."""

    people: tuple[Candidate, ...]
    refusals: tuple[LineRefusal, ...]


class _Unusable(Exception):
    """Carries a refusal's reason to its line."""


def read_pool(file: BinaryIO, weights: MatchingWeights) -> Pool:
    """Read every line; blank ones are skipped but counted, and of two people with one id the first stays."""
    people: dict[str, Candidate] = {}
    refusals = []
    for number, line in _lines(file):
        try:
            one = _candidate(_record(line), weights)
        except _Unusable as refused:
            refusals.append(LineRefusal(number, str(refused)))
            continue
        if people.setdefault(one.id, one) is not one:
            refusals.append(LineRefusal(number, "id stands on an earlier line too"))
    return Pool(tuple(people.values()), tuple(refusals))


def parse_moment(text: str) -> datetime | None:
    """Return the time written as YYYY-MM-DDTHH:MM:SS with Z or an offset, or None if it is not one."""
    found = MOMENT.fullmatch(text)
    minutes = 0 if found is None or found[2] == "Z" else _offset(found[2])
    if found is None or minutes is None:
        return None
    try:
        return datetime.fromisoformat(found[1]).replace(tzinfo=timezone(timedelta(minutes=minutes)) if minutes else UTC)
    except ValueError:
        return None


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    for number, raw in enumerate(file, start=1):
        line = (raw.removeprefix(BOM) if number == 1 else raw).strip(BLANK)
        if line:
            yield number, line


def _record(line: bytes) -> dict[str, object]:
    try:
        found: object = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise _Unusable("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _Unusable("not JSON") from error
    if not isinstance(found, dict):
        raise _Unusable("not one JSON object")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Unusable("a key stands twice")
    return found


def _constant(_name: str) -> object:
    raise _Unusable("not JSON: NaN and Infinity are no numbers")


def _candidate(record: dict[str, object], weights: MatchingWeights) -> Candidate:
    if not record.keys() <= KEYS:
        raise _Unusable("an unknown key")
    said = _Said({key: value for key, value in record.items() if value is not None and value != []})
    choices = weights.choices
    lane = said.choice("lane", choices.single["lane"])
    name = said.text("id")
    if not name:
        raise _Unusable("id is missing or empty")
    if lane is None:
        raise _Unusable("lane is missing")
    return Candidate(
        id=name,
        lane=lane,
        now=said.choice("now", choices.now[lane], unsaid=RATHER_NOT if lane == "bereaved" else None),
        help_wanted=said.some("help_wanted", weights),
        not_ok=said.alone("not_ok", weights),
        statements=said.some("statements", weights),
        utc_offset=said.offset("utc_offset"),
        hours=said.some("hours", weights),
        medicine=said.alone("medicine", weights),
        life=said.some("life", weights),
        pace=said.choice("pace", choices.single["pace"]),
        substances=said.some("substances", weights),
        languages=said.languages("languages"),
        age_band=said.choice("age_band", choices.single["age_band"]),
        near_age=said.flag("near_age"),
        gender_pref=said.choice("gender_pref", choices.single["gender_pref"]) or "any",
        gender=said.choice("gender", choices.single["gender"], unsaid=RATHER_NOT),
        role=said.choice("role", choices.single["role"]) or "peer",
        capacity=said.whole("capacity", choices.most["capacity"]),
        blocked=said.texts("blocked"),
        previous=said.texts("previous"),
        cross_lane=said.flag("cross_lane"),
        medicine_shaming=said.flag("medicine_shaming"),
        waiting_since=said.moment("waiting_since"),
    )


class _Said:
    """Fields of a line, key by key; missing, null and empty lists are gone already."""

    def __init__(self, record: dict[str, object]) -> None:
        self._record = record

    def text(self, key: str) -> str | None:
        value = self._record.get(key)
        if value is not None and not isinstance(value, str):
            raise _Unusable(f"{key}: not a text")
        return value

    def choice(self, key: str, allowed: frozenset[str], unsaid: str | None = None) -> str | None:
        value = self.text(key)
        if value is None or value == unsaid:
            return None
        if value not in allowed:
            raise _Unusable(f"{key}: not one of its choices")
        return value

    def texts(self, key: str) -> frozenset[str]:
        value = self._record.get(key, NOTHING)
        if value is NOTHING:
            return NOTHING
        if not isinstance(value, list):
            raise _Unusable(f"{key}: not a list")
        if not all(isinstance(item, str) for item in value):
            raise _Unusable(f"{key}: not a list of texts")
        return frozenset(value)

    def some(self, key: str, weights: MatchingWeights) -> frozenset[str]:
        chosen = self.texts(key)
        if not chosen <= weights.choices.many[key]:
            raise _Unusable(f"{key}: not among its choices")
        most = weights.choices.most.get(key)
        if most is not None and len(chosen) > most:
            raise _Unusable(f"{key}: more than {most}")
        return chosen

    def alone(self, key: str, weights: MatchingWeights) -> frozenset[str]:
        chosen = self.some(key, weights)
        if chosen > ONLY_NONE:
            raise _Unusable(f"{key}: none beside another choice")
        return chosen

    def languages(self, key: str) -> frozenset[str]:
        found = self.texts(key)
        if not all(LANGUAGE.fullmatch(name) for name in found):
            raise _Unusable(f"{key}: a language is two or three small letters")
        return found or ENGLISH

    def flag(self, key: str) -> bool:
        value = self._record.get(key, False)
        if not isinstance(value, bool):
            raise _Unusable(f"{key}: not true or false")
        return value

    def whole(self, key: str, most: int) -> int:
        value = self._record.get(key, 1)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise _Unusable(f"{key}: not a whole number from 1 to {most}")
        return value

    def offset(self, key: str) -> int | None:
        return self._parsed(key, _offset, "not an offset like -05:00, from -12:00 to +14:00")

    def moment(self, key: str) -> datetime | None:
        return self._parsed(key, parse_moment, "not a time like 2026-11-20T18:00:00Z")

    def _parsed(self, key: str, parse: Callable[[str], Value | None], problem: str) -> Value | None:
        text = self.text(key)
        if text is None:
            return None
        value = parse(text)
        if value is None:
            raise _Unusable(f"{key}: {problem}")
        return value


def _offset(text: str) -> int | None:
    found = OFFSET.fullmatch(text)
    if found is None or int(found[3]) >= HOUR:
        return None
    minutes = (int(found[2]) * HOUR + int(found[3])) * (-1 if found[1] == "-" else 1)
    return minutes if EARLIEST <= minutes <= LATEST else None


def latest(people: Sequence[Candidate]) -> datetime | None:
    """Return when the last of these people began to wait, which is "now" for a file."""
    return max((one.waiting_since for one in people if one.waiting_since is not None), default=None)
