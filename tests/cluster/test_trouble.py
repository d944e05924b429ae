"""Real processes that are killed, paused and cut off while people talk; `python -m tests.cluster` does it for long."""

import json
from pathlib import Path

from tests.cluster.__main__ import FAULTS
from tests.cluster.fleet import fleet, suffered


async def test_nothing_is_lost_and_who_leaves_meanwhile_is_forgotten_by_all(tmp_path: Path, server: str) -> None:
    async with fleet(tmp_path, server, 2, lease=2) as town:
        figures = await suffered(town, 2, troubles=("pause", "kill"))
    print(json.dumps(figures))  # noqa: T201 - the figures are wanted
    assert {fault: figures[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)
    assert figures["erased"] == 1
