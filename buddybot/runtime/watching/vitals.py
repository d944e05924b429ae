"""Collector of vital signs: the running house's, and those of its disk, which are there without it too."""

import asyncio
import os
import resource
import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from pydantic import TypeAdapter

from buddybot.config.tables import StoreSettings
from buddybot.domain.moderation.vitals import Board, KeptVitals, ProcessVitals, Vitals
from buddybot.runtime.house import House
from buddybot.runtime.keeping.last_backup import last_backup
from buddybot.runtime.operator_socket import Answering
from buddybot.runtime.watching.board import board
from buddybot.service.operator_requests import Answer, Asked
from buddybot.store.kernel.errors import StoreError

REQUEST = "vitals"
WRITE_WITHIN = 3.0
SELF = Path("/proc/self")


class HouseWatch:
    """Takes the vital signs of a house that runs, and tells them to whoever asks through the socket."""

    def __init__(self, house: House, settings: StoreSettings, otherwise: Answering, *, public: bool = False) -> None:
        """Show the board to operators at the desk from now on; `public`: people can come in from outside."""
        self._house, self._settings, self._otherwise, self._public = house, settings, otherwise, public
        house.engine.board = self.board
        self._began: float | None = None

    async def answer(self, request: str, asked: Asked) -> Answer:
        """Answer one request of the operator; what is not about vital signs goes on."""
        return packed_vitals(await self.vitals()) if request == REQUEST else await self._otherwise(request, asked)

    async def vitals(self) -> Vitals:
        """Take them now."""
        stored = await self._house.engine.stored_vitals()
        kept = await asyncio.to_thread(kept_vitals, self._settings)
        return Vitals(stored, kept, await self._process())

    async def board(self) -> Board:
        """Return them as lines for a person."""
        return board(await self.vitals(), public=self._public)

    async def unready(self) -> str:
        """Return why nobody can be served now; empty while the store writes and a platform is well."""
        try:
            async with asyncio.timeout(WRITE_WITHIN):
                await self._house.store.write(lambda tx: tx.db.run("UPDATE keyring SET turn = turn WHERE one = 1"))
                await asyncio.to_thread(lambda: self._house.store.keys.turn)  # without keys nothing can be sent
        except TimeoutError:
            return f"the store did not write within {WRITE_WITHIN:g} seconds"
        except StoreError as fault:
            return str(fault)
        well = any(not one.trouble for one in self._house.platforms())
        return "" if well else "no platform can go on; the log says why"

    async def _process(self) -> ProcessVitals:
        house, now = self._house, asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        latencies, turnstile = house.store.latencies, house.store.turnstile
        erased = await asyncio.to_thread(house.store.keys.erased)
        return replace(
            house.engine.process_vitals(),
            up=now - self._began,
            platforms=house.platforms(),
            memory=_resident(),
            files=_open_files(),
            files_limit=resource.getrlimit(resource.RLIMIT_NOFILE)[0],
            erased=len(erased),
            writes=tuple(zip(latencies.BOUNDS, accumulate(latencies.counts), strict=False)),
            commits=sum(latencies.counts),
            writes_seconds=latencies.seconds,
            transactions=0 if turnstile is None else turnstile.begun,
            retried=0 if turnstile is None else turnstile.retried,
        )


def kept_vitals(settings: StoreSettings) -> KeptVitals:
    """Return how much room the disk has, how large the database is, and when it was kept last."""
    path = Path(settings.url.removeprefix("sqlite:")) if settings.url.startswith("sqlite:") else None
    folder = _nearest(settings.keys if path is None else path.parent)
    disk = shutil.disk_usage(folder)
    return KeptVitals(
        free=disk.free,
        size=disk.total,
        database=0 if path is None else _length(path),
        log=0 if path is None else _length(path.with_name(f"{path.name}-wal")),
        backup=last_backup(settings.keys),
    )


def packed_vitals(vitals: Vitals) -> Mapping[str, object]:
    """Return vital signs as JSON has them."""
    told: Mapping[str, object] = TypeAdapter(Vitals).dump_python(vitals, mode="json")
    return told


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(one for one in (folder, *folder.absolute().parents) if one.is_dir())


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _resident() -> int:
    """Return the bytes of memory in use; 0 where the system does not tell."""
    try:
        return int((SELF / "statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def _open_files() -> int:
    try:
        return sum(1 for _ in (SELF / "fd").iterdir())
    except OSError:
        return 0
