"""Time until an answer is on others' screens, quiet and while one address holds 2,000 idle streams, in one run.

The real bot runs as a process with 1,024 open files and its database on this disk. The others come from addresses of
their own; an answer counts when its browser has it. Prints one line of JSON; times are milliseconds.
"""

import asyncio
import json
import socket
import statistics
import sys
import tempfile
from pathlib import Path

from buddybot_http.holding import descriptors

from tests.web.crowding import FILES, Idlers, asked, people, running_bot
from tests.web.visitor import Tab

IDLE, OTHERS, ASKS = 2000, 12, 20
PAUSE = 0.5
"""Between two questions of one person: below the pace that a browser may keep."""


async def times(tabs: list[Tab]) -> list[float]:
    async def one(tab: Tab) -> list[float]:
        found = []
        for _ in range(ASKS):
            found.append(await asked(tab))
            await asyncio.sleep(PAUSE)
        return found

    return [1000 * each for found in await asyncio.gather(*map(one, tabs)) for each in found]


def figures(found: list[float]) -> dict[str, float]:
    return {"p50": round(statistics.median(found), 1), "p99": round(statistics.quantiles(found, n=100)[98], 1)}


async def main() -> int:
    """Measure and print."""
    descriptors()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    idlers = Idlers()
    with tempfile.TemporaryDirectory() as folder:
        async with running_bot(Path(folder), port) as bot, people(bot, OTHERS, first=1) as tabs:
            quiet = await times(tabs)
            attack = asyncio.create_task(idlers.open(port, IDLE))
            coming = await times(tabs)
            await attack
            held = await times(tabs)
            idlers.close()
    told = {"quiet": figures(quiet), "while_they_come": figures(coming), "while_they_stay": figures(held)}
    ratio = round(told["while_they_stay"]["p99"] / told["quiet"]["p99"], 2)
    counts = {"idle": IDLE, "granted": len(idlers.served), "others": OTHERS, "answers": len(quiet + coming + held)}
    sys.stdout.write(json.dumps({"files": FILES, **counts, **told, "p99_ratio": ratio}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
