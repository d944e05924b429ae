"""Checkpoints of SQLite's write-ahead log, in a thread of their own: whoever writes does not wait for them.

Left to itself the writer copies the log into the database at every thousandth page, in the middle of a commit that
people wait for. Copied beside it, the log only has to be begun anew, which it is as soon as there is a pause. Where
there is none, the writer copies the rest once the log is large.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Lock, Thread

ROWS = 400
"""Changed rows after which the log is copied: some three pages each."""
LARGE = 8000
"""Pages of the log, 32 MB, from which on the writer copies it itself."""


class Checkpointer:
    """The thread, which begins with the first copy."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread: Thread | None = None
        self._due, self._closing, self._copied = Event(), False, 0
        self.copying = Lock()
        """Whoever holds it copies alone: SQLite refuses a second one at the same time."""

    def follow(self, changed: int) -> None:
        """Take in how many rows the writer has changed in all; its commit goes on meanwhile."""
        if changed - self._copied < ROWS:
            return
        self._copied = changed
        if self._thread is None:
            self._thread = Thread(target=self._run, name="checkpoints", daemon=True)
            self._thread.start()
        self._due.set()

    def close(self) -> None:
        """End, after the copy that is under way."""
        self._closing = True
        self._due.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            while True:
                self._due.wait()
                self._due.clear()
                if self._closing:
                    return
                # The writer meets the same disk, and says what is wrong with it.
                with self.copying, suppress(sqlite3.Error):
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
