"""Measures both opinions together, as live messages meet them, on hands that neither of them was taught.

`python -m training.measure FOLDER [--only HAND ...] [--alone]` reads training/unseen with the models of FOLDER
(`data`, say). With `--hold HAND ...` it reads these hands and a tenth of other families instead: FOLDER is a copy of
data/ whose model/ was trained with the same `--hold`. Prints a Markdown table of shares with 95 % intervals (Wilson);
`--alone` leaves the encoder out, `--sample N` takes N rows. `--choose` prints thresholds for `data/rules.toml` from the
scores of the harmless rows.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Label, Outcome, Screening
from buddybot.rules.decide import Screener
from buddybot.rules.second import SecondOpinion
from buddybot.runtime.second.encoder import Encoder
from training.rows import SEED, UNSEEN, Row, rows, split

LEVELS = ("L1", "L2", "L3", "L4", "O", "A", "W", "V", "C")
CHAT = ("train_j", "train_k", "unseen_")
Z = 1.96
# The shares of harmless rows that may be flagged, which are mostly near misses. A false alarm for crisis costs one
# card, so its budget is counted apart; whole notes, parts of them and an overdose happening now share it.
WANTED = {label: 0.015 if label is Label.CRISIS else 0.004 for label in Label}
PART, OVERDOSE = 0.0075, 0.01


@dataclass(frozen=True, slots=True)
class Said:
    """One row, and what the screener makes of it."""

    row: Row
    screening: Screening

    @property
    def benign(self) -> bool:
        """Return whether it has no label."""
        return not self.row.labels

    @property
    def chat(self) -> bool:
        """Return whether it is ordinary talk rather than a near miss."""
        return (
            self.benign and self.row.note == "plain" and (self.row.hand in CHAT or self.row.hand.startswith("unseen"))
        )

    @property
    def near(self) -> bool:
        """Return whether it is a near miss, chosen to be hard."""
        return self.benign and not self.chat

    @property
    def card(self) -> bool:
        """Return whether help is shown."""
        return self.screening.is_crisis

    @property
    def other(self) -> bool:
        """Return whether it gets another label than crisis."""
        return bool(self.screening.labels - {Label.CRISIS})

    @property
    def stopped(self) -> bool:
        """Return whether it does not simply pass."""
        return self.screening.verdict.outcome >= Outcome.NUDGE


def interval(found: int, of: int) -> tuple[float, float]:
    """Return the Wilson score interval of a share."""
    share, spread = found / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    return middle - half, middle + half


def line(name: str, found: Iterable[bool]) -> str:
    """Return a row of the table."""
    marks = list(found)
    if not marks:
        return f"| {name} | 0 | | |\n"
    low, high = interval(sum(marks), len(marks))
    return f"| {name} | {len(marks)} | {sum(marks) / len(marks):.3f} | {low:.3f} to {high:.3f} |\n"


def advised(encoder: Encoder | None, parts: Sequence[str]) -> SecondOpinion | None:
    return None if encoder is None else SecondOpinion(encoder.labels, tuple(map(encoder.logits, parts)))


def read_all(screener: Screener, encoder: Encoder | None, table: Iterable[Row]) -> list[Said]:
    found = []
    for row in table:
        read = screener.read(row.text)
        found.append(Said(row, screener.decide(read, advised(encoder, read.parts))))
    return found


def chosen(screener: Screener, encoder: Encoder | None, table: Iterable[Row]) -> Iterator[str]:
    """Yield the bars that flag the wanted share of harmless rows, near misses and ordinary talk together, as TOML."""
    near = [screener.read(row.text) for row in table if not row.labels]
    second = [advised(encoder, read.parts) for read in near]
    whole = [read.scores if two is None else two.added(0, read.scores) for read, two in zip(near, second, strict=True)]
    yield "[thresholds.second.whole]\n" if encoder else "[thresholds.label]\n"
    for label in Label:
        yield f"{label.value} = {bar([scores[label] for scores in whole], WANTED[label]):.2f}\n"
    yield "[thresholds.second.now]\n" if encoder else "[thresholds.now]\n"
    yield f"overdose = {bar([scores['O'] for scores in whole], OVERDOSE):.2f}\n"
    parts = [two.logits[1:] for two in second if two is not None and len(two.logits) > 1]
    if encoder and parts:
        crisis = encoder.labels.index("crisis")
        highest = [max(row[crisis] for row in rows) for rows in parts]
        yield f"# The encoder alone, on the likeliest part of longer notes: {bar(highest, PART):.2f}\n"


def bar(scores: Sequence[float], share: float) -> float:
    """Return the score above which this share stands."""
    return sorted(scores)[-1 - int(len(scores) * share)]


def report(said: Sequence[Said]) -> Iterator[str]:
    """Yield the table: cries by level and lane, the other labels, then what is harmless."""
    cries = [one for one in said if "crisis" in one.row.labels]
    yield "| | rows | share | 95 % |\n|---|---|---|---|\n"
    yield line("cries heard", (one.card for one in cries))
    now = [one for one in cries if "now" in one.row.targets()]
    yield line("an overdose now", (one.card for one in now))
    for level in LEVELS:
        yield line(level, (one.card for one in cries if level in one.row.targets()))
    for label in Label:
        if label is not Label.CRISIS:
            there = [one for one in said if label in one.row.labels]
            yield line(label.value, (label in one.screening.labels for one in there))
    near, chat = [one for one in said if one.near], [one for one in said if one.chat]
    for name, some in (("near misses", near), ("ordinary chat", chat)):
        yield line(f"{name} with a card", (one.card for one in some))
        yield line(f"{name} with another label", (one.other for one in some))
        yield line(f"{name} nudged or held", (one.stopped for one in some))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hold", nargs="+", default=[], metavar="HAND")
    parser.add_argument("--only", nargs="+", default=[], metavar="HAND", help="of training/unseen")
    parser.add_argument("--alone", action="store_true", help="without the second opinion")
    parser.add_argument("--choose", action="store_true", help="print thresholds instead")
    parser.add_argument("--sample", type=int, metavar="N")
    options = parser.parse_args()
    table = rows() if options.hold else [row for row in rows(UNSEEN) if row.hand in (options.only or [row.hand])]
    places = split(table, options.hold)[1] if options.hold else list(range(len(table)))
    random.Random(SEED).shuffle(places)
    some = [table[at] for at in places[: options.sample]]
    screener = load_screener(options.folder)
    encoder = None if options.alone else Encoder(options.folder)
    sys.stdout.writelines(
        chosen(screener, encoder, some) if options.choose else report(read_all(screener, encoder, some))
    )


if __name__ == "__main__":
    main()
