"""Measures how a round's time and memory grow with the number of people, and draws both.

`python -m benchmarks.rounds [--people 1000 10000 100000] [--seed 77] [--plot FILE.svg]` prints one line of JSON.
Each size runs in a process of its own, so that its memory is its own; a round may take 240 s.
"""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

import buddybot.matching  # noqa: F401 - before numpy: it says how many threads numpy's products may use
from benchmarks.plotting import Line, drawn
from buddybot.matching.rounds import Options, solve_round
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

Figures = Mapping[str, float]
SECONDS = 240.0
LINES = (
    Line("seconds", "seconds", "#0b6e69"),
    Line("peak_mb", "MB at most (dashed)", "#8a4b08", "6 4"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[1000, 3000, 10_000, 30_000, 100_000])
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--one", type=int, help="run this size here and print its figures")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one, options.seed)))
        return
    found = [_apart(count, options.seed) for count in options.people]
    if options.plot:
        options.plot.write_text(drawn(found, "people", LINES), encoding="utf-8")
    print(json.dumps({"benchmark": "rounds", "seed": options.seed, "rounds": found}))


def _apart(count: int, seed: int) -> Figures:
    command = [sys.executable, "-m", "benchmarks.rounds", "--one", str(count), "--seed", str(seed)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own words
    figures: Figures = json.loads(said)
    return figures


def one(count: int, seed: int) -> Figures:
    weights = read_weights()
    solve_round(invent(300, np.random.default_rng(1), weights), NOON, weights, Options())  # what is compiled, is now
    pool = invent(count, np.random.default_rng(seed), weights)
    wall, cpu = perf_counter(), process_time()
    made = solve_round(pool, NOON, weights, Options(seed=seed, time_limit=SECONDS))
    return {
        "people": count,
        "ratio": round(made.ratio, 5),
        "seconds": round(perf_counter() - wall, 2),
        "cpu_seconds": round(process_time() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


if __name__ == "__main__":
    main()
