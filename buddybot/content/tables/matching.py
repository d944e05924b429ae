"""From the table of data/matching.toml to `MatchingWeights`. What is missing or unsound is named, never guessed."""

import math
from collections.abc import Iterable, Mapping, Sequence

from buddybot.domain.matching.weights import (
    FACTORS,
    Choosable,
    MatchingPolicy,
    MatchingWeights,
    Names,
    Pairs,
    ReasonRules,
    Values,
    WaitingWeights,
)

SINGLE: Names = ("lane", "pace", "age_band", "gender_pref", "gender", "role")
MANY: Names = ("help_wanted", "not_ok", "statements", "hours", "medicine", "substances")


class UnsoundWeightsError(ValueError):
    """An entry of the table that can't be used, with the key, what stands there, and what should."""

    def __init__(self, key: str, value: object, fix: str) -> None:
        """Name the key, the value found there, and the fix."""
        super().__init__(f"{key} = {value!r}: {fix}")
        self.key, self.value, self.fix = key, value, fix


def parse_weights(table: Mapping[str, object]) -> MatchingWeights:
    """Return the weights that a table describes, or raise `UnsoundWeightsError`."""
    root = _Part("", table)
    choices, now, hours, vetoes = root.part("choices"), root.part("now"), root.part("hours"), root.part("vetoes")
    pace, age = root.part("pace"), root.part("age_band")
    return MatchingWeights(
        version=root.text("version"),
        factors=_factors(root.part("factors")),
        values=_values(root.part("values")),
        line={name: now.part("line").whole(name) for name in now.part("line").entries},
        now=_matrix(now),
        help=_help(root.part("help")),
        pace=_line(pace) | _loose(pace),
        age_band=_line(age),
        near_age=_near(age.names("line"), age.whole("near_steps")),
        blocks={name: hours.hours(name) for name in hours.entries if name != "shared_at_least"},
        shared_at_least=hours.whole("shared_at_least"),
        veto_now={name: frozenset(vetoes.part("now").names(name)) for name in vetoes.part("now").entries},
        veto_statement={name: vetoes.part("statement").text(name) for name in vetoes.part("statement").entries},
        gender_wanted={name: root.part("gender_pref").text(name) for name in root.part("gender_pref").entries},
        waiting=_waiting(root.part("waiting")),
        policy=_policy(root.part("policy")),
        reasons=_reasons(root.part("reasons")),
        choices=_choices(choices, root.part("most")),
    )


class _Part:
    """One table of the file, read entry by entry; `path` says where it stands, for the message."""

    def __init__(self, path: str, entries: Mapping[str, object]) -> None:
        self.path, self.entries = path, entries

    def part(self, key: str) -> "_Part":
        found = self._found(key)
        if not isinstance(found, Mapping):
            raise self.unsound(key, "make it a table")
        return _Part(f"{self.path}{key}.", {str(name): value for name, value in found.items()})

    def text(self, key: str) -> str:
        found = self._found(key)
        if not isinstance(found, str):
            raise self.unsound(key, "make it a text")
        return found

    def number(self, key: str) -> float:
        return self._number(key, self._found(key))

    def whole(self, key: str) -> int:
        found = self._found(key)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise self.unsound(key, "make it a whole number, 0 or more")
        return found

    def names(self, key: str) -> Names:
        return tuple(self._name(key, item) for item in self.items(key))

    def hours(self, key: str) -> tuple[int, ...]:
        return tuple(self._hour(key, item) for item in self.items(key))

    def numbers(self, key: str) -> tuple[float, ...]:
        return tuple(self._number(key, item) for item in self.items(key))

    def rows(self, key: str) -> tuple[Sequence[object], ...]:
        return tuple(self._row(key, item) for item in self.items(key))

    def grid(self, key: str) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(self._number(key, cell) for cell in row) for row in self.rows(key))

    def items(self, key: str) -> Sequence[object]:
        return self._row(key, self._found(key))

    def unsound(self, key: str, fix: str) -> UnsoundWeightsError:
        return UnsoundWeightsError(self.path + key, self.entries.get(key), fix)

    def _found(self, key: str) -> object:
        if key not in self.entries:
            raise self.unsound(key, "add it")
        return self.entries[key]

    def _number(self, key: str, value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
            raise self.unsound(key, "make it a number, 0 or more")
        return float(value)

    def _name(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.unsound(key, "make it a list of texts")
        return value

    def _hour(self, key: str, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value not in range(24):
            raise self.unsound(key, "make it a list of hours, 0 to 23")
        return value

    def _row(self, key: str, value: object) -> Sequence[object]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self.unsound(key, "make it a list")
        return value


def _factors(part: _Part) -> Mapping[str, float]:
    found = {name: part.number(name) for name in FACTORS}
    if not math.isclose(math.fsum(found.values()), 1.0, abs_tol=1e-9):
        raise UnsoundWeightsError("factors", found, "make them add up to 1")
    return found


def _values(part: _Part) -> Values:
    return Values(
        unknown=part.number("unknown"),
        any_hours=part.number("any_hours"),
        different_place=part.number("different_place"),
        later_boost=part.number("later_boost"),
        same_boat_bonus=part.number("same_boat_bonus"),
        help_other=part.number("help_other"),
        medicine_both_none=part.number("medicine_both_none"),
        medicine_one_none=part.number("medicine_one_none"),
    )


def _matrix(part: _Part) -> Pairs:
    order, rows = part.names("order"), part.grid("matrix")
    cells = {(a, b): cell for a, row in zip(order, rows, strict=False) for b, cell in zip(order, row, strict=False)}
    if len(cells) != len(order) ** 2 or any(cells[a, b] != cells[b, a] for a, b in cells):
        raise part.unsound("matrix", "make it square and symmetric, a row for each name in order")
    return cells


def _help(part: _Part) -> Pairs:
    cells: dict[tuple[str, str], float] = {}
    for row in part.rows("pairs"):
        match row:
            case [str(a), str(b), int() | float() as value]:
                cells[a, b] = cells[b, a] = float(value)
            case _:
                raise part.unsound("pairs", "write each as [wish, wish, value]")
    return cells


def _line(part: _Part) -> dict[tuple[str, str], float]:
    line, steps = part.names("line"), part.numbers("steps")
    return {
        (a, b): steps[abs(i - j)] if abs(i - j) < len(steps) else 0.0
        for i, a in enumerate(line)
        for j, b in enumerate(line)
    }


def _loose(part: _Part) -> dict[tuple[str, str], float]:
    loose = part.number("loose")
    sides = {pair: loose for name in part.names("line") for pair in (("loose", name), (name, "loose"))}
    return sides | {("loose", "loose"): part.number("loose_both")}


def _near(line: Names, steps: int) -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for i, a in enumerate(line) for j, b in enumerate(line) if abs(i - j) <= steps)


def _waiting(part: _Part) -> WaitingWeights:
    floors = []
    for row in part.rows("floors"):
        match row:
            case [int() | float() as under, int() | float() as floor]:
                floors.append((float(under), float(floor)))
            case _:
                raise part.unsound("floors", "write each as [hours, score]")
    return WaitingWeights(
        step_hours=part.number("step_hours"),
        bonus=part.number("bonus"),
        most=part.number("most"),
        floors=tuple(sorted(floors)),
        floor_after=part.number("floor_after"),
    )


def _policy(part: _Part) -> MatchingPolicy:
    return MatchingPolicy(
        instant_at=part.number("instant_at"),
        round_minutes=part.whole("round_minutes"),
        circle_after_hours=part.whole("circle_after_hours"),
        circle_least=part.whole("circle_least"),
        circle_most=part.whole("circle_most"),
        on_call_minutes=part.whole("on_call_minutes"),
        mentor_rest_days=part.whole("mentor_rest_days"),
        report_group_least=part.whole("report_group_least"),
        report_gap_points=part.whole("report_gap_points"),
    )


def _reasons(part: _Part) -> ReasonRules:
    return ReasonRules(
        order=part.names("order"),
        most=part.whole("most"),
        similar_place_at=part.number("similar_place_at"),
        never_named=frozenset(part.names("never_named")),
    )


def _choices(part: _Part, most: _Part) -> Choosable:
    interests = frozenset(part.names("interests"))
    return Choosable(
        single=_sets(part, SINGLE),
        many=_sets(part, MANY) | {"life": interests.union(part.names("life"))},
        now=_sets(part.part("now"), part.names("lane")),
        most={name: most.whole(name) for name in most.entries},
        interests=interests,
    )


def _sets(part: _Part, names: Iterable[str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(part.names(name)) for name in names}
