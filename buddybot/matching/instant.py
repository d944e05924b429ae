"""In-memory index of those who wait: a newcomer's best partner is found at once, however many they are.

A struct of arrays, a row for each person: someone who comes takes a free row, someone who leaves frees it. One look for
a newcomer is one AND over the rows (the hard limits), then a few look-ups for the rows that remain; the best few are
worked out by `domain` itself, so that score, limits and floor are exactly those of a round.
"""

from datetime import UTC, datetime

import numpy as np

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import DIGITS, Rarity, factors
from buddybot.domain.matching.pairing import Edge, Pairing, edge
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.crowd import Layout, clash
from buddybot.matching.kinds import PARTS, Kinds
from buddybot.matching.tables import Floats, Ints, Masks

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOBODY = (1 << 64) - 1  # the word of a free row: it excludes everyone
EXACT = 8  # so many are worked out exactly at a time
SLACK = 1e-6  # what the fast score may be wrong by
HALVES = 12  # bits in the lower half of a mask of life
HOUR = 3600.0


class WaitingCrowd:
    """Everyone who waits for a partner; not safe to share between threads."""

    def __init__(self, weights: MatchingWeights, room: int = 1024) -> None:
        self._weights, self._layout = weights, Layout.of(weights)
        self._people: list[Candidate | None] = [None] * room
        self._row: dict[str, int] = {}
        self._free = list(range(room - 1, -1, -1))
        self._words: Masks = np.full(room, NOBODY, dtype=np.uint64)
        self._since: Floats = np.zeros(room)
        self._kinds: Ints = np.zeros((len(PARTS), room), dtype=np.int64)
        self._life: Ints = np.zeros((2, room), dtype=np.int64)
        self._tables = tuple(Kinds(part, weights) for part in PARTS)
        self._items = {item: bit for bit, item in enumerate(sorted(weights.choices.many["life"]))}
        self._ticks: Ints = np.zeros(len(self._items), dtype=np.int64)

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._row)

    def __contains__(self, name: object) -> bool:
        """Tell whether someone of this id waits."""
        return name in self._row

    def knows(self, one: Candidate) -> bool:
        """Return whether matching has a place for each of these answers; an older version may have kept others."""
        try:
            self._layout.word(one, self._weights)
            self._halves(one)
            factors(one, one, self._weights, dict.fromkeys(one.life, 1.0))
        except KeyError:
            return False
        return True

    def add(self, one: Candidate) -> None:
        """Let someone wait; anyone of the same id is replaced."""
        self.remove(one.id)
        if not self._free:
            self._grow()
        row = self._free.pop()
        self._row[one.id], self._people[row] = row, one
        self._words[row] = self._layout.word(one, self._weights)
        self._since[row] = np.inf if one.waiting_since is None else (one.waiting_since - EPOCH).total_seconds()
        self._kinds[:, row] = [kinds.enter(one) for kinds in self._tables]
        self._life[:, row] = self._halves(one)
        self._ticks[[self._items[item] for item in one.life]] += 1

    def remove(self, name: str) -> None:
        """Let someone go; nobody of that id is no error."""
        row = self._row.pop(name, None)
        if row is None:
            return
        one = self._people[row]
        assert one is not None, "a row in use has its person"
        self._people[row] = None
        for kinds, number in zip(self._tables, self._kinds[:, row].tolist(), strict=True):
            kinds.leave(number)
        self._words[row] = NOBODY
        self._free.append(row)
        self._ticks[[self._items[item] for item in one.life]] -= 1

    def best_partner(self, newcomer: Candidate, now: datetime) -> Pairing | None:
        """Return the pair worth most for someone who just came: `domain.matching.best_partner`, fast."""
        mine = np.array([self._layout.word(newcomer, self._weights)], dtype=np.uint64)
        rows = np.flatnonzero(~clash(self._words, mine))
        if not len(rows):
            return None
        rare = self.rarity(newcomer)
        rows, score = self._scores(newcomer, rows, rare)
        return self._exact_best(newcomer, rows, score + self._bonuses(rows, now), now, rare)

    def _exact_best(
        self, newcomer: Candidate, rows: Ints, worth: Floats, now: datetime, rare: Rarity
    ) -> Pairing | None:
        """Work out the best by the fast score exactly, until none of the rest can be better."""
        best: Edge | None = None
        while len(rows):
            some = min(EXACT, len(rows))
            first = np.argpartition(-worth, some - 1)[:some]
            first = first[np.argsort(-worth[first])]
            for at in first.tolist():
                other = self._people[int(rows[at])]
                assert other is not None, "a row that fits is in use"
                best = _better(best, self._edge(newcomer, other, now, rare))
            rest = np.ones(len(rows), dtype=np.bool_)
            rest[first] = False
            if best is not None:
                rest &= worth + self._bonus(newcomer, now) > best.worth - SLACK
            rows, worth = rows[rest], worth[rest]
        return None if best is None else best.pairing(self._weights)

    def _edge(self, newcomer: Candidate, other: Candidate, now: datetime, rare: Rarity) -> Edge | None:
        found = edge(newcomer, other, now, self._weights, rare)
        return None if found is None or round(found.score, DIGITS) < self._weights.policy.instant_at else found

    def _bonus(self, one: Candidate, now: datetime) -> float:
        waited = 0.0 if one.waiting_since is None else max(0.0, (now - one.waiting_since).total_seconds())
        return self._weights.waiting.bonus_after(waited / HOUR)

    def _bonuses(self, rows: Ints, now: datetime) -> Floats:
        waiting = self._weights.waiting
        hours = np.maximum((now - EPOCH).total_seconds() - self._since[rows], 0.0) / HOUR
        bonus: Floats = np.minimum(waiting.most, waiting.bonus * np.floor(hours / waiting.step_hours))
        return bonus

    def people(self) -> tuple[Candidate, ...]:
        """Return everyone who waits, those who have waited longest first."""
        found = (one for one in self._people if one is not None)
        return tuple(sorted(found, key=lambda one: (one.waiting_since or EPOCH, one.id)))

    def rarity(self, *others: Candidate) -> Rarity:
        """Return the weights of life among those who wait and these others."""
        new = [one for one in others if one.id not in self._row]
        ticks = self._ticks.copy()
        for one in new:
            ticks[[self._items[item] for item in one.life]] += 1
        count = len(self) + len(new)
        return {item: float(np.log1p(count / ticks[bit])) for item, bit in self._items.items() if ticks[bit]}

    def _scores(self, newcomer: Candidate, rows: Ints, rare: Rarity) -> tuple[Ints, Floats]:
        """Score part by part, and let a row go as soon as the parts to come can't bring it up to the least score."""
        score, open_ = self._life_scores(newcomer, rows, rare), sum(table.most for table in self._tables)
        for kinds, column in zip(self._tables, self._kinds, strict=True):
            score += kinds.against(newcomer, column[rows])
            open_ -= kinds.most
            able = score + open_ >= self._weights.policy.instant_at - SLACK
            rows, score = rows[able], score[able]
        return rows, score

    def _life_scores(self, newcomer: Candidate, rows: Ints, rare: Rarity) -> Floats:
        if not newcomer.life:
            return np.zeros(len(rows))
        sums, shared = self._life_tables(newcomer, rare)
        lower, upper = self._life[0, rows], self._life[1, rows]
        total = sums[0][lower] + sums[1][upper]
        own = sum(rare[item] for item in newcomer.life)
        said = total > 0
        part = (shared[0][lower] + shared[1][upper]) / np.minimum(np.where(said, total, own), own)
        life: Floats = self._weights.factors["life"] * np.where(said, part, 0.0)
        return life

    def _life_tables(self, newcomer: Candidate, rare: Rarity) -> tuple[list[Floats], list[Floats]]:
        """Return the sums of weights of every half of a mask of life: all items, and the newcomer's only."""
        every = [rare.get(item, 0.0) for item in self._items]
        mine = [rare.get(item, 0.0) if item in newcomer.life else 0.0 for item in self._items]
        return tuple([_sums(w[:HALVES]), _sums(w[HALVES:])] for w in (every, mine))  # type: ignore[return-value]  # two of two

    def _halves(self, one: Candidate) -> tuple[int, int]:
        mask = sum(1 << self._items[item] for item in one.life)
        return mask & (1 << HALVES) - 1, mask >> HALVES

    def _grow(self) -> None:
        room = len(self._people)
        self._people += [None] * room
        self._free = list(range(2 * room - 1, room - 1, -1))
        self._words = np.concatenate([self._words, np.full(room, NOBODY, dtype=np.uint64)])
        self._since = np.concatenate([self._since, np.zeros(room)])
        self._kinds = np.concatenate([self._kinds, np.zeros((len(PARTS), room), dtype=np.int64)], axis=1)
        self._life = np.concatenate([self._life, np.zeros((2, room), dtype=np.int64)], axis=1)


def _better(best: Edge | None, found: Edge | None) -> Edge | None:
    if best is None or found is None:
        return best or found
    return min(best, found, key=lambda one: (-one.worth, one.b.id))


def _sums(weights: list[float]) -> Floats:
    sums: Floats = np.zeros(1)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
    return sums
