"""The moderators' desk with 10,000 open cases: milliseconds of a queue page, and of an action with the page after it.

Everything is asked over HTTP on this machine, so client and server share what is measured: the server alone is quicker.
An action begins when what the last one caused has been delivered, as a person is slower than that. For comparison the
same run takes a plain file from the same server, the queue page with ten open cases, and what the disk needs for one
sync. Prints one line of JSON; times are milliseconds.
"""

import asyncio
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aiohttp import ClientSession, CookieJar
from buddybot_desk import DeskAdapter, create

from buddybot.adapter import COMMANDS
from buddybot.config import Settings
from buddybot.content import content_dir
from buddybot.content.library import load_book
from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.moderation.cases import URGENCY, Case, Concern
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.staff import Role
from buddybot.runtime.engine import AdapterInbox
from buddybot.store.moderation.records import CaseEntry, Report
from buddybot.store.tx import Tx
from buddybot.testing import TestBot, running
from tests.web.house import until

OPEN = 10_000
AT_ONCE = 500
MODERATORS, LOOKS, CASES = 5, 30, 12
"""Each moderator stays below the desk's own limit of requests."""
WANTED = {"queue": 100, "action": 50}
FORM = re.compile(r'name="(key|seen)" value="([^"]*)"')


def probe(folder: Path) -> list[float]:
    times = []
    with (folder / "probe").open("wb") as file:
        for _ in range(300):
            start = time.perf_counter()
            file.write(b"\0" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - start)
    return times


def figures(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20)
    return {"p50": round(1000 * statistics.median(times), 2), "p95": round(1000 * cuts[18], 2), "n": len(times)}


def fill(bot: TestBot, people: list[MemberId], many: int) -> Callable[[Tx], None]:
    def filling(tx: Tx) -> None:
        turn = bot.house.engine.turn(tx)
        rng = turn.world.rng
        for _ in range(many):
            concern, at = rng.choice(list(Concern)), bot.clock.at - timedelta(minutes=rng.randrange(6000))
            alias = f"{rng.choice(turn.book.aliases[0])} {rng.randrange(10_000)}"
            reporter, about = people[0], rng.choice(people[1:])
            name = CaseId(turn.world.new_id())
            tx.cases.add(Case(name, concern, URGENCY[concern], None, reporter, about, at, alias=alias))
            tx.records.report(name, Report(reporter, concern, at, verified=True, text="something that was shared"))
            tx.records.add(name, CaseEntry(LineKind.OPENED, at, None, Role.MEMBER))

    return filling


class Browser:
    """A moderator's browser without a window; `times` of what it is told to time."""

    def __init__(self, session: ClientSession, root: str) -> None:
        self.session, self.root, self.form = session, root, dict[str, str]()

    async def get(self, path: str, into: list[float] | None = None) -> str:
        """Open a page."""
        start = time.perf_counter()
        async with self.session.get(path) as answer:
            return self._read(answer.status, await answer.text(), start, into)

    async def post(self, path: str, into: list[float] | None = None, **form: str) -> str:
        """Send a form, with what the last page's forms carry."""
        start, sent = time.perf_counter(), {**self.form, **form}
        async with self.session.post(path, data=sent, headers={"Origin": self.root}) as answer:
            return self._read(answer.status, await answer.text(), start, into)

    def _read(self, status: int, text: str, start: float, into: list[float] | None) -> str:
        if into is not None:
            into.append(time.perf_counter() - start)
        assert status == 200, status
        self.form = dict(FORM.findall(text)) or self.form
        return text


async def actions(bot: TestBot, browser: Browser, times: list[float]) -> None:
    """Take cases, note something, warn where that fits, and close them; each answer is a whole page."""
    page = await browser.get("/desk/queue")
    for path in re.findall(r'<form method="post" action="(/desk/case/\w+)">', page)[:CASES]:
        told = await browser.post(path, times, do="claim", seen="", back="case")
        assert "is yours" in told
        await bot.settle()
        await browser.post(path, times, do="note", text="asked twice")
        if 'value="warn"' in told:
            await browser.post(path, times, do="warn", rule="1", reason="Be kind.")
        await bot.settle()
        assert "Thank you" in await browser.post(path, times, do="close", back="queue")
        await bot.settle()


async def enter(bot: TestBot, adapter: DeskAdapter, session: ClientSession, name: str) -> Browser:
    person = bot.person(name)
    person.roles = ("moderator",)
    await person.uses("desk", state="on")
    browser = Browser(session, adapter.url.removesuffix("/desk"))
    await browser.post("/desk/enter", token=person.sees()[-1].rpartition("=")[2])
    return browser


async def measure(bot: TestBot, adapter: DeskAdapter) -> dict[str, dict[str, float]]:
    found = {name: list[float]() for name in ("few", "queue", "action", "file")}
    for pair in (("ann", "ben"), ("cat", "dan")):
        await bot.pair(*pair)
    people = await bot.house.store.read(lambda tx: [MemberId(r[0]) for r in tx.db.rows("SELECT id FROM member")])
    for number in range(MODERATORS):
        async with ClientSession(adapter.url.removesuffix("/desk"), cookie_jar=CookieJar(unsafe=True)) as session:
            browser = await enter(bot, adapter, session, f"mo{number}")
            if number == 0:
                await bot.house.store.write(fill(bot, people, 10))
            for _ in range(LOOKS):
                await browser.get("/desk/queue", found["queue" if number else "few"])
                await browser.get("/desk/static/desk.css", found["file"])
            if number:
                await actions(bot, browser, found["action"])
        if number == 0:
            for _ in range(OPEN // AT_ONCE):
                await bot.house.store.write(fill(bot, people, AT_ONCE))
    return {name: figures(times) for name, times in found.items()}


async def serve(bot: TestBot, adapter: DeskAdapter) -> dict[str, dict[str, float]]:
    serving = asyncio.create_task(adapter.run(AdapterInbox(bot.house.engine, "desk"), COMMANDS, bot.house.engine))
    await until(lambda: bool(adapter.url))
    try:
        return await measure(bot, adapter)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def main() -> None:
    book = load_book(content_dir(), Settings())
    book = replace(book, practice=replace(book.practice, desk_url="https://desk.example/desk"))
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        sync = probe(Path(name))
        async with running(Path(name), book=book) as bot:
            found = await serve(bot, create({"port": "0"}))
        sync += probe(Path(name))
    print(
        json.dumps(
            {
                "benchmark": "desk",
                "open_cases": OPEN,
                **{name: found[name] for name in ("queue", "action")},
                "probe": {"sync": figures(sync), "plain_file": found["file"], "queue_of_ten": found["few"]},
                "queue_to_plain_file": round(found["queue"]["p50"] / found["file"]["p50"], 1),
                "action_to_sync": round(found["action"]["p95"] / figures(sync)["p95"], 1),
                "queue_to_queue_of_ten": round(found["queue"]["p50"] / found["few"]["p50"], 1),
                "wanted_p95_ms": WANTED,
                "met": {name: found[name]["p95"] <= most for name, most in WANTED.items()},
                "load": round(os.getloadavg()[0], 1),
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(main())
