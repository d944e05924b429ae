"""Probes of the machine: folders that must be made and written to, ports that must be free, a clock kept in time."""

import ctypes
import errno
import os
import socket
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from buddybot.adapter import Adapter, Listens
from buddybot.config.tables import StoreSettings

_STATE = 512
"""Bytes that `struct timex` fits into."""
_UNSYNCHRONIZED = 5


def place_faults(settings: StoreSettings) -> Iterator[str]:
    """Yield what keeps database and keys from being made or written where the settings want them; makes nothing."""
    if settings.url.startswith("sqlite:"):
        database = Path(settings.url.removeprefix("sqlite:"))
        if database.is_dir():
            yield f"store.url = {settings.url!r}: {database} is a folder: name a file in it"
        else:
            yield from _folder_faults("store.url", database.parent)
    yield from _folder_faults("store.keys", settings.keys)
    yield from _folder_faults("store.backups", settings.backups)


def _folder_faults(key: str, folder: Path) -> Iterator[str]:
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not there.is_dir():
        yield f"{key}: {there} is a file, not a folder: move it, or choose another path"
    elif not os.access(there, os.W_OK | os.X_OK):
        yield f"{key}: {there} can't be written to: give this user the right to it, or choose another path"
    else:
        try:
            with tempfile.TemporaryFile(dir=there) as file:
                file.write(b" " * 4096)
                file.flush()
        except OSError as error:
            yield f"{key}: {there} can't be written to ({error.strerror}): make room, or see how the disk is mounted"


def port_faults(adapters: Mapping[str, Adapter]) -> Iterator[str]:
    """Yield which ports can't be opened, by opening each for a moment; ask this of a bot that is stopped."""
    for name, host, port in ports_of(adapters):
        if (why := _trouble(host, port)) is not None:
            yield f"adapters.{name}.port = {port}: {why}"


def silent_ports(adapters: Mapping[str, Adapter]) -> Iterator[tuple[str, str, int]]:
    """Yield where nobody takes a connection though the bot runs."""
    for name, host, port in ports_of(adapters):
        try:
            socket.create_connection((host, port), timeout=2).close()
        except OSError:
            yield name, host, port


def ports_of(adapters: Mapping[str, Adapter]) -> Iterable[tuple[str, str, int]]:
    """Return where adapters listen, those left out for which the system chooses a port."""
    pages = [(name, *one.listens()) for name, one in adapters.items() if isinstance(one, Listens)]
    return [one for one in pages if one[2]]


def _trouble(host: str, port: int) -> str | None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server(found[4][:2], family=found[0]).close()
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                return "another program has it: stop that one, or set another port"
            case errno.EACCES:
                return "it is for administrators: set a port above 1023, such as 8080"
        return f"host {host!r} is no address of this machine ({error.strerror}): set host = '127.0.0.1'"
    return None


def kept_in_time() -> bool:
    """Return whether a time server sets this machine's clock; also where the system does not tell."""
    with suppress(OSError, AttributeError):
        state = ctypes.create_string_buffer(_STATE)
        return int(ctypes.CDLL(None).adjtimex(state)) != _UNSYNCHRONIZED
    return True
