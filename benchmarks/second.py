"""Measures the second opinion: milliseconds a message, what a flood of notes gets, how long the event loop is held up.

`python benchmarks/second.py`: one line of JSON. Messages are those of one hand of data/training, each whole and in
stretches of 16 words, 8 apart.
"""

import asyncio
import json
import resource
import sys
import time

from buddybot.content import content_dir
from buddybot.runtime.second.encoder import Encoder
from buddybot.runtime.second.reader import SecondReader

MESSAGES, FLOOD = 400, 1000
WINDOW, STEP = 16, 8


def messages() -> list[tuple[str, ...]]:
    path = content_dir() / "training" / "train_j.jsonl"
    found = []
    for line in path.read_text("utf-8").splitlines()[:MESSAGES]:
        text = json.loads(line)["text"]
        words = text.split()
        windows = range(0, len(words) - WINDOW + STEP, STEP) if len(words) > WINDOW else ()
        found.append((text, *(" ".join(words[at : at + WINDOW]) for at in windows)))
    return found


async def held_up(stop: asyncio.Event) -> float:
    """Return the longest time in ms by which the loop woke late."""
    longest = 0.0
    while not stop.is_set():
        before = time.perf_counter()
        await asyncio.sleep(0.001)
        longest = max(longest, (time.perf_counter() - before - 0.001) * 1000)
    return longest


async def measured() -> dict[str, object]:
    started = time.perf_counter()
    encoder = Encoder(content_dir())
    loaded = (time.perf_counter() - started) * 1000
    reader = SecondReader(encoder, limit=60)
    stop = asyncio.Event()
    watch = asyncio.create_task(held_up(stop))
    times, parts = [], 0
    for message in messages():
        before = time.perf_counter()
        await reader.of(message)
        times.append((time.perf_counter() - before) * 1000)
        parts += len(message)
    stop.set()
    lag = await watch
    flood = SecondReader(encoder)
    answered = 0
    for at in range(FLOOD // 10):
        found = await asyncio.gather(*(flood.of((f"{at} {note} at the bus stop again",)) for note in range(10)))
        answered += sum(one is not None for one in found)
        await asyncio.sleep(0.01)
    times.sort()
    return {
        "load_ms": round(loaded),
        "parts_a_message": round(parts / MESSAGES, 1),
        "median_ms": round(times[MESSAGES // 2], 1),
        "p99_ms": round(times[int(MESSAGES * 0.99)], 1),
        "ms_a_part": round(sum(times) / parts, 2),
        "loop_held_up_ms": round(lag, 1),
        "flood_answered": f"{answered} of {FLOOD}",
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measured())) + "\n")
