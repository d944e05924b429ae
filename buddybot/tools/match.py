"""`buddybot match POOL`: pairs a file of people, offline, with the same code as a live round.

Pairs go to stdout, a line each; refusals, progress and one last line of summary to stderr.
"""

import argparse
import json
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import NoReturn, TextIO

from buddybot.content.files import ContentError
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.fairness import GroupFigures, fairness
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.tools.matching.pool import Pool, latest, parse_moment, read_pool
from buddybot.tools.matching.weights_file import read_weights

BAD_INPUT = 2
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Failed(Exception):
    """Carries a sentence to stderr."""


def main(argv: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, or 2 for input that can't be used."""
    options = _parser().parse_args(argv)
    started = perf_counter()
    try:
        weights = read_weights(options.weights)
        pool = _read(options.pool, weights)
        for refusal in pool.refusals:
            _say(str(refusal))
        if pool.refusals and not options.skip_bad:
            return BAD_INPUT
        now = options.now or latest(pool.people) or EPOCH
        if options.explain:
            return _explain(pool.people, options.explain, now, weights)
        _match(pool.people, now, weights, options, started)
    except (_Failed, ContentError) as error:
        _say(str(error))
        return BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="buddybot match", description="Pair the people of a file.")
    parser.add_argument("pool", metavar="POOL", help="JSON lines, a person each; - for standard input")
    parser.add_argument("--seed", type=_from_zero, default=0, help="the same seed gives the same pairs (0)")
    parser.add_argument("--skip-bad", action="store_true", help="go on without the lines that can't be used")
    parser.add_argument("--k", type=_from_one, default=16, help="candidates a person (16); more is slower and better")
    parser.add_argument("--time-limit", type=_seconds, help="seconds after which to stop improving")
    parser.add_argument("--now", type=_moment, help="the time waits are counted to (the latest waiting_since)")
    parser.add_argument("--explain", nargs=2, metavar=("A", "B"), help="say how two people fit, factor by factor")
    parser.add_argument("--fairness", action="store_true", help="say how each group of ten or more fared")
    parser.add_argument("--weights", type=Path, help="another weights file than data/matching.toml")
    return parser


def _from_zero(text: str) -> int:
    return _whole(text, 0)


def _from_one(text: str) -> int:
    return _whole(text, 1)


def _whole(text: str, least: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise argparse.ArgumentTypeError(f"a whole number, {least} or more")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("a number of seconds above 0")
    return value


def _moment(text: str) -> datetime:
    moment = parse_moment(text)
    if moment is None:
        raise argparse.ArgumentTypeError("a time like 2026-11-20T18:00:00Z")
    return moment


def _read(path: str, weights: MatchingWeights) -> Pool:
    if path == "-":
        return read_pool(sys.stdin.buffer, weights)
    try:
        with Path(path).open("rb") as file:
            return read_pool(file, weights)
    except OSError as error:
        raise _Failed(f"{path}: {error.strerror or 'cannot be read'}") from error


def _match(
    people: Sequence[Candidate], now: datetime, weights: MatchingWeights, options: argparse.Namespace, started: float
) -> None:
    from buddybot.matching.rounds import Options, solve_round

    with _progress() as progress:
        made = solve_round(people, now, weights, Options(options.k, options.seed, options.time_limit), progress)
    for pair in made.pairs:
        a, b = pair.members
        told = json.dumps(list(pair.reasons))
        sys.stdout.write(
            f'{{"a": {json.dumps(a)}, "b": {json.dumps(b)}, "score": {pair.score:.9f}, "reasons": {told}}}\n'
        )
    sys.stdout.flush()
    if options.fairness:
        matched = {name for pair in made.pairs for name in pair.members}
        for group in fairness(people, matched, now, weights):
            _say(_group(group))
    summary = {
        "members": made.members,
        "matched": made.matched,
        "total": round(made.total, 9),
        "bound": round(made.bound, 9),
        "ratio": round(made.ratio, 9),
        "seconds": round(perf_counter() - started, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1),
    }
    _say(json.dumps(summary))


def _group(figures: GroupFigures) -> str:
    warning = "   BEHIND" if figures.behind else ""
    return (
        f"{figures.group:<20} {figures.people:>7} people {100 * figures.match_rate:5.1f} % matched "
        f"{figures.median_wait_hours:6.1f} h waited by half{warning}"
    )


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """Draw a bar while someone watches; a file or a pipe gets none."""
    if sys.stderr.isatty():
        with progress_bar(sys.stderr) as progress:
            yield progress
    else:
        yield lambda _stage, _share: None


@contextmanager
def progress_bar(to: TextIO, *, drawn: bool | None = None) -> Iterator[Callable[[str, float], None]]:
    """Draw a bar that is gone when the work is done."""
    from rich.console import Console  # only for a terminal
    from rich.progress import Progress  # likewise

    with Progress(console=Console(file=to, force_terminal=drawn), transient=True) as bar:
        task = bar.add_task("matching", total=1.0)
        yield lambda stage, share: bar.update(task, description=stage, completed=share)


def _explain(people: Sequence[Candidate], names: Sequence[str], now: datetime, weights: MatchingWeights) -> int:
    from buddybot.tools.matching.explain import explain

    by_id = {one.id: one for one in people}
    if not set(names) <= by_id.keys():
        raise _Failed("--explain: no such id in the pool")
    sys.stdout.write("\n".join(explain(by_id[names[0]], by_id[names[1]], people, now, weights)) + "\n")
    return 0


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _run() -> NoReturn:
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    _run()
