"""The bot ends at each named point, alone and twice in a row, is started again, and nothing is lost or doubled.

Points lie around every commit, every change of the keys, every delivery and every backup copy, from the start on. From
what a crash there leaves the bot is started anew, and ends once more at each point that it passes on its way back: at
every fourth of those where a change is checked, the same each time, and at all of them with BUDDYBOT_PAIRS=all
(`make soak`).
"""

import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from buddybot.adapter import Away
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Delivery
from buddybot.runtime.storage import sqlite
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.migrations import Migration, migrations
from buddybot.store.kernel.private_files import make_private
from buddybot.testing import Clock, FakePlatform, TestBot, running
from buddybot.testing.empty_store import DATABASE
from tests.runtime.faults.camera import Camera, Point, filming
from tests.runtime.faults.scenes import SCENES, Life, Scene, nobody, play, sent

NEW_STEPS = (
    Migration(9001, "9001_added.sql", "CREATE TABLE added (id TEXT PRIMARY KEY);"),
    Migration(9002, "9002_filled.sql", "INSERT INTO added SELECT id FROM member;"),
    Migration(9003, "9003_dropped.sql", "DROP TABLE added;"),
)
"""What a newer version would do to a database with people in it."""
NUMBER, LAST = count(1), 1000
EVERY = 1 if os.environ.get("BUDDYBOT_PAIRS") == "all" else 4
"""Of the pairs of crashes one in so many is played; of the crashes alone each is."""


@asynccontextmanager
async def life(point: Point, book: Book, camera: Camera | None, away: str) -> AsyncIterator[TestBot]:
    """Start on what a crash at this point left."""
    number = next(NUMBER)
    platform = FakePlatform() if camera is None else camera.platform
    platform.fails(f"account-of-{away}", *[Away()] * 10_000)
    platform._number = count(10_000 * number)
    with nullcontext() if camera is None else filming(camera):
        async with running(point.folder, book=book, platform=platform, clock=point.clock, seed=number) as bot:
            yield bot


def shown_twice_or_out_of_order(shown: tuple[Delivery, ...], scene: Scene) -> Iterator[str]:
    """Yield what is wrong with what people were shown."""
    order = dict[str, list[int]]()
    for name, words, times in scene.wanted:
        found = [
            (at, effect.note, one.repeat)
            for at, one in enumerate(shown)
            if (effect := sent(one, name)) is not None and words in effect.content.text
        ]
        plain = Counter(note for _, note, repeat in found if not repeat)
        if (notes := len({note for _, note, _ in found})) != times:
            yield f"{name} was shown {words!r} {notes} times"
        if any(number > 1 for number in plain.values()):
            yield f"{name} was shown {words!r} twice, and nothing said so"
        order.setdefault(name, []).append(min((at for at, _, _ in found), default=-1))
    yield from (f"{name} was not shown things in order" for name, places in order.items() if places != sorted(places))


async def judge(here: Life, scene: Scene, at: Callable[[int], None]) -> None:
    """Let the scene be played to its end, and see that all is well then."""
    await play(here.bot, scene, at)
    await scene.check(here)
    late = await here.bot.house.store.read(lambda tx: tx.timers.due(here.bot.clock.now() - timedelta(minutes=1), 10))
    wrong = [*shown_twice_or_out_of_order(here.shown, scene), *(f"{one.kind} is late" for one in late)]
    assert wrong == []


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder in memory: what is tried here is what is in the files, not the disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Let the hundreds of starts log nothing."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Matrix:
    """Every point of a scene alone, and pairs of a point with one on the way back from it."""

    def __init__(self, scene: Scene, book: Book, folder: Path) -> None:
        self._scene, self._book, self._folder = scene, book, folder
        self._members = frozenset[MemberId]()
        self.tried = list[str]()

    async def begun(self) -> Point:
        """Return how things are before the scene begins."""
        folder, clock = self._folder / "begun", Clock()
        folder.mkdir()
        make_private(folder / DATABASE)  # an empty file: the first start makes its tables, and is filmed too
        if self._scene.prepare is not nobody:
            async with running(folder, book=self._book, clock=clock) as bot:
                await self._scene.prepare(bot)
                self._members = frozenset(await bot.house.store.read(lambda tx: tx.members.all_ids()))
        return Point("nothing", folder, clock, ())

    async def suffer(self, point: Point, *, most: int = 0, until: int = LAST) -> list[Point]:
        """Go on from a point; return `most` points of each kind on the way, up to a step of the scene."""
        camera = Camera(point, self._folder / f"after-{len(self.tried):04}", most=most) if most else None
        self.tried.append(point.name)
        try:
            async with life(point, self._book, camera, self._scene.away) as bot:
                here = Life(bot, point.shown, self._members)
                await judge(here, self._scene, partial(_turn, camera, until))
        except BaseException as error:
            error.add_note(f"after a crash at: {point.name}")
            raise
        finally:
            shutil.rmtree(point.folder)
        return [] if camera is None else [one for kind in camera.points.values() for one in kind]


def _turn(camera: Camera | None, until: int, step: int) -> None:
    if camera is not None:
        camera.step, camera.running = step, step <= until


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_crashes_lose_nothing_double_nothing_unmarked_and_undo_no_erasure(
    folder: Path, book: Book, monkeypatch: pytest.MonkeyPatch, scene: Scene
) -> None:
    matrix = Matrix(scene, book, folder)
    begun = await matrix.begun()
    if scene.name == "migrations":
        monkeypatch.setattr(  # steps of a version to come
            sqlite, "migrations", lambda dialect: [*migrations(dialect), *NEW_STEPS]
        )
    met, pairs = set[str](), count()
    for first in await matrix.suffer(begun, most=2):
        again = await matrix.suffer(first, most=0 if first.name in met else 1)
        met.add(first.name)
        for second in again:
            if next(pairs) % EVERY:
                shutil.rmtree(second.folder)
                continue
            await matrix.suffer(replace(second, name=f"{first.name}, then {second.name}"))
    assert len(met) >= scene.points, sorted(met)
