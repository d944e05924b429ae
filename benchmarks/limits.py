"""Counts broken limits over many rounds of matching: every pair made is checked by the rules of the domain.

`python -m benchmarks.limits [--pairs 1000000] [--people 10000] [--seed 1]` prints one line of JSON. The same check, in
the same run, of as many pairs drawn by chance shows how many it finds where nothing kept the limits.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from time import process_time

import numpy as np

import buddybot.matching  # noqa: F401 - before numpy: it says how many threads numpy's products may use
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import rarity, score
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.pairing import floor
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.rounds import Options, solve_round
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

WRONG_SCORE = 1e-6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    weights, began, rounds = read_weights(), process_time(), 0
    made: Counter[str] = Counter()
    by_chance: Counter[str] = Counter()
    while made["pairs"] < options.pairs:
        seed = options.seed + rounds
        rng = np.random.default_rng(seed)
        pool = invent(options.people, rng, weights)
        by_id = {one.id: one for one in pool}
        found = solve_round(pool, NOON, weights, Options(seed=seed)).pairs
        pairs = [(by_id[one.members[0]], by_id[one.members[1]], one.score) for one in found]
        made.update(checked(pool, pairs, weights))
        drawn = rng.integers(0, len(pool), (len(pairs), 2))
        by_chance.update(checked(pool, [(pool[i], pool[j], None) for i, j in drawn.tolist() if i != j], weights))
        rounds += 1
    figures = {"rounds": rounds, "people": options.people, "cpu_seconds": round(process_time() - began)}
    print(json.dumps({"benchmark": "limits", **figures, "made": dict(made), "by_chance": dict(by_chance)}))


def checked(
    pool: Sequence[Candidate], pairs: Iterable[tuple[Candidate, Candidate, float | None]], weights: MatchingWeights
) -> Counter[str]:
    """Count the pairs, and among them those that break a limit, fall below a floor or are scored wrongly.

    `overbooked` are people with more partners than they have places.
    """
    rare, found, taken = rarity(pool), Counter(pairs=0, broken=0, low=0, scored_wrongly=0), Counter[str]()
    for a, b, said in pairs:
        worth = score(a, b, weights, rare)
        found["pairs"] += 1
        found["broken"] += not feasible(a, b, weights)
        found["low"] += worth < floor(a, b, NOON, weights) - WRONG_SCORE
        found["scored_wrongly"] += said is not None and abs(said - worth) > WRONG_SCORE
        taken.update((a.id, b.id))
    found["overbooked"] = sum(taken[one.id] > one.places for one in pool)
    return found


if __name__ == "__main__":
    main()
