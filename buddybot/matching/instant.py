"""In-memory index of those who wait: a newcomer's best partner is found at once, however many they are.

A struct of arrays, a row for each person: someone who comes takes a free row, someone who leaves frees it. A newcomer
is scored against every kind of answers first. Then the rows are gone through in blocks: one AND (the hard limits), and
a look-up for each part of the score, after which a row goes as soon as it can't become the best any more (branch and
bound). The few that can are worked out by `domain` itself, so that score, limits and floor are those of a round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from buddybot.domain.matching.candidate import Candidate, Choices
from buddybot.domain.matching.compatibility import DIGITS, Rarity
from buddybot.domain.matching.pairing import Edge, Pairing, edge
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.crowd import HALF, Layout
from buddybot.matching.kinds import Kinds
from buddybot.matching.tables import Bytes, Code, Floats, Ints, MaskOf, Masks, score_parts

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOBODY = (1 << 64) - 1  # the word of a free row: it excludes everyone
BLOCK = 1 << 15  # rows looked at together: what is worked out about them stays in the processor's cache
EXACT = 8  # so many are ordered at a time, to be worked out exactly
SLACK = 1e-6  # what the fast score may be wrong by
LANGUAGES = 64  # with a bit of their own; those that come later share the last one
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class _Answers:
    """What is looked up of a person."""

    word: int
    codes: tuple[Code, ...]
    life: bytes
    speaks: int


@dataclass(slots=True)
class _Search:
    """A newcomer, their points with each kind, the most that is still to come after each part, and the best so far."""

    newcomer: Candidate
    now: datetime
    rare: Rarity
    excluded: np.uint64
    speaks: np.uint64
    points: Sequence[Floats]
    most: Sequence[float]
    bonus: float
    best: Edge | None = None


class WaitingCrowd:
    """Everyone who waits for a partner; not safe to share between threads."""

    def __init__(self, weights: MatchingWeights, room: int = 1024) -> None:
        self._weights, self._layout = weights, Layout.of(weights)
        self._kinds_of = tuple(Kinds(part) for part in score_parts(weights))
        self._items = sorted(weights.choices.many["life"])
        self._life_mask = MaskOf(self._items)
        self._ticks = dict.fromkeys(self._items, 0)
        self._language: dict[str, int] = {}
        self._row: dict[str, int] = {}
        self._people: list[Candidate | None] = [None] * room
        self._free = list(range(room - 1, -1, -1))
        self._words: Masks = np.full(room, NOBODY, dtype=np.uint64)
        self._speaks: Masks = np.zeros(room, dtype=np.uint64)
        self._since: Floats = np.zeros(room)
        self._kinds: Ints = np.zeros((len(self._kinds_of), room), dtype=np.int64)
        self._life: Bytes = np.zeros((-(-len(self._items) // 8), room), dtype=np.uint8)
        self._last: tuple[Candidate, _Answers] | None = None

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._row)

    def __contains__(self, name: object) -> bool:
        """Tell whether someone of this id waits."""
        return name in self._row

    def knows(self, one: Candidate) -> bool:
        """Return whether matching has a place for each of these answers; an older version may have kept others."""
        try:
            self._answers(one)
        except KeyError:
            return False
        return True

    def add(self, one: Candidate) -> None:
        """Let someone wait; anyone of the same id is replaced."""
        answers = self._answers(one)
        self._leave(one.id)
        if not self._free:
            self._grow()
        row = self._free.pop()
        self._row[one.id], self._people[row] = row, one
        self._words[row], self._speaks[row], self._life[:, row] = answers.word, answers.speaks, list(answers.life)
        self._since[row] = np.inf if one.waiting_since is None else (one.waiting_since - EPOCH).total_seconds()
        for kinds, column, code in zip(self._kinds_of, self._kinds, answers.codes, strict=True):
            column[row] = kinds.enter(code)
        self._tick(one, 1)

    def remove(self, name: str) -> None:
        """Let someone go; nobody of that id is no error."""
        if self._last is not None and self._last[0].id == name:
            self._last = None
        self._leave(name)

    def _leave(self, name: str) -> None:
        row = self._row.pop(name, None)
        if row is None:
            return
        one = self._people[row]
        assert one is not None, "a row in use has its person"
        self._people[row] = None
        for kinds, number in zip(self._kinds_of, self._kinds[:, row].tolist(), strict=True):
            kinds.leave(number)
        self._words[row] = NOBODY
        self._free.append(row)
        self._tick(one, -1)

    def best_partner(self, newcomer: Candidate, now: datetime) -> Pairing | None:
        """Return the pair worth most for someone who just came: `domain.matching.best_partner`, fast."""
        search = self._search(newcomer, now)
        for start in range(0, len(self._people), BLOCK):
            rows, worth = self._able(search, start)
            self._settle(search, rows, worth)
        return None if search.best is None else search.best.pairing(self._weights)

    def people(self) -> tuple[Candidate, ...]:
        """Return everyone who waits, those who have waited longest first."""
        found = (one for one in self._people if one is not None)
        return tuple(sorted(found, key=lambda one: (one.waiting_since or EPOCH, one.id)))

    def rarity(self, *others: Candidate) -> Rarity:
        """Return the weights of life among those who wait and these others."""
        new = [one for one in others if one.id not in self._row]
        ticks = dict(self._ticks)
        for item in (item for one in new for item in one.life):
            ticks[item] += 1
        count = len(self) + len(new)
        return {item: math.log(1 + count / often) for item, often in ticks.items() if often}

    def _search(self, newcomer: Candidate, now: datetime) -> _Search:
        answers = self._answers(newcomer)
        points = [kinds.points(code) for kinds, code in zip(self._kinds_of, answers.codes, strict=True)]
        most = [float(one.max()) for one in points[1:]] + [self._weights.factors["life"] if newcomer.life else 0.0]
        return _Search(
            newcomer,
            now,
            self.rarity(newcomer),
            np.uint64(answers.word >> HALF | (answers.word & (1 << HALF) - 1) << HALF),
            np.uint64(answers.speaks),
            points,
            [sum(most[at:]) for at in range(len(most))],
            self._bonus(newcomer, now),
        )

    def _able(self, search: _Search, start: int) -> tuple[Ints, Floats]:
        """Return who of a block may be the best, and what the pair is worth by the fast score.

        Score part by part, and let a row go as soon as the parts to come can't bring it up to what is needed.
        """
        policy, waiting = self._weights.policy, self._weights.waiting
        needed = policy.instant_at - SLACK
        if search.best is not None:
            needed = max(needed, search.best.worth - search.bonus - waiting.most - SLACK)
        rows = np.flatnonzero((self._words[start : start + BLOCK] & search.excluded) == 0)
        rows += start
        score = np.zeros(len(rows))
        for points, column, most in zip(search.points, self._kinds, search.most, strict=True):
            score += points[column[rows]]
            able = np.flatnonzero(score >= needed - most)
            rows, score = rows[able], score[able]
        able = (self._speaks[rows] & search.speaks) != 0
        rows, score = rows[able], score[able] + self._life_points(search, rows[able])
        worth = score + self._bonuses(rows, search.now) + search.bonus
        able = score >= needed
        return rows[able], worth[able]

    def _settle(self, search: _Search, rows: Ints, worth: Floats) -> None:
        """Work out the best by the fast score exactly, until none of the rest can be better."""
        while len(rows):
            some = min(EXACT, len(rows))
            first = np.argpartition(-worth, some - 1)[:some]
            for at in first[np.argsort(-worth[first])].tolist():
                if search.best is not None and worth[at] < search.best.worth - SLACK:
                    return
                other = self._people[int(rows[at])]
                assert other is not None, "a row that fits is in use"
                search.best = _better(search.best, self._edge(search, other))
            rest = np.ones(len(rows), dtype=np.bool_)
            rest[first] = False
            rows, worth = rows[rest], worth[rest]

    def _edge(self, search: _Search, other: Candidate) -> Edge | None:
        found = edge(search.newcomer, other, search.now, self._weights, search.rare)
        return None if found is None or round(found.score, DIGITS) < self._weights.policy.instant_at else found

    def _bonus(self, one: Candidate, now: datetime) -> float:
        waited = 0.0 if one.waiting_since is None else max(0.0, (now - one.waiting_since).total_seconds())
        return self._weights.waiting.bonus_after(waited / HOUR)

    def _bonuses(self, rows: Ints, now: datetime) -> Floats:
        waiting = self._weights.waiting
        hours = np.maximum((now - EPOCH).total_seconds() - self._since[rows], 0.0) / HOUR
        bonus: Floats = np.minimum(waiting.most, waiting.bonus * np.floor(hours / waiting.step_hours))
        return bonus

    def _life_points(self, search: _Search, rows: Ints) -> Floats:
        """Return the points of `life`; who said nothing there has theirs elsewhere."""
        if not search.newcomer.life or not len(rows):
            return np.zeros(len(rows))
        rare = [search.rare.get(item, 0.0) for item in self._items]
        weights = np.array([rare, [w * (i in search.newcomer.life) for i, w in zip(self._items, rare, strict=True)]])
        total, shared = weights @ np.unpackbits(self._life[:, rows], axis=0, count=len(rare), bitorder="little")
        own = sum(search.rare[item] for item in search.newcomer.life)
        said = total > 0
        part: Floats = np.where(said, shared / np.minimum(np.where(said, total, own), own), 0.0)
        return self._weights.factors["life"] * part

    def _answers(self, one: Candidate) -> _Answers:
        """Return what is looked up of a person; KeyError where an answer is not of this version."""
        if self._last is not None and self._last[0] is one:
            return self._last[1]
        found = _Answers(
            self._layout.word(one, self._weights),
            tuple(kinds.part.code(one) for kinds in self._kinds_of),
            self._life_mask(one.life).to_bytes(len(self._life), "little"),
            self._speaks_of(one.languages),
        )
        self._last = one, found
        return found

    def _speaks_of(self, languages: Choices) -> int:
        return sum({1 << self._language.setdefault(one, min(len(self._language), LANGUAGES - 1)) for one in languages})

    def _tick(self, one: Candidate, by: int) -> None:
        for item in one.life:
            self._ticks[item] += by

    def _grow(self) -> None:
        room = len(self._people)
        self._people += [None] * room
        self._free = list(range(2 * room - 1, room - 1, -1))
        self._words = np.concatenate([self._words, np.full(room, NOBODY, dtype=np.uint64)])
        self._speaks = np.concatenate([self._speaks, np.zeros(room, dtype=np.uint64)])
        self._since = np.concatenate([self._since, np.zeros(room)])
        self._kinds = np.concatenate([self._kinds, np.zeros_like(self._kinds)], axis=1)
        self._life = np.concatenate([self._life, np.zeros_like(self._life)], axis=1)


def _better(best: Edge | None, found: Edge | None) -> Edge | None:
    if best is None or found is None:
        return best or found
    return min(best, found, key=lambda one: (-one.worth, one.b.id))
