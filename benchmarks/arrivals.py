"""One arrival at the live crowd: milliseconds to leave it, come into it again and find the best partner.

`python -m benchmarks.arrivals [--waiting 10000 100000 1000000] [--seed 7]` prints one line of JSON: median and p99 of
the processor time of 1,000 arrivals, after 1,000 that warm up, each with a delete, an insert and a search over everyone
who waits, as the writer does them. Each arrives three times: `least` is the quickest of them, which says more on a
machine that others use. The probe, in between in the same run, is one look at as many 64-bit words as people wait.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import numpy as np

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.waiting import PoolStanding
from buddybot.matching.tables import Masks
from buddybot.runtime.crowd import LiveCrowd
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

ARRIVALS, WARM_UP, TIMES = 1000, 1000, 3
DRAWN = 50_000
"""People who are invented; a larger crowd has each of them several times, under other names."""
WANTED_P99_MS = {10_000: 0.5, 100_000: 2.0, 1_000_000: 12.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--waiting", type=int, nargs="*", default=list(WANTED_P99_MS))
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    found = [arrivals(count, options.seed) for count in options.waiting]
    json.dump({"benchmark": "arrivals", "crowds": found}, sys.stdout)


def arrivals(count: int, seed: int) -> dict[str, float]:
    """Return the figures of one crowd."""
    weights, rng = read_weights(), np.random.default_rng(seed)
    drawn = invent(min(count, DRAWN), rng, weights)
    people = {
        (name := MemberId(f"{one.id}-{copy}")): replace(one, id=name)
        for copy in range(-(-count // len(drawn)))
        for one in drawn
    }
    crowd = LiveCrowd(weights)
    crowd.moved(people)
    while marks := crowd.changed(NOON, 10_000):
        crowd.put({name: PoolStanding(people[name]) for name in marks}, marks)
    names, now = list(people), NOON + timedelta(minutes=1)
    taken, least, probes = list[float](), list[float](), list[float]()
    words = np.arange(count, dtype=np.uint64)
    for number in range(WARM_UP + ARRIVALS):
        name = names[int(rng.integers(len(names)))]
        once, *more = (timed(partial(arrive, crowd, people, name, now)) for _ in range(TIMES))
        probes.append(timed(partial(probe, words, words[number])))
        if number >= WARM_UP:
            taken.append(once)
            least.append(min(once, *more))
    cuts = statistics.quantiles(taken, n=100)
    wanted = WANTED_P99_MS.get(count)
    return {
        "waiting": len(people),
        "p50_ms": round(statistics.median(taken), 3),
        "p99_ms": round(cuts[98], 3),
        "least_p99_ms": round(statistics.quantiles(least, n=100)[98], 3),
        "probe_p50_ms": round(statistics.median(probes), 3),
        **({} if wanted is None else {"wanted_p99_ms": wanted, "met": cuts[98] <= wanted}),
    }


def probe(words: Masks, one: np.uint64) -> None:
    """Look at each word once."""
    np.count_nonzero(words & one)


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that this takes."""
    begun = time.thread_time()
    work()
    return 1000 * (time.thread_time() - begun)


def arrive(crowd: LiveCrowd, people: dict[MemberId, Candidate], name: MemberId, now: datetime) -> None:
    """Let one person leave, come again and look."""
    crowd.moved((name,))
    crowd.catch_up(now, lambda one: PoolStanding(people[one]))
    crowd.best_partner(people[name], now)


if __name__ == "__main__":
    main()
