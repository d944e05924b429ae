"""Scores the whole screener on held-out families: the opinion's cross-validated scores joined with contacts and frames.

Run `python -m training.opinion --scores FILE.npy` first, then `python -m training.held_out FILE.npy [--choose]`.
It prints one line of JSON; `--choose` first prints, as TOML, thresholds that flag the wanted share of benign rows, and
uses them. Levels and lanes are not held out.
"""

import argparse
import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence

import numpy as np

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Label, Outcome, Screening
from buddybot.rules.decide import Read, Screener
from training.rows import LABELS, Row, rows

# The share of benign rows that may get a label. A false alarm for crisis costs one card, so it may be more.
WANTED = {label: 0.027 if label is Label.CRISIS else 0.01 for label in Label}


def choose(screener: Screener, calm: Sequence[Read]) -> dict[Label, float]:
    """Return the threshold for each label that flags the wanted share of benign rows."""
    return {
        label: round(float(np.quantile([screener.strength(label, read) for read in calm], 1 - WANTED[label])), 2)
        for label in Label
    }


def figures(table: Sequence[Row], said: Sequence[Screening]) -> Mapping[str, object]:
    """Count what was found and missed."""
    benign = [reading for row, reading in zip(table, said, strict=True) if not row.labels]
    found: dict[str, object] = {}
    for label in Label:
        there = sum(label in row.labels for row in table)
        claimed = sum(label in reading.labels for reading in said)
        right = sum(label in row.labels and label in reading.labels for row, reading in zip(table, said, strict=True))
        found[label] = {
            "recall": round(right / max(1, there), 3),
            "precision": round(right / max(1, claimed), 3),
            "benign": round(sum(label in reading.labels for reading in benign) / len(benign), 4),
        }
    found["benign_any"] = round(sum(bool(reading.labels) for reading in benign) / len(benign), 4)
    held = sum(reading.verdict.outcome >= Outcome.NUDGE for reading in benign)
    now = [reading.is_crisis for row, reading in zip(table, said, strict=True) if "O" in row.targets()]
    found["overdose_now"] = {"rows": len(now), "recall": round(sum(now) / max(1, len(now)), 3)}
    return {**found, "benign_nudged_or_held": round(held / len(benign), 4)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("scores")
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--misses", help="print what this label misses and wrongly takes")
    options = parser.parse_args()
    table, scores = rows(), np.load(options.scores)
    screener = load_screener(content_dir())
    reads = [
        dataclasses.replace(read, scores={**read.scores, **dict(zip(LABELS, score.tolist(), strict=True))})
        for read, score in zip(map(screener.read, (row.text for row in table)), scores, strict=True)
    ]
    if options.choose:
        chosen = choose(screener, [read for read, row in zip(reads, table, strict=True) if not row.labels])
        sys.stdout.writelines(f"{label} = {value}\n" for label, value in chosen.items())
        first = dataclasses.replace(screener.policy.first, whole=chosen)
        screener = dataclasses.replace(screener, policy=dataclasses.replace(screener.policy, first=first))
    said = [screener.decide(read) for read in reads]
    sys.stdout.write(json.dumps(figures(table, said)) + "\n")
    for row, reading in zip(table, said, strict=True) if options.misses else ():
        if (options.misses in row.labels) != (options.misses in reading.labels):
            sys.stdout.write(f"{'MISS' if options.misses in row.labels else 'FALSE'} {row.text}\n")


if __name__ == "__main__":
    main()
