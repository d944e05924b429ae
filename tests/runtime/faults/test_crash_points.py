"""The bot ends at each named point of receive, commit, send and mark, is started again, and nothing is lost or doubled.

A copy of all files at a point is what a crash there would leave. From each copy the bot is started anew; the platform
sends again whatever it was not told of, as platforms do.
"""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Lock

import pytest

from buddybot.domain.kernel.messages import Delivery, MessageId, Origin, Said, Send
from buddybot.runtime.storage.sqlite import SqliteSession
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, FakePlatform, TestBot, running


@dataclass(frozen=True, slots=True)
class Point:
    """What is on disk at one moment, and what people had been shown by then."""

    name: str
    folder: Path
    shown: tuple[Delivery, ...] = field(repr=False)


class Camera:
    """Keeps a copy of the bot's files at each point it passes."""

    def __init__(self, folder: Path, kept: Path, platform: FakePlatform) -> None:
        self._folder, self._kept, self._platform = folder, kept, platform
        self.lock = Lock()
        self.points = list[Point]()

    def shoot(self, name: str) -> None:
        folder = self._kept / f"{len(self.points):03}"
        shutil.copytree(self._folder, folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
        self.points.append(Point(name, folder, tuple(self._platform.deliveries)))


class Filmed(FakePlatform):
    """A platform that lets the camera see what goes out."""

    camera: Camera | None = None

    async def deliver(self, delivery: Delivery) -> MessageId:
        if self.camera is None:
            return await super().deliver(delivery)
        what = "note" if isinstance(delivery.effect, Send) else "mark"
        with self.camera.lock:
            self.camera.shoot(f"{what} claimed, not sent")
        made = await super().deliver(delivery)
        with self.camera.lock:
            self.camera.shoot(f"{what} sent, not settled")
        return made


def film(camera: Camera, patch: pytest.MonkeyPatch) -> None:
    """Take a picture before and after each commit: before it, new keys are on disk already, and their rows are not."""
    plain, scrub = SqliteSession.statement, SqliteSession.committed

    def statement(self: SqliteSession, sql: str) -> None:
        if sql != "COMMIT":
            plain(self, sql)
            return
        with camera.lock:
            camera.shoot("keys written, not committed")
            plain(self, sql)
            camera.shoot("committed, nobody told")

    def committed(self: SqliteSession, *, erased: bool) -> None:
        with camera.lock:
            scrub(self, erased=erased)

    patch.setattr(SqliteSession, "statement", statement)
    patch.setattr(SqliteSession, "committed", committed)


def events(bot: TestBot) -> list[Said]:
    """Return what is said, two notes with the same words among it."""
    said = [("ann", "the same words"), ("ann", "the same words"), ("ben", "an answer"), ("cay", "hi")]
    return [
        Said(Origin(f"crash-{number}", bot.person(name).address), text, MessageId(f"crash-{number}"))
        for number, (name, text) in enumerate(said)
    ]


@asynccontextmanager
async def again(point: Point, book: Book, clock: Clock, number: int) -> AsyncIterator[TestBot]:
    platform = FakePlatform()
    platform._number = count(10_000 * number)
    async with running(point.folder, book=book, platform=platform, clock=Clock(clock.at), seed=number) as bot:
        yield bot


def told(deliveries: tuple[Delivery, ...], account: str, words: str) -> tuple[int, int]:
    """Return how often somebody was shown these words, and how often of that without a mark that it may be a repeat."""
    found = [
        one
        for one in deliveries
        if isinstance(one.effect, Send) and one.address.account == account and words in one.effect.content.text
    ]
    return len(found), sum(not one.repeat for one in found)


async def test_a_crash_at_any_point_loses_nothing_and_doubles_nothing_unmarked(
    tmp_path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform, clock = Filmed(), Clock()
    camera = Camera(tmp_path / "bot", tmp_path / "points", platform)
    async with running(tmp_path / "bot", book=book, platform=platform, clock=clock) as bot:
        await bot.pair("ann", "ben")
        with monkeypatch.context() as patch:
            film(camera, patch)
            platform.camera = camera
            for event in events(bot):
                await bot.person(event.origin.address.account.removeprefix("account-of-")).does(event)
            await bot.wait(hours=1, seconds=1)
            platform.camera = None
    by_name = dict[str, list[Point]]()
    for point in camera.points:
        by_name.setdefault(point.name, []).append(point)
    assert len(by_name) == 6
    # Each start syncs to disk a dozen times: of each kind of point some are enough.
    chosen = [point for points in by_name.values() for point in (points[0], points[len(points) // 2])]
    for number, point in enumerate(chosen, 1):
        async with again(point, book, clock, number) as bot:
            for event in events(bot):
                await bot.door.put(event)
            await bot.wait(hours=2)
            late = await bot.house.store.read(lambda tx: tx.timers.due(bot.clock.now() - timedelta(minutes=1), 10))
            shown = (*point.shown, *bot.platform.deliveries)
        assert late == [], point
        for name, words, times in (("ben", "the same words", 2), ("ann", "an answer", 1), ("cay", "I'm BuddyBot", 1)):
            seen, plain = told(shown, f"account-of-{name}", words)
            assert seen >= times, (point, name)
            assert plain <= times, (point, name)
