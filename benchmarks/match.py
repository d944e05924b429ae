"""Measures matching: quality against the proven bound, time and memory of rounds, and one arrival among many.

`python benchmarks/match.py [--people 1000 2000 10000] [--waiting 10000 100000] [--seed 20]` prints one line of JSON.
Peers run on the same pools where they can: the plain greedy round, rustworkx and networkx on the k best partners of
each, and stable roommates.
"""

import argparse
import json
import resource
import warnings
from collections.abc import Sequence
from datetime import timedelta
from time import perf_counter, process_time

import networkx as nx
import numpy as np
import rustworkx
from matching.games import StableRoommates

import buddybot.matching  # noqa: F401 - before numpy: it says how many threads numpy's products may use
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.crowd import Crowd, gather
from buddybot.matching.instant import WaitingCrowd
from buddybot.matching.rounds import Options, solve_round
from buddybot.matching.scan import Scanner
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

Figures = dict[str, float]
GREEDY_MOST, BLOSSOM_MOST, NETWORKX_MOST, ROOMMATES_MOST = 5_000, 3_000, 1_000, 60
ARRIVALS = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[60, 1000, 2000, 10_000])
    parser.add_argument("--waiting", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=20)
    options = parser.parse_args()
    weights = read_weights()
    rounds = [_round(count, options.seed, weights) for count in options.people]
    arrivals = [_arrivals(count, options.seed, weights) for count in options.waiting]
    print(json.dumps({"benchmark": "match", "seed": options.seed, "rounds": rounds, "arrivals": arrivals}))


def _round(count: int, seed: int, weights: MatchingWeights) -> Figures:
    pool = invent(count, np.random.default_rng(seed), weights)
    wall, cpu = perf_counter(), process_time()
    made = solve_round(pool, NOON, weights, Options(seed=seed))
    figures = {
        "people": count,
        "ratio": round(made.ratio, 6),
        "matched": made.matched / count,
        "seconds": round(perf_counter() - wall, 2),
        "cpu_seconds": round(process_time() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1),
    }
    return figures | _peers(gather(pool, NOON, weights), made.bound)


def _peers(crowd: Crowd, bound: float) -> Figures:
    figures: Figures = {}
    if len(crowd) > GREEDY_MOST:
        return figures
    found = Scanner(crowd).sample(len(crowd) // 4, 1.0, np.zeros(len(crowd)), np.random.default_rng(0))
    order = np.argsort(-found.worth, kind="stable")
    free, total = crowd.places.copy(), 0.0
    for a, b, worth in zip(found.left[order].tolist(), found.right[order].tolist(), found.worth[order], strict=True):
        if a < b and free[a] and free[b]:
            free[[a, b]] -= 1
            total += worth
    figures["greedy"] = round(total / bound, 4)
    if len(crowd) <= BLOSSOM_MOST:
        figures |= _blossom(crowd, bound)
    if len(crowd) <= NETWORKX_MOST:
        figures |= _networkx(crowd, bound)
    if len(crowd) <= ROOMMATES_MOST:
        figures |= _roommates(crowd, bound)
    return figures


def _blossom(crowd: Crowd, bound: float, k: int = 10) -> Figures:
    """Solve exactly on the k best partners of each; everyone counts once, mentors too."""
    found = Scanner(crowd).sample(k, 1.0, np.zeros(len(crowd)), np.random.default_rng(0))
    started = process_time()
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * len(crowd))
    worth = (found.worth * 1e9).astype(np.int64)
    graph.add_edges_from(list(zip(found.left.tolist(), found.right.tolist(), worth.tolist(), strict=True)))
    made = rustworkx.max_weight_matching(graph, weight_fn=int)
    total = sum(graph.get_edge_data(a, b) for a, b in made) / 1e9
    return {"rustworkx_k10": round(total / bound, 4), "rustworkx_k10_cpu": round(process_time() - started, 2)}


def _networkx(crowd: Crowd, bound: float, k: int = 10) -> Figures:
    """Let networkx solve the same graph exactly."""
    found = Scanner(crowd).sample(k, 1.0, np.zeros(len(crowd)), np.random.default_rng(0))
    started = process_time()
    graph = nx.Graph()
    pairs = zip(found.left.tolist(), found.right.tolist(), found.worth.tolist(), strict=True)
    graph.add_weighted_edges_from(pairs)
    total = sum(graph[a][b]["weight"] for a, b in nx.max_weight_matching(graph))
    return {"networkx_k10": round(total / bound, 4), "networkx_k10_cpu": round(process_time() - started, 2)}


def _roommates(crowd: Crowd, bound: float) -> Figures:
    """Let `matching` find stable roommates: each ranks all others by worth, whom they may not meet last.

    There may be no stable answer; then some get nobody, and their worth counts as nothing.
    """
    found = Scanner(crowd).sample(len(crowd) - 1, 1.0, np.zeros(len(crowd)), np.random.default_rng(0))
    pairs = zip(found.left.tolist(), found.right.tolist(), found.worth.tolist(), strict=True)
    worth: dict[tuple[int, int], float] = {(a, b): value for a, b, value in pairs}
    people = range(len(crowd) - len(crowd) % 2)
    ranked = {
        one: sorted((other for other in people if other != one), key=lambda other: -worth.get((one, other), 0.0))
        for one in people
    }
    started = process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        solved = StableRoommates.create_from_dictionary(ranked).solve()
    total = sum(worth.get((a.name, b.name), 0.0) for a, b in solved.items() if b is not None) / 2
    return {"roommates": round(total / bound, 4), "roommates_cpu": round(process_time() - started, 2)}


def _arrivals(count: int, seed: int, weights: MatchingWeights) -> Figures:
    """Time whole arrivals: the look for a partner, the insert, and one other person's leaving."""
    distinct = invent(min(count, 20_000) + ARRIVALS, np.random.default_rng(seed + 1), weights)
    base, newcomers = distinct[:-ARRIVALS], distinct[-ARRIVALS:]
    crowd = WaitingCrowd(weights, room=count + 2 * ARRIVALS)
    for index, one in enumerate(_repeated(base, count)):
        crowd.add(_renamed(one, f"w{index}"))
    for one in newcomers:  # the first of each kind works its row out; a running bot has long done so
        crowd.best_partner(one, NOON)
    times = []
    for index, one in enumerate(newcomers):
        started = perf_counter()
        crowd.best_partner(one, NOON + timedelta(minutes=1))
        crowd.add(one)
        crowd.remove(f"w{index}")
        times.append((perf_counter() - started) * 1000)
    return {
        "waiting": count,
        "p50_ms": round(float(np.percentile(times, 50)), 3),
        "p99_ms": round(float(np.percentile(times, 99)), 3),
    }


def _repeated(people: Sequence[Candidate], count: int) -> Sequence[Candidate]:
    return [people[index % len(people)] for index in range(count)]


def _renamed(one: Candidate, name: str) -> Candidate:
    return Candidate(**{key: getattr(one, key) for key in Candidate.__dataclass_fields__} | {"id": name})


if __name__ == "__main__":
    main()
