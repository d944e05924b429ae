"""Long run of trouble in a house of several processes: `python -m tests.cluster [--troubles 200] [--processes 3]`.

Processes are killed and paused and connections to the server cut, while people on Discord, on Telegram and at the page
write to each other and some of them erase themselves. `--kinds` names other troubles, `servers` all of the servers'
own. One line of JSON says what became of it; the exit status is 1 where anything was lost, doubled without a word, or
out of order, or somebody was not erased whole or told so too early.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from tests.cluster.fleet import fleet
from tests.cluster.servers import own_ground
from tests.cluster.troubles import OF_THE_SERVER, USUAL, suffered

FAULTS = ("lost", "doubled", "disordered", "not_erased", "told_too_early", "addresses_left", "untold", "told_twice")


async def run(options: argparse.Namespace) -> dict[str, object]:
    """Return the figures of one run."""
    kinds = [
        one
        for word in options.kinds.split(",")
        for one in {"servers": OF_THE_SERVER, "usual": USUAL}.get(word, (word,))
    ]
    with tempfile.TemporaryDirectory() as folder:
        town = {name: getattr(options, name) for name in ("lease", "pairs", "leaving", "page", "old", "off")}
        async with (
            own_ground() as ground,
            fleet(options.logs or Path(folder), ground, options.processes, **town) as made,
        ):
            return await suffered(made, options.troubles, options.seed, kinds, minutes=options.minutes)


def main() -> int:
    """Run it, and say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--troubles", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=600, help="after which no further trouble is made")
    parser.add_argument("--kinds", default="usual", help="names with commas between them; usual, servers")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=2)
    parser.add_argument("--leaving", type=int, default=8)
    parser.add_argument("--page", action="store_true", help="have some of the people at the page")
    parser.add_argument("--lease", type=float, default=3)
    parser.add_argument(
        "--old", type=Path, help="begin as the version in this folder; the trouble `upgrade` renews one"
    )
    parser.add_argument("--off", type=int, default=0, help="seconds that one machine's clock is wrong")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--logs", type=Path, help="an empty folder that keeps the logs of the processes")
    options = parser.parse_args()
    figures = asyncio.run(run(options)) | {"lease_s": options.lease, "load": round(os.getloadavg()[1], 1)}
    sys.stdout.write(f"{json.dumps(figures)}\n")
    return int(any(figures[fault] for fault in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
