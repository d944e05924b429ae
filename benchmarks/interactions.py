"""Answer times of interactions on the Discord wire fake, 50 a second, the whole bot behind; prints one line of JSON.

`p50_ms` and `p99_ms`: from the gateway's event to the answer that Discord waits for (a button's, a command's, a form's,
a list of suggestions), by the fake's clock, which runs in the same process. `late` counts answers after three seconds,
which Discord shows as failed. `probe_p99_ms` is how late a sleep of 5 ms comes back in the same run: on a busy machine
the answers wait for the processor as long as the probe does.
"""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.pop(0)  # this folder, where discord.py would stand in for the library of that name
sys.path.insert(0, str(Path(__file__).parent.parent))

from buddybot.adapter import Channel, ChannelKind
from buddybot.service.kernel.book import Book
from buddybot.testing import practice_book
from tests.discord.people import Person
from tests.discord.wire import Wire, open_wire
from tests.stories.test_discord_server import Server, served

SECONDS, A_SECOND, PEOPLE = 10, 50, 20
LATE, PATIENCE = 3.0, 30.0
CHANNELS = (Channel("nights", "Nights"), Channel("staff", "Staff", kind=ChannelKind.MODERATORS))


def percentile(found: list[float], share: float) -> float:
    """Return the value below which this share lies, in milliseconds."""
    ordered = sorted(found)
    return round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)


async def probe(late: list[float]) -> None:
    """Note how late a short sleep comes back."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append(time.perf_counter() - begun - 0.005)


async def one(server: Server, person: Person, number: int, took: list[float]) -> None:
    """Let somebody click, and wait for the answer to it."""
    begun, room = time.perf_counter(), server.room("nights")
    match number % 4:
        case 0:
            click = await person.uses("help", room=room)
        case 1:
            click = await person.presses("I need help right now", room=room)
        case 2:
            click = await person.presses("Write", room=room)
        case _:
            click = await person.types("mod claim", room, "case", "ab")
    while not click.answers and time.perf_counter() - begun < PATIENCE:
        await asyncio.sleep(0.001)
    took.append(time.perf_counter() - begun)


async def measured(wire: Wire, folder: Path, book: Book) -> dict[str, float]:
    """Run the load, after one round that warms up."""
    async with served(wire, folder, replace(book, channels=CHANNELS)) as server:
        people = [await server.person(f"p{at}") for at in range(PEOPLE)]
        warm: list[float] = []
        for number, person in enumerate(people):
            await one(server, person, number, warm)
        took, late = list[float](), list[float]()
        probing = asyncio.create_task(probe(late))
        clicks = list[asyncio.Task[None]]()
        begun, cpu = time.perf_counter(), time.process_time()
        for number in range(SECONDS * A_SECOND):
            await asyncio.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
            clicks.append(asyncio.create_task(one(server, people[number % PEOPLE], number, took)))
        await asyncio.gather(*clicks)
        probing.cancel()
        spent = time.process_time() - cpu
        return {
            "interactions": len(took),
            "p50_ms": percentile(took, 0.5),
            "p99_ms": percentile(took, 0.99),
            "late": sum(each > LATE for each in took),
            "cpu_ms": round(1000 * spent / len(took), 2),
            "probe_p99_ms": percentile(late, 0.99),
        }


async def main() -> None:
    """Print the line."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_wire() as wire:
            print(json.dumps(await measured(wire, Path(folder), practice_book())))


if __name__ == "__main__":
    asyncio.run(main())
