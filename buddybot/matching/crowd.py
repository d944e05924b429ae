"""A pool as arrays: for each person the kinds of their answers, the bits of their limits, and their wait.

All hard limits but three are one AND of two 64-bit words: the low half says what a person is, the high half what they
exclude, and two people are apart if either excludes what the other is. Language, shared hours and named people
(blocked, previous) are looked up.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Generic, TypeVar

import numpy as np
from cachetools import LRUCache

from buddybot.domain.matching.candidate import ONLY_NONE, Candidate, hours_waited
from buddybot.domain.matching.compatibility import rarity
from buddybot.domain.matching.limits import ROLES
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.tables import Flags, Floats, Ints, Masks, Thin, score_parts

HALF = 32
KNOWN = 1 << 14  # combinations of limiting answers whose words are kept
LIMITING = attrgetter(
    "lane", "cross_lane", "role", "now", "statements", "medicine", "medicine_shaming", "not_ok", "gender",
    "gender_pref", "age_band", "near_age",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Which bit says what about a person, in the low half of their word."""

    bits: Mapping[tuple[str, Hashable], int]
    _known: LRUCache[Hashable, int] = field(default_factory=lambda: LRUCache(KNOWN), repr=False, compare=False)

    @classmethod
    def of(cls, weights: MatchingWeights) -> "Layout":
        """Give each thing that someone may exclude a bit of its own."""
        single = weights.choices.single
        names: list[tuple[str, Hashable]] = [
            *(("lane", (lane, cross)) for lane in sorted(single["lane"]) for cross in (False, True)),
            *(("role", role) for role in sorted(single["role"])),
            *(("veto", veto) for veto in sorted({*weights.veto_now, *weights.veto_statement})),
            ("medicine", "perhaps"),
            ("medicine", "perhaps, and not open to views"),
            *(("gender", gender) for gender in (None, *sorted(single["gender"]))),
            *(("age_band", band) for band in (None, *sorted(single["age_band"]))),
        ]
        if len(names) > HALF:
            raise ValueError(f"{len(names)} kinds of limits do not fit into {HALF} bits")
        return cls({name: bit for bit, name in enumerate(names)})

    def word(self, one: Candidate, weights: MatchingWeights) -> int:
        """Return both halves of a person's word."""
        answers = LIMITING(one)
        word = self._known.get(answers)
        if word is None:
            is_now, excludes = self._mask(_traits(one, weights)), self._mask(_exclusions(one, weights, self.bits))
            word = self._known[answers] = is_now | excludes << HALF
        return word

    def _mask(self, names: Iterable[tuple[str, Hashable]]) -> int:
        mask = 0
        for name in names:
            mask |= 1 << self.bits[name]
        return mask


def _traits(one: Candidate, weights: MatchingWeights) -> Iterable[tuple[str, Hashable]]:
    yield "lane", (one.lane, one.cross_lane)
    yield "role", one.role
    for veto, places in weights.veto_now.items():
        if one.lane == "self" and (one.now or "") in places:
            yield "veto", veto
    for veto, statement in weights.veto_statement.items():
        if statement in one.statements:
            yield "veto", veto
    if one.medicine != ONLY_NONE:
        yield "medicine", "perhaps"
        if one.not_ok != ONLY_NONE:
            yield "medicine", "perhaps, and not open to views"
    yield "gender", one.gender
    yield "age_band", one.age_band


def _exclusions(
    one: Candidate, weights: MatchingWeights, bits: Iterable[tuple[str, Hashable]]
) -> Iterable[tuple[str, Hashable]]:
    for veto in one.not_ok - ONLY_NONE:
        yield "veto", veto
    if one.medicine_shaming:
        yield "medicine", "perhaps"
    elif "no_medicine" in one.statements:
        yield "medicine", "perhaps, and not open to views"
    wanted = one.gender if one.gender_pref == "same" else weights.gender_wanted.get(one.gender_pref)
    for kind, name in bits:
        match kind, name:
            case "lane", (str() as lane, bool() as cross):
                apart = lane != one.lane and not (cross and one.cross_lane)
            case "role", str() as role:
                apart = (one.role, role) not in ROLES
            case "gender", gender:
                apart = one.gender_pref != "any" and (wanted is None or gender != wanted)
            case "age_band", band:
                apart = one.near_age and (one.age_band or "", "" if band is None else str(band)) not in weights.near_age
            case _:
                apart = False
        if apart:
            yield kind, name


@dataclass(frozen=True)
class Crowd:
    """A pool as arrays, one entry or row a person, in the order of the pool."""

    weights: MatchingWeights
    people: tuple[Candidate, ...]
    words: Masks  # traits and exclusions, see `Layout`
    tongues: Ints  # kind of languages
    tongue_masks: Masks  # a row a kind of languages
    kinds: tuple[Ints, Ints, Ints, Ints]  # into `tables`
    tables: tuple[Floats, Floats, Floats, Floats]
    life: Floats  # people x items, 1 where ticked
    item_weights: Floats
    life_sums: Floats  # 0 where not said
    bonus: Floats
    floors: Floats
    places: Ints
    apart: Mapping[int, Ints]  # who may not meet whom by name, both ways

    def __len__(self) -> int:
        """Return how many people there are."""
        return len(self.people)

    @cached_property
    def thin_tables(self) -> tuple[Thin, ...]:
        """The tables in single precision, for scanning."""
        return tuple(table.astype(np.float32) for table in self.tables)

    @cached_property
    def life_share(self) -> Floats:
        """What one unit of shared life adds to a score, seen from each person; the greater of two counts."""
        said = self.life_sums > 0
        return np.where(said, self.weights.factors["life"] / np.where(said, self.life_sums, 1.0), 0.0)

    def scores(self, left: Ints, right: Ints) -> Floats:
        """Return the exact scores of the pairs (left, right), below zero where the hours don't fit."""
        found = np.zeros(len(left))
        for kind, table in zip(self.kinds, self.tables, strict=True):
            found += table[kind[left], kind[right]]
        shared = np.einsum("ij,ij,j->i", self.life[left], self.life[right], self.item_weights)
        found += shared * np.maximum(self.life_share[left], self.life_share[right])
        return found

    def speaks_with(self, tongue: int) -> Flags:
        """Tell for each kind of languages whether it shares one with this kind."""
        common: Masks = self.tongue_masks & self.tongue_masks[tongue]
        shared: Flags = np.any(common.astype(np.bool_), axis=1)
        return shared

    def allowed(self, left: Ints, right: Ints, scores: Floats) -> Flags:
        """Tell for each pair whether every limit and the floor of waiting let it be."""
        good: Flags = ~clash(self.words[left], self.words[right]) & (left != right)
        good &= (self.tongue_masks[self.tongues[left]] & self.tongue_masks[self.tongues[right]]).any(axis=1)
        good &= np.round(scores, 9) >= np.minimum(self.floors[left], self.floors[right])
        for index in np.flatnonzero(good):
            named = self.apart.get(int(left[index]))
            if named is not None and (named == right[index]).any():
                good[index] = False
        return good


def clash(left: Masks, right: Masks) -> Flags:
    """Tell whether either of two excludes what the other is."""
    swapped = right << np.uint64(HALF) | right >> np.uint64(HALF)
    common: Masks = left & swapped
    return common.astype(np.bool_)


def gather(pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> Crowd:
    """Turn a pool into arrays."""
    people = tuple(pool)
    layout = Layout.of(weights)
    waits = [hours_waited(one, now) for one in people]
    tongues, tongue_masks = _tongues(people)
    kinds, found = _kinds(people, weights)
    life, item_weights = _life(people)
    return Crowd(
        weights=weights,
        people=people,
        words=np.array([layout.word(one, weights) for one in people], dtype=np.uint64),
        tongues=tongues,
        tongue_masks=tongue_masks,
        kinds=kinds,
        tables=found,
        life=life,
        item_weights=item_weights,
        life_sums=life @ item_weights,
        bonus=np.array([weights.waiting.bonus_after(wait) for wait in waits]),
        floors=np.array([weights.waiting.floor_after_hours(wait) for wait in waits]),
        places=np.array([one.places for one in people], dtype=np.int64),
        apart=_apart(people),
    )


def _tongues(people: Sequence[Candidate]) -> tuple[Ints, Masks]:
    index = _numbered(one.languages for one in people)
    order = {tongue: bit for bit, tongue in enumerate(sorted({name for names in index.seen for name in names}))}
    masks = np.zeros((len(index.seen), len(order) // 64 + 1), dtype=np.uint64)
    for row, names in enumerate(index.seen):
        for name in names:
            masks[row, order[name] // 64] |= np.uint64(1 << order[name] % 64)
    return index.numbers, masks


def _life(people: Sequence[Candidate]) -> tuple[Floats, Floats]:
    rare = rarity(people)
    column = {item: number for number, item in enumerate(rare)}
    life = np.zeros((len(people), len(rare)))
    for row, one in enumerate(people):
        life[row, [column[item] for item in one.life]] = 1.0
    return life, np.array(list(rare.values()), dtype=np.float64)


def _apart(people: Sequence[Candidate]) -> dict[int, Ints]:
    place = {one.id: index for index, one in enumerate(people)}
    apart: dict[int, set[int]] = {}
    for index, one in enumerate(people):
        for name in one.blocked | one.previous:
            other = place.get(name)
            if other is not None:
                apart.setdefault(index, set()).add(other)
                apart.setdefault(other, set()).add(index)
    return {index: np.array(sorted(others), dtype=np.int64) for index, others in apart.items()}


Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Numbered(Generic[Kind]):
    """Distinct things in the order first seen, and which of them each person has."""

    numbers: Ints
    seen: tuple[Kind, ...]


def _numbered(things: Iterable[Kind]) -> _Numbered[Kind]:
    seen: dict[Kind, int] = {}
    numbers = np.array([seen.setdefault(thing, len(seen)) for thing in things], dtype=np.int64)
    return _Numbered(numbers, tuple(seen))


def _kinds(
    people: Sequence[Candidate], weights: MatchingWeights
) -> tuple[tuple[Ints, Ints, Ints, Ints], tuple[Floats, Floats, Floats, Floats]]:
    parts = score_parts(weights)
    found = [_numbered(part.code(one) for one in people) for part in parts]
    codes = [
        np.array(one.seen, dtype=np.int64).reshape(-1, part.width).T for part, one in zip(parts, found, strict=True)
    ]
    a, b, c, d = (one.numbers for one in found)
    e, f, g, h = (part.table(code, code) for part, code in zip(parts, codes, strict=True))
    return (a, b, c, d), (e, f, g, h)
