"""Unix socket on which the running bot takes an operator's requests: one JSON object a line, one answer each.

It lies in the folder of the keys, open to the bot's own user alone, and the kernel says who is at the other end
(SO_PEERCRED): nobody but that user or root is answered. So whoever could read the keys anyway can ask, and nobody else.
"""

import asyncio
import contextlib
import json
import os
import socket
import stat
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from buddybot.service.operator_requests import Answer, Asked
from buddybot.store.kernel.errors import StoreError

NAME = "operator.sock"
LONGEST_LINE = 64 * 1024
PATIENCE = 10.0
"""Seconds that somebody has to write their line."""
LONGEST_PATH = 100
"""Bytes that a socket's address may have, with some to spare: a longer path is reached through its folder."""
_CREDENTIALS = struct.Struct("3i")
_ROOT = 0

Answering: TypeAlias = Callable[[str, Asked], Awaitable[Answer]]


@contextlib.asynccontextmanager
async def listening(folder: Path, answering: Answering) -> AsyncIterator[None]:
    """Answer an operator for as long as this lasts; a socket that a crash left behind is replaced."""
    path = folder / NAME
    _clear(path)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _serve(reader, writer, answering)

    with _bound(path) as bound:
        server = await asyncio.start_unix_server(serve, sock=bound, limit=LONGEST_LINE)
        try:
            yield
        finally:
            server.close()
            path.unlink(missing_ok=True)


def ask_running(folder: Path, request: str, asked: Asked, *, patience: float | None = None) -> Answer | None:
    """Ask the running bot; None where none listens. A bot that hangs up half-way is a `StoreError`."""
    path = folder / NAME
    if not path.exists():
        return None
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(patience)
        try:
            with _address(path) as address:
                caller.connect(address)
        except (ConnectionRefusedError, FileNotFoundError):
            return None
        except PermissionError as error:
            raise StoreError(
                f"{path}: only the user whom the bot runs as, or root, may ask it: use that one"
            ) from error
        caller.sendall(json.dumps({"ask": request, "with": asked}).encode() + b"\n")
        line = caller.makefile("rb").readline()
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise StoreError(f"{path}: the bot hung up before it answered: look at its log, then see what was done")
    return told


def may_ask(credentials: bytes, ours: int) -> bool:
    """Return whether the process at the other end belongs to our own user or to root."""
    _, user, _ = _CREDENTIALS.unpack(credentials)
    return user in {ours, _ROOT}


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answering: Answering) -> None:
    peer: socket.socket = writer.get_extra_info("socket")
    credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    try:
        told = await _answered(reader, answering) if may_ask(credentials, os.geteuid()) else _fault("not for this user")
        writer.write(json.dumps(told).encode() + b"\n")
        with contextlib.suppress(OSError):
            await writer.drain()
    finally:
        writer.close()


async def _answered(reader: asyncio.StreamReader, answering: Answering) -> Answer:
    try:
        async with asyncio.timeout(PATIENCE):
            line = await reader.readline()
        match json.loads(line):
            case {"ask": str(request), "with": dict(asked)}:
                return await answering(request, asked)
            case _:
                return _fault("a request is a JSON object with `ask` and `with`")
    except StoreError as fault:
        return _fault(str(fault))
    except (ValueError, TimeoutError, RecursionError):
        return _fault("a request is one line of JSON")


def _fault(sentence: str) -> Mapping[str, object]:
    return {"fault": sentence}


def _clear(path: Path) -> None:
    """Take away what a crash left behind: whoever holds the database's lock is the only bot there is.

    Where the keys lie on a server, nobody has made the folder yet.
    """
    with contextlib.suppress(OSError):  # what is wrong is said where the socket is made
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise StoreError(f"{path}: this is no socket: move it away, the bot needs the name")
    path.unlink()


@contextlib.contextmanager
def _bound(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as bound:
        try:
            with _address(path) as address:
                bound.bind(address)
            path.chmod(0o600)
        except OSError as error:
            raise StoreError(f"{path}: no socket can be made ({error.strerror}): let this user write there") from error
        yield bound


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """Yield an address that is short enough: through the open folder, where the path is too long for a socket's."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
