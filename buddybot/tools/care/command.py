"""`buddybot simulate care`: what care changes in a made-up community, and whether its promises held."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta

from buddybot.config import Settings
from buddybot.content.files import content_dir
from buddybot.content.library import load_book
from buddybot.tools.care.assumptions import assumption_lines
from buddybot.tools.care.figures import CareFigures, care_table, figures
from buddybot.tools.care.town import START, Days

BROKEN = 1
MOST_SHOWN = 20
HEAD = """\
{people} made-up people live {days} days with the real service, {seeds} times over, with care and without.
The people are the same in both; what they do is assumed. So this shows what the mechanism changes if people were like
that, not that it helps anybody in the world.

Assumed:
{assumed}

"""


def simulate_care(argv: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, or 1 where a promise was broken."""
    options = _care_parser().parse_args(argv)
    sys.stdout.write(
        HEAD.format(
            people=options.people, days=options.days, seeds=options.seeds, assumed="\n".join(assumption_lines())
        )
    )
    book = load_book(content_dir(), Settings())
    arms: dict[bool, list[CareFigures]] = {False: [], True: []}
    broken = list[str]()
    for seed in range(options.seed, options.seed + options.seeds):
        for care, runs in arms.items():
            seen = asyncio.run(Days(book, seed, options.people, options.days, care=care).live())
            runs.append(figures(seen, START + timedelta(days=options.days)))
            broken += [f"seed {seed}, {'with' if care else 'without'} care: {one}" for one in seen.broken]
            sys.stderr.write(f"seed {seed}, {'with' if care else 'without'} care: done\n")
    sys.stdout.write(care_table(arms[False], arms[True]))
    sys.stdout.write(_promises(broken))
    return BROKEN if broken else 0


def _care_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="buddybot simulate care", description="See what care changes.")
    parser.add_argument("--people", type=int, choices=range(2, 1001), metavar="PEOPLE", default=200, help="(200)")
    parser.add_argument("--days", type=int, choices=range(1, 366), metavar="DAYS", default=60, help="1 to 365 (60)")
    parser.add_argument("--seeds", type=int, choices=range(1, 51), metavar="N", default=3, help="runs of each arm (3)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; the same one brings the same people (0)")
    return parser


def _promises(broken: Sequence[str]) -> str:
    if not broken:
        return (
            "\nEvery message was checked: none in quiet hours but a crisis, none asked twice, two questions never at"
            " once, nothing\ncelebratory within 72 hours of a slip or a crisis, no question to anybody on a break,"
            " or erased, or about a pair that a sanction holds.\n"
        )
    more = f"  and {len(broken) - MOST_SHOWN} more\n" if len(broken) > MOST_SHOWN else ""
    return f"\nBroken promises: {len(broken)}\n" + "".join(f"  {one}\n" for one in broken[:MOST_SHOWN]) + more
