"""`buddybot simulate`: what each policy of matching, or with `care` what care, would come to with made-up people."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from buddybot.content.files import ContentError
from buddybot.tools.care.command import simulate_care
from buddybot.tools.matching.bars import bars
from buddybot.tools.matching.simulation import Figures, Town, policies, simulate
from buddybot.tools.matching.weights_file import read_weights

BAD_INPUT = 2


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, or 2 for options that can't be used."""
    if argv and argv[0] == "care":
        return simulate_care(argv[1:])
    options = _parser().parse_args(argv)
    town = Town(options.arrivals, options.days, options.patience, options.acceptance, options.silence, options.seed)
    try:
        weights = read_weights(options.weights)
        found = {name: simulate(town, policy, weights) for name, policy in policies(weights).items()}
        sys.stdout.write(_table(found))
        if options.plot is not None:
            options.plot.write_text(_plot(found), encoding="utf-8")
    except ContentError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_INPUT
    except OSError as error:
        sys.stderr.write(f"{options.plot}: {error.strerror}\n")
        return BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="buddybot simulate", description="Compare policies of matching.")
    parser.add_argument("--arrivals", type=_amount, default=20.0, help="people who come a day (20)")
    parser.add_argument("--days", type=int, choices=range(1, 366), metavar="DAYS", default=14, help="1 to 365 (14)")
    parser.add_argument("--patience", type=_amount, default=72.0, help="hours until people give up, on average (72)")
    parser.add_argument(
        "--acceptance", type=_chance, default=0.7, help="chance that someone says yes to an offer (0.7)"
    )
    parser.add_argument("--silence", type=_chance, default=0.2, help="chance that a new pair falls silent (0.2)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed brings the same people (0)")
    parser.add_argument("--weights", type=Path, help="another weights file than data/matching.toml")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw the figures")
    return parser


def _amount(text: str) -> float:
    return _between(text, 1e-6, 1e5)


def _chance(text: str) -> float:
    return _between(text, 0.0, 1.0)


def _between(text: str, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"a number from {least:g} to {most:g}")
    return value


def _table(found: Mapping[str, Figures]) -> str:
    lines = ["policy         came  matched  talking  gave up  half wait  9 of 10 wait  score"]
    lines += [
        f"{name:<13} {one.arrived:>5} {100 * one.matched:6.1f} % {100 * one.talking:6.1f} % {100 * one.gave_up:6.1f} %"
        f" {one.wait_half:8.1f} h {one.wait_most:11.1f} h  {one.score:.3f}"
        for name, one in found.items()
    ]
    return "\n".join(lines) + "\n"


def _plot(found: Mapping[str, Figures]) -> str:
    return bars(
        {
            "Matched, % of those who came": {name: 100 * one.matched for name, one in found.items()},
            "Hours that half of them waited at most": {name: one.wait_half for name, one in found.items()},
            "Hours that 9 of 10 waited at most": {name: one.wait_most for name, one in found.items()},
            "Mean score of the pairs": {name: one.score for name, one in found.items()},
        }
    )
