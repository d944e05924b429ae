"""Invalidation by LISTEN and a lease: each process drops a destroyed key from memory, then acknowledges that it did.

The thread hears of a destruction by NOTIFY, and looks once in `beat` seconds all the same, should one be lost. Each
look renews this process's lease. What a process remembers counts for `sure` seconds after a look began, by a clock that
goes on while the machine sleeps; others wait for its word for `lease` seconds, by the key server's clock. So whoever
was paused or cut off has ceased to trust its memory before the others cease to wait for it.
"""

import logging
import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import Protocol

from buddybot.runtime.key_server.link import KeyLink
from buddybot.store.kernel.errors import KeyTrouble

SOON = 0.1
"""Seconds until a transaction that may still hold a destroyed key is looked at again."""
UNHEARD = (
    "SELECT c.number, (SELECT array_agg(f.name) FROM key_forgotten f WHERE f.number > h.heard AND f.number <= c.number)"
    " FROM key_change c, key_holder h WHERE h.process = %s"
)
RENEW = (
    "UPDATE key_holder SET until = clock_timestamp() + make_interval(secs => %s), heard = coalesce(%s::bigint, heard)"
    " WHERE process = %s"
)
HEARD_BY_ALL = (
    "DELETE FROM key_forgotten WHERE number <= ALL (SELECT heard FROM key_holder WHERE until > clock_timestamp())"
)
ABANDONED = (
    "DELETE FROM key_leaving l WHERE (process = %s AND name <> ALL(%s::text[])) OR NOT EXISTS (SELECT 1 FROM"
    " key_holder h JOIN pg_stat_activity a ON a.pid = h.backend AND a.backend_start = h.began"
    " WHERE h.process = l.process AND h.until > clock_timestamp())"
)
log = logging.getLogger(__name__)


def steady() -> float:
    """Return seconds by a clock that nobody sets, and that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass(frozen=True, slots=True)
class HearingPace:
    """Seconds between two looks, that memory counts after one, and that the others wait for this process."""

    beat: float = 3.0
    sure: float = 8.0
    lease: float = 12.0


UNHURRIED = HearingPace()


class Rememberer(Protocol):
    """What keeps keys in memory."""

    process: str

    def forget(self, names: "list[str] | None") -> frozenset[object]:
        """Drop these keys from memory, or all; return what names the transactions that may still hold one."""

    def in_use(self) -> frozenset[object]:
        """Return what names the transactions that may hold a key."""

    def leaving(self) -> list[str]:
        """Return the keys that this process has destroyed in transactions that go on, or may have to put back."""


class KeyHearing:
    """The ears of one process, in a thread and with a connection of their own."""

    def __init__(self, link: KeyLink, keys: Rememberer, clock: Callable[[], float], pace: HearingPace) -> None:
        self._link, self._keys, self._clock, self._pace = link, keys, clock, pace
        self._sure_until = float("-inf")
        self._backend: object = None
        self._wake, self._woken = socket.socketpair()
        self._ended = self._rang = False
        self._thread = Thread(target=self._listen, name="keys", daemon=True)

    def begin(self) -> None:
        """Take part from now on; raises where the server can't be reached."""
        self.beat()
        self._thread.start()

    def end(self) -> None:
        """Take part no more: nobody waits for this process."""
        self._ended = True
        self._link.hurry()
        self._wake.send(b".")
        self._thread.join()
        with suppress(KeyTrouble):
            self._link.rows("DELETE FROM key_holder WHERE process = %s", self._keys.process)
        self._link.close()
        self._wake.close()
        self._woken.close()

    def sure(self) -> bool:
        """Whether what is in memory counts: no destruction can have been missed."""
        return self._clock() < self._sure_until

    def beat(self) -> bool:
        """Drop what was destroyed, acknowledge it, renew the lease; return whether all is acknowledged."""
        began = self._clock()
        connection = self._link.open()
        if connection is not self._backend or not self.sure():
            connection.add_notify_handler(self._ring)
            connection.execute(b"LISTEN buddybot_keys")
            self._register(connection.info.backend_pid)
            self._backend = connection
        process = self._keys.process
        self._rang = False
        if not (rows := self._link.rows(UNHEARD, process)):
            self._backend = None  # another process took this one for dead: register again
            return False
        ((number, names),) = rows
        whole = not names or self._dropped(names)
        self._link.rows(RENEW, self._pace.lease, number if whole else None, process)
        self._sure_until = began + self._pace.sure
        self._tidy()
        return whole

    def _ring(self, _: object) -> None:
        self._rang = True

    def _register(self, backend: int) -> None:
        """Begin to hear: what may have been missed before is forgotten whole."""
        self._keys.forget(None)
        self._link.rows(
            "INSERT INTO key_holder SELECT %s, clock_timestamp() + make_interval(secs => %s), number, %s, backend_start"
            " FROM key_change, pg_stat_activity WHERE pid = %s"
            " ON CONFLICT (process) DO UPDATE SET backend = excluded.backend, began = excluded.began,"
            " heard = LEAST(key_holder.heard, excluded.heard)",
            *(self._keys.process, self._pace.lease, backend, backend),
        )

    def _dropped(self, names: list[str]) -> bool:
        """Drop keys from memory; return whether no transaction is left that may hold one of them."""
        before = self._keys.forget(names)
        until = self._clock() + SOON
        while before & self._keys.in_use():
            if self._clock() >= until:
                return False
            time.sleep(0.001)
        self._keys.forget([])  # what a transaction that was under way put back into a cache
        return True

    def _tidy(self) -> None:
        """Let go of what is settled, of processes that are gone, and of what they left half done.

        What a dead process was destroying stays destroyed: whoever looks next finds a member without a key.
        """
        link = self._link
        link.rows("DELETE FROM key_holder WHERE until < clock_timestamp() - interval '1 minute'")
        link.rows(HEARD_BY_ALL)
        link.rows(ABANDONED, self._keys.process, self._keys.leaving())

    def _listen(self) -> None:
        whole = True
        while not self._ended:
            try:
                self._wait(self._pace.beat if whole else SOON)
                whole = self.beat()
            except KeyTrouble as trouble:
                log.error("%s", str(trouble))
                select.select([self._woken.fileno()], [], [], 1.0)

    def _wait(self, seconds: float) -> None:
        descriptors = [self._link.open().fileno(), self._woken.fileno()]
        select.select(descriptors, [], [], 0 if self._rang else seconds)
