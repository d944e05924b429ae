"""Files that nobody else on the machine may read, and the lock that lets one process at a time use them."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from buddybot.store.kernel.errors import StoreError, StoreInUse

_OTHERS = 0o077


def make_private(path: Path) -> bool:
    """Make an empty file, 0600 from its first moment, in a folder that is made too; False when it was there."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if path.parent.is_dir():
            return False
        raise StoreError(f"{path}: {path.parent} is a file, not a folder: move it, or choose another folder") from None
    except OSError as error:
        raise StoreError(
            f"{path}: can't be made ({error.strerror}): give this user the right to write to {path.parent}"
        ) from error
    return True


def open_to_others(path: Path) -> bool:
    """Return whether anyone but the owner may read, write or run it."""
    return bool(path.stat().st_mode & _OTHERS)


class Lock:
    """Held while this process uses the database; another process that tries is refused, not queued."""

    def __init__(self, path: Path) -> None:
        """Take the lock named after the database at `path`; the system frees it when the process ends, however."""
        lock = path.with_name(path.name + ".lock")
        make_private(lock)
        try:
            self._file = lock.open("r+b")
        except OSError as error:
            raise StoreError(f"{lock}: can't be opened ({error.strerror}): give this user the right to it") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise StoreInUse(
                f"{path}: another buddybot is using this database (it holds {lock}): stop that one first"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let the next process in."""
        self._file.close()
