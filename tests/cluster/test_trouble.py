"""Real processes that are killed, paused and cut off while people talk; `python -m tests.cluster` does it for long."""

import json
from pathlib import Path

from tests.cluster.fleet import fleet, suffered


async def test_nothing_is_lost_and_what_comes_twice_says_so(tmp_path: Path, server: str) -> None:
    async with fleet(tmp_path, server, 2, lease=2) as town:
        figures = await suffered(town, 3)
    print(json.dumps(figures))  # noqa: T201 - the figures are wanted
    assert (figures["lost"], figures["doubled"], figures["disordered"]) == (0, 0, 0)
