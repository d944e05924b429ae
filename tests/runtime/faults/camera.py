"""A camera on the bot's files: a copy of them at each named point is what a crash there would leave."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

import pytest

from buddybot.domain.kernel.messages import Delivery, MessageId
from buddybot.runtime.storage import batches, upgrading
from buddybot.runtime.storage.batches import DbSession
from buddybot.runtime.storage.sqlite import SqliteSession
from buddybot.runtime.storage.units import PendingWrite, Unit
from buddybot.store.kernel import migrations
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.keys import KeyFile
from buddybot.store.kernel.migrations import Migration
from buddybot.store.kernel.timers import Timer
from buddybot.testing import Clock, FakePlatform

COPY = Path("keys/members.keys.copy")
PASSING = shutil.ignore_patterns("*-shm", "*.lock")


@dataclass(frozen=True, slots=True)
class Point:
    """What is on disk at one moment, when that was, and what people had been shown by then."""

    name: str
    folder: Path
    clock: Clock
    shown: tuple[Delivery, ...] = field(repr=False)
    step: int = -1
    """Which step of the scene was under way."""


class Camera:
    """Keeps a copy of the bot's files at each kind of point it passes: the first few of a kind, and the last."""

    def __init__(self, begun: Point, kept: Path, *, most: int) -> None:
        self._begun, self._kept, self._most, self._number = begun, kept, most, 0
        self.platform = FilmedPlatform(self)
        self.lock, self.running = Lock(), True
        self.doing, self.step = "start", -1
        self._known = set[str]()
        self.points = dict[str, list[Point]]()
        kept.mkdir(parents=True)

    def shoot(self, where: str, files: Mapping[Path, bytes] | None = None) -> None:
        """Take a picture, with the content of some files as it was a moment ago, or half of it."""
        if not self.running:
            return
        name = f"{self.doing}: {where}"
        taken = self.points.setdefault(name, [])
        if len(taken) >= self._most:
            if self._most == 1:
                return
            shutil.rmtree(taken.pop().folder)
        self._number += 1
        folder = self._kept / f"{self._number:04}"
        shutil.copytree(self._begun.folder, folder, ignore=PASSING)
        for path, content in (files or {}).items():
            (folder / path).write_bytes(content)
        shown = (*self._begun.shown, *self.platform.deliveries)
        if (state := _state(folder, len(shown))) in self._known:
            shutil.rmtree(folder)
            return  # nothing changed since another point: a crash here is a crash there
        self._known.add(state)
        taken.append(Point(name, folder, Clock(self._begun.clock.at), shown, self.step))

    def content(self, path: Path) -> bytes:
        """Return what a file holds now."""
        return (self._begun.folder / path).read_bytes()


def _state(folder: Path, shown: int) -> str:
    """Return a hash of all that a start would find, and of how much had been shown."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files) + str(shown).encode()).hexdigest()


class FilmedPlatform(FakePlatform):
    """A platform that lets the camera see what goes out."""

    def __init__(self, camera: Camera) -> None:
        super().__init__()
        self._camera = camera

    async def deliver(self, delivery: Delivery) -> MessageId:
        what = type(delivery.effect).__name__.lower()
        with self._camera.lock:
            self._camera.doing = "deliver"
            self._camera.shoot(f"{what} claimed, not sent")
        made = await super().deliver(delivery)
        with self._camera.lock:
            self._camera.doing = "deliver"
            self._camera.shoot(f"{what} sent, not settled")
        return made


@contextmanager
def filming(camera: Camera) -> Iterator[None]:
    """Take a picture before and after each commit, between the two key files, and around each backup copy."""
    with pytest.MonkeyPatch.context() as patch:
        _film_units(camera, patch)
        _film_commits(camera, patch)
        _film_keys(camera, patch)
        _film_backups(camera, patch)
        yield
    camera.running = False


def _film_units(camera: Camera, patch: pytest.MonkeyPatch) -> None:
    plain = batches.run_batch

    def run_batch(session: DbSession, batch: list[Unit], *, guarded: bool = False) -> None:
        camera.doing = " and ".join(sorted({_named(unit._fn) for unit in batch if isinstance(unit, PendingWrite)}))
        plain(session, batch, guarded=guarded)

    patch.setattr(batches, "run_batch", run_batch)  # the moments between two steps of the product's own


def _named(closure: object) -> str:
    """Return which of the core's transactions this is: the name of the function that it was made in."""
    if isinstance(closure, partial):
        kinds = [argument.kind for argument in closure.args if isinstance(argument, Timer)]
        return " ".join([_named(closure.func), *kinds])
    names = [
        name
        for name in str(getattr(closure, "__qualname__", closure)).split(".")
        if name not in {"<locals>", "<lambda>"}
    ]
    return names[-1].strip("_")


def _film_commits(camera: Camera, patch: pytest.MonkeyPatch) -> None:
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
            if erased:
                camera.shoot("erased, log emptied")

    def apply(db: Db, step: Migration) -> None:
        camera.doing = "migrate"
        migrations.apply(db, step)

    patch.setattr(SqliteSession, "statement", statement)  # likewise
    patch.setattr(SqliteSession, "committed", committed)  # likewise
    patch.setattr(upgrading, "apply", apply)  # likewise


def _film_keys(camera: Camera, patch: pytest.MonkeyPatch) -> None:
    plain = KeyFile.change

    def change(
        self: KeyFile, put: Mapping[str, bytes], drop: tuple[str, ...] = (), *, counted: bool = True
    ) -> dict[str, bytes]:
        with camera.lock:
            copy = camera.content(COPY)
            taken = plain(self, put, drop, counted=counted)
            kind = "keys of members" if counted else "keys of an hour"
            camera.shoot(f"{kind} changed in one file", {COPY: copy})
            camera.shoot(f"{kind} changed in both files")
        return taken

    patch.setattr(KeyFile, "change", change)  # likewise


def _film_backups(camera: Camera, patch: pytest.MonkeyPatch) -> None:
    plain = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.suffix != ".part":
            return plain(self, target)
        with camera.lock:
            camera.doing = "backup"
            part = Path("backups") / self.name
            whole = camera.content(part)
            camera.shoot("half written", {part: whole[: len(whole) // 2]})
            camera.shoot("written, not named")
            named = plain(self, target)
            camera.shoot("named")
        return named

    patch.setattr(Path, "replace", replace)  # likewise
