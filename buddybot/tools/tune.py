"""`buddybot tune OUTCOMES`: fits the weights of matching to what became of offers, and says what would change.

Nothing is changed unless a file to write is named. It never reads a word that anyone wrote.
"""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from buddybot.content.files import ContentError, content_dir
from buddybot.domain.matching.weights import FACTORS, MatchingWeights
from buddybot.tools.matching.outcome_lines import OfferOutcome, UnsoundOutcomeError, read_outcomes
from buddybot.tools.matching.weights_file import read_weights

BAD_INPUT = 2
LEAST = 50
"""With fewer outcomes there is nothing to learn, only noise."""


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, or 2 for input that can't be used."""
    options = _parser().parse_args(argv)
    source = options.weights or content_dir() / "matching.toml"
    try:
        weights = read_weights(source)
        with Path(options.outcomes).open(encoding="utf-8") as file:
            outcomes = read_outcomes(file)
        if len(outcomes) < LEAST:
            return _refuse(f"{len(outcomes)} outcomes are too few; {LEAST} at least")
        new = _tune(outcomes, weights, options.pull, options.seed)
        if options.write is not None:
            text = _rewritten(source.read_text(encoding="utf-8"), new, options.version or f"{weights.version}-tuned")
            with options.write.open("x", encoding="utf-8") as target:
                target.write(text)
            read_weights(options.write)
            sys.stdout.write(f"\nwritten to {options.write}; try it with buddybot match --weights\n")
    except (ContentError, UnsoundOutcomeError) as error:
        return _refuse(str(error))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "make it UTF-8"
        return _refuse(f"{options.outcomes} or the file to write: {reason}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="buddybot tune", description="Fit the weights of matching to outcomes.")
    parser.add_argument("outcomes", metavar="OUTCOMES", help="JSON lines, an offer and what became of it each")
    parser.add_argument("--pull", type=float, default=20.0, help="how hard the weights in force hold on (20)")
    parser.add_argument("--seed", type=int, default=0, help="of the replay; the same seed gives the same figures (0)")
    parser.add_argument("--weights", type=Path, help="the weights in force (data/matching.toml)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write a new weights file; it must not exist yet")
    parser.add_argument("--version", help="the version that the new file names")
    return parser


def _tune(outcomes: Sequence[OfferOutcome], weights: MatchingWeights, pull: float, seed: int) -> Mapping[str, float]:
    from buddybot.tools.matching.fit import fitted_weights, replays

    new = _rounded(fitted_weights(outcomes, weights, pull))
    lines = [f"{len(outcomes)} outcomes", f"{'factor':<12} {'now':>6} {'new':>7} {'change':>7}"]
    for name in FACTORS:
        old = weights.factors[name]
        lines.append(f"{name:<12} {old:6.2f} {new[name]:7.4f} {new[name] - old:+7.4f}")
    lines.append("better half of the offers by the score:   accepted, 95 %           days alive, 95 %")
    for name, found in zip(("weights now", "new, held out"), replays(outcomes, weights, pull, seed), strict=True):
        yes, days = found.accepted, found.days
        lines.append(
            f"{name:<40}  {100 * yes.value:5.1f} % ({100 * yes.low:.1f} to {100 * yes.high:.1f})"
            f"   {days.value:6.1f} ({days.low:.1f} to {days.high:.1f})"
        )
    sys.stdout.write("\n".join(lines) + "\n")
    return new


def _rounded(found: Mapping[str, float]) -> dict[str, float]:
    """Round to four decimals; the greatest takes what is left, so that they still add up to 1."""
    new = {name: round(value, 4) for name, value in found.items()}
    greatest = max(new, key=lambda name: new[name])
    new[greatest] = round(1 - sum(value for name, value in new.items() if name != greatest), 4)
    return new


def _rewritten(text: str, new: Mapping[str, float], version: str) -> str:
    """Return a weights file with other factors and version, all else and every comment as it was."""
    head, mark, rest = text.partition("[factors]")
    factors, end, tail = rest.partition("\n[")
    for name in FACTORS:
        factors = re.sub(rf"(?m)^({name}\s*=\s*)[0-9.]+", rf"\g<1>{new[name]}", factors)
    head = re.sub(r'(?m)^version\s*=\s*".*"', lambda _: f'version = "{version}"', head)
    return head + mark + factors + end + tail


def _refuse(reason: str) -> int:
    sys.stderr.write(reason + "\n")
    return BAD_INPUT
