"""Measures how a round's time and memory grow with the number of people, and draws both.

`python -m benchmarks.rounds [--people 1000 10000 100000] [--seed 77] [--plot FILE.svg]` prints one line of JSON.
Each size runs in a process of its own, so that its memory is its own; a round may take 240 s.
"""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from math import log10
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

import buddybot.matching  # noqa: F401  # before numpy: it says how many threads numpy's products may use
from buddybot.matching.rounds import Options, solve_round
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

Figures = Mapping[str, float]
SECONDS = 240.0
WIDE, HIGH, EDGE = 640, 360, 48
LINES = (
    ("seconds", "seconds", "#0b6e69", ""),
    ("peak_mb", "MB at most (dashed)", "#8a4b08", ' stroke-dasharray="6 4"'),
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
        options.plot.write_text(drawn(found), encoding="utf-8")
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


def drawn(found: Sequence[Figures]) -> str:
    """Draw seconds and megabytes by people, all by their logarithm; each point is labelled."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12">'
    ]
    parts.append(f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>')
    for name, called, colour, dashes in LINES:
        points = [(_across(one["people"], found), _up(one[name]), one[name]) for one in found]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        parts += [
            f'<text x="{x:.0f}" y="{y - 8:.0f}" text-anchor="middle" fill="{colour}">{v:g}</text>' for x, y, v in points
        ]
        parts.append(f'<text x="{EDGE}" y="{20 if dashes else 36}" fill="{colour}">{called}</text>')
    for one in found:
        x = _across(one["people"], found)
        parts.append(f'<text x="{x:.0f}" y="{HIGH - 14}" text-anchor="middle">{one["people"]:,.0f}</text>')
    return "".join([*parts, "</svg>"])


def _across(people: float, found: Sequence[Figures]) -> float:
    low, high = log10(found[0]["people"]), log10(found[-1]["people"])
    return EDGE + (WIDE - 2 * EDGE) * (log10(people) - low) / max(high - low, 1e-9)


def _up(value: float) -> float:
    """From 0.1 to 10,000."""
    return HIGH - EDGE - (HIGH - 2 * EDGE) * (log10(max(value, 0.1)) + 1) / 5


if __name__ == "__main__":
    main()
