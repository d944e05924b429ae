"""What the Telegram adapter sends against a fake that enforces the documented limits; prints one line of JSON.

`even`: the adapter behind the core's own pacer, a note to each of 300 people: sends a second, answers of 429, and
the p95 of one send in ms; again while one chat is told to wait four seconds, which shuts the door for everybody once;
`warm` is what follows once that wait is over, or after a second where nobody was refused. `stock`: the library's
AIORateLimiter with the same notes (null where aiolimiter is not installed). `harsh`: both against a server that closes
for two seconds after each refusal, for at most a minute. `relay`: one note from person to person on loopback, p50 and
p95 in ms, and the CPU of this process for it. The fake has a process of its own, which goes first where the system lets
it: on a busy machine it is the bot that has to wait, not the platform.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles

sys.path.pop(0)  # this folder, where this file would stand in for the library of the same name
sys.path.insert(0, str(Path(__file__).parent.parent))

from buddybot_telegram import create
from telegram.ext import AIORateLimiter, ExtBot

from buddybot.adapter import (
    COMMANDS,
    Address,
    Content,
    Delivery,
    Inbound,
    NoteId,
    React,
    RetryLater,
    Said,
    Send,
    Span,
    Voice,
)
from buddybot.runtime.delivery.pacer import Pacer
from buddybot.testing import NoThreads
from tests.telegram.faults import too_many
from tests.telegram.house import Shelf
from tests.telegram.limits import Limits
from tests.telegram.people import Person
from tests.telegram.wire import FakeTelegram, until
from tests.telegram.world import Asked

NOTES, RELAYED, LATENCY, PATIENCE, PUNISHMENT = 300, 300, 0.03, 60, 2
FIRST = -15
"""Priority of the fake's process, as the system counts it."""
SLOW, TOO_MANY = 4, 429
FIRST_ACCOUNT, TOKEN = 1000, "4242:pretend-token"


async def fake(scene: str) -> None:
    """Be the platform: a line with the address, then, once told to on a line of input, one with what happened."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, FIRST)
    limits = None if scene == "relay" else Limits(harsh=PUNISHMENT if scene == "harsh" else 0)
    async with FakeTelegram(limits=limits, latency=0.0 if scene == "relay" else LATENCY) as server:
        for number in range(NOTES):
            server.person(f"p{number}")
        if scene == "slow":
            server.faults.next("sendMessage", too_many(SLOW), chat=FIRST_ACCOUNT)
        print(json.dumps({"url": server.url}), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        taken = await talk(server) if scene == "relay" else []
        sends = server.asked("sendMessage")
        told = {**figures(sends, 0.0), "warm": figures(sends, warm_from(sends)), "ms": taken}
        print(json.dumps(told), flush=True)


def figures(sends: Sequence[Asked], since: float) -> dict[str, object]:
    """Return what was sent, and what refused, from a moment on."""
    later = [sent for sent in sends if sent.at >= since]
    at = [sent.at for sent in later if sent.took_effect]
    rate = (len(at) - 1) / (at[-1] - at[0])
    refused = sum(sent.code == TOO_MANY for sent in later)
    return {"per_second": round(rate, 1), "refused": refused, "sent": len(at)}


def warm_from(sends: Sequence[Asked]) -> float:
    """Return when the first refusal's wait is over; a second after the first send where there was none."""
    first = next((sent.at for sent in sends if sent.code == TOO_MANY), None)
    return sends[0].at + 1 if first is None else first + SLOW


async def talk(server: FakeTelegram) -> list[float]:
    """Let two people talk through the bot; return how long each note took, in ms."""
    ann, ben = server.person("p0"), server.person("p1")
    taken = []
    for number in range(RELAYED):
        started = time.perf_counter()
        ann.says(f"note {number}")
        await until(partial(_sees, ben, number + 1))
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _sees(person: Person, count: int) -> bool:
    return len(person.sees()) == count


@dataclass(frozen=True, slots=True)
class Platform:
    """The fake in its own process."""

    url: str
    report: Callable[[], Awaitable[dict[str, object]]]


@asynccontextmanager
async def platform(scene: str) -> AsyncIterator[Platform]:
    here = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(sys.executable, __file__, scene, stdin=here, stdout=here)
    ask, answers = child.stdin, child.stdout
    assert ask is not None
    assert answers is not None

    async def report() -> dict[str, object]:
        ask.write(b"go\n")
        told: dict[str, object] = json.loads(await answers.readline())
        return told

    yield Platform(json.loads(await answers.readline())["url"], report)
    await child.wait()


def delivery(number: int, text: str, account: int) -> Delivery:
    content = Content((Span(text),), Voice.MEMBER, author="Otter")
    return Delivery(number, Address("telegram", "4242", str(account)), Send(content))


async def even(scene: str) -> dict[str, object]:
    """Send all notes through the core's pacer, each person's in their order."""
    async with platform(scene) as server:
        adapter = create({"token": TOKEN, "base_url": server.url})
        # A running bot has its connections and its code warm before it sends.
        await adapter.deliver(Delivery(1, Address("telegram", "4242", str(FIRST_ACCOUNT)), React(NoteId("n"), "")))
        pacer, waits = Pacer(adapter.capabilities), list[float]()
        started, cpu = time.perf_counter(), time.process_time()

        async def send_to(number: int) -> None:
            note = delivery(number, f"note {number}", FIRST_ACCOUNT + number)
            while True:
                request = await pacer.turn(note.address, 2)
                granted = time.perf_counter()
                try:
                    await adapter.deliver(note)
                except RetryLater as later:
                    pacer.answered(request)
                    if later.limited and later.seconds:
                        pacer.limited(note.address, later.seconds)
                    await asyncio.sleep(later.seconds or 1)
                else:
                    pacer.answered(request)
                    waits.append((time.perf_counter() - granted) * 1000)
                    return

        await asyncio.gather(*(send_to(number) for number in range(NOTES)))
        took, cpu = time.perf_counter() - started, time.process_time() - cpu
        told = await server.report()
    return {
        "per_second": told["per_second"],
        "refused": told["refused"],
        "warm": told["warm"],
        "seconds": round(took, 1),
        "wait_p95_ms": round(quantiles(waits, n=20)[-1], 1),
        "cpu_ms_per_send": round(cpu * 1000 / NOTES, 2),
    }


async def stock(scene: str) -> dict[str, object] | None:
    """Send the same notes through the library's own limiter."""
    try:
        limiter = AIORateLimiter(max_retries=50)
    except RuntimeError:
        return None
    async with platform(scene) as server:
        bot: ExtBot[int] = ExtBot(TOKEN, base_url=f"{server.url}/bot", rate_limiter=limiter)
        cpu = time.process_time()

        async def send_to(number: int) -> None:
            await bot.send_message(FIRST_ACCOUNT + number, f"Otter: note {number}")

        async with bot:
            sends = [asyncio.create_task(send_to(number)) for number in range(NOTES)]
            _, late = await asyncio.wait(sends, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*sends, return_exceptions=True)
        cpu = time.process_time() - cpu
        told = await server.report()
    sent = int(str(told["sent"]))
    figures = {name: told[name] for name in ("per_second", "refused", "sent")}
    return {**figures, "cpu_ms_per_send": round(cpu * 1000 / sent, 2)}


class Relay(NoThreads):
    """An inbox that passes every note on to the next person at once."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[Said] = asyncio.Queue()

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Keep it."""
        assert cursor is None
        if isinstance(event, Said):
            self.heard.put_nowait(event)

    async def cursor(self, key: str) -> str | None:
        """Telegram keeps our place itself."""
        raise AssertionError(key)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        """Nobody has to be read back: Telegram keeps what we missed."""
        raise AssertionError(platform, identity)

    def awake(self, address: Address) -> None:
        """Nobody is ever away on Telegram."""
        raise AssertionError(address)


async def relay() -> dict[str, object]:
    async with platform("relay") as server:
        inbox, adapter = Relay(), create({"token": TOKEN, "base_url": server.url})

        async def pass_on() -> None:
            for number in range(RELAYED):
                said = await inbox.heard.get()
                await adapter.deliver(delivery(number, said.text, FIRST_ACCOUNT + 1))

        running = asyncio.create_task(adapter.run(inbox, COMMANDS, Shelf()))
        await asyncio.sleep(1)
        passing, cpu = asyncio.create_task(pass_on()), time.process_time()
        told = await server.report()
        cpu = time.process_time() - cpu
        await passing
        running.cancel()
        await asyncio.wait({running})
    taken = told["ms"]
    assert isinstance(taken, list)
    marks = quantiles(taken, n=20)
    return {"p50_ms": round(marks[9], 2), "p95_ms": round(marks[18], 2), "cpu_ms": round(cpu * 1000 / RELAYED, 2)}


async def main() -> None:
    report = {
        "benchmark": "telegram",
        "notes": NOTES,
        "latency_ms": LATENCY * 1000,
        "even": await even("limits"),
        "even_one_slow_chat": await even("slow"),
        "stock": await stock("limits"),
        "harsh": {"even": await even("harsh"), "stock": await stock("harsh")},
        "relay": await relay(),
    }
    print(json.dumps(report))


asyncio.run(fake(sys.argv[1]) if len(sys.argv) > 1 else main())
