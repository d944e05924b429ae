"""Long run of trouble in a house of several processes: `python -m tests.cluster [--troubles 200] [--processes 3]`.

Processes are killed and paused and connections to the server cut, while people on Discord and Telegram write to each
other. One line of JSON says what became of it; the exit status is 1 where anything was lost, doubled without a word, or
out of order.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.cluster.fleet import fleet, suffered
from tests.store.fixtures import own_server


async def run(options: argparse.Namespace, server: str) -> dict[str, object]:
    """Return the figures of one run."""
    with tempfile.TemporaryDirectory() as folder:
        async with fleet(Path(folder), server, options.processes, lease=options.lease, pairs=options.pairs) as town:
            return await suffered(town, options.troubles, options.seed)


def main() -> int:
    """Run it, and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--troubles", type=int, default=200)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--lease", type=float, default=3)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    with own_server() as server:
        figures = asyncio.run(run(options, server))
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return int(any(figures[fault] for fault in ("lost", "doubled", "disordered")))


if __name__ == "__main__":
    sys.exit(main())
