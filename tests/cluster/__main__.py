"""Long run of trouble in a house of several processes: `python -m tests.cluster [--troubles 200] [--processes 3]`.

Processes are killed and paused and connections to the server cut, while people on Discord and Telegram write to each
other and some of them erase themselves. One line of JSON says what became of it; the exit status is 1 where anything
was lost, doubled without a word, or out of order, or somebody was not erased whole or told so too early.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.cluster.fleet import fleet, suffered
from tests.store.fixtures import own_server

FAULTS = ("lost", "doubled", "disordered", "not_erased", "told_too_early", "addresses_left", "untold", "told_twice")


async def run(options: argparse.Namespace, server: str) -> dict[str, object]:
    """Return the figures of one run."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = {"lease": options.lease, "pairs": options.pairs, "leaving": options.leaving}
        async with fleet(Path(folder), server, options.processes, **sizes) as town:
            return await suffered(town, options.troubles, options.seed)


def main() -> int:
    """Run it, and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--troubles", type=int, default=200)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--leaving", type=int, default=8)
    parser.add_argument("--lease", type=float, default=3)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    with own_server() as server:
        figures = asyncio.run(run(options, server))
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return int(any(figures[fault] for fault in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
