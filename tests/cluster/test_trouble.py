"""Real processes that are killed, paused and cut off while people talk; `python -m tests.cluster` does it for long."""

import json
from pathlib import Path

from tests.cluster.__main__ import FAULTS
from tests.cluster.fleet import fleet
from tests.cluster.servers import two_databases
from tests.cluster.troubles import suffered


async def test_nothing_is_lost_and_who_leaves_meanwhile_is_forgotten_by_all(tmp_path: Path, server: str) -> None:
    with two_databases(server) as ground:
        async with fleet(tmp_path, ground, 2, lease=2) as town:
            figures = await suffered(town, 1, troubles=("kill",))
    print(json.dumps(figures))  # noqa: T201 - the figures are wanted
    assert {fault: figures[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)
    assert figures["erased"] == 1
