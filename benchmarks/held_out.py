"""Scores the whole screener on held-out families: the opinion's cross-validated scores joined with contacts and frames.

Run `python benchmarks/train.py --scores FILE.npy` first, then `python benchmarks/held_out.py FILE.npy [--choose]`. Prints
one line of JSON; `--choose` first picks thresholds that flag the wanted share of benign rows and prints them as TOML.
"""

import argparse
import dataclasses
import json
import sys
from collections.abc import Mapping

import numpy as np
from train import LABELS, TARGETS, rows

from buddybot.content import content_dir
from buddybot.domain.verdicts import Label, Outcome
from buddybot.rules.decide import Read, Screener
from buddybot.screening import load_screener

WANTED = {
    "crisis": 0.02,
    "sourcing": 0.006,
    "pii": 0.008,
    "harassment": 0.005,
    "exploit": 0.005,
    "misinfo": 0.006,
    "graphic": 0.005,
}


def choose(screener: Screener, reads: list[Read], benign: list[bool]) -> Mapping[Label, float]:
    """Return the lowest threshold for each label that flags at most the wanted share of benign rows."""
    chosen = dict(screener._policy.threshold)
    calm = [read for read, fine in zip(reads, benign, strict=True) if fine]
    for label in Label:
        for step in np.arange(-3.0, 4.0, 0.05):
            chosen[label] = round(float(step), 2)
            screener._policy = dataclasses.replace(screener._policy, threshold=chosen)
            if sum(screener._is(label, read) for read in calm) <= WANTED[label] * len(calm):
                break
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("scores")
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--misses", help="print what this label misses and wrongly takes")
    options = parser.parse_args()
    table, scores = rows(), np.load(options.scores)
    screener = load_screener(content_dir())
    reads = [
        dataclasses.replace(screener._read(str(row["text"])), scores=dict(zip(TARGETS, score.tolist(), strict=True)))
        for row, score in zip(table, scores, strict=True)
    ]
    truth = [{str(label) for label in list(row["labels"])} for row in table]  # type: ignore[call-overload] # as stored
    benign = [not labels for labels in truth]
    if options.choose:
        for label, value in choose(screener, reads, benign).items():
            sys.stdout.write(f"{label} = {value}\n")
    found = [{label.value for label in Label if screener._is(label, read)} for read in reads]
    held = [
        screener._verdict(frozenset(map(Label, labels)), read).outcome >= Outcome.NUDGE
        for labels, read in zip(found, reads, strict=True)
    ]
    figures: dict[str, object] = {}
    for label in LABELS:
        right = sum(label in gold and label in said for gold, said in zip(truth, found, strict=True))
        said_so, there = sum(label in said for said in found), sum(label in gold for gold in truth)
        false = sum(label in said for said, calm in zip(found, benign, strict=True) if calm) / sum(benign)
        figures[label] = {
            "recall": round(right / there, 3),
            "precision": round(right / max(1, said_so), 3),
            "benign": round(false, 4),
        }
    figures["benign_any"] = round(
        sum(bool(said) for said, calm in zip(found, benign, strict=True) if calm) / sum(benign), 4
    )
    figures["benign_nudged_or_held"] = round(
        sum(h for h, calm in zip(held, benign, strict=True) if calm) / sum(benign), 4
    )
    sys.stdout.write(json.dumps(figures) + "\n")
    if options.misses:
        for row, gold, said in zip(table, truth, found, strict=True):
            if (options.misses in gold) != (options.misses in said):
                sys.stdout.write(f"{'MISS' if options.misses in gold else 'FALSE'} {row['text']}\n")


if __name__ == "__main__":
    main()
