"""Units of work that wait to be committed: a closure, its caller, and what became of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.runtime.delivery.observer import Job
from buddybot.store.tx import Tx
from buddybot.store.volatile import Volatile

T = TypeVar("T")


class PeriodicUnit(Generic[T]):
    """A closure of periodic work: nothing that people did may wait for more than one of them."""

    def __init__(self, fn: Callable[[Tx], T]) -> None:
        self._fn = fn

    def __call__(self, tx: Tx) -> T:
        """Do the work."""
        return self._fn(tx)


class Unit(Protocol):
    """One waiting closure, whatever it returns."""

    aside: bool
    error: BaseException | None
    woken: set[MemberId]
    ready: Mapping[MemberId, Job]
    volatile: list[Volatile]
    seen_at: Mapping[MemberId, Address]
    worked: bool

    def attempt(self, tx: Tx) -> None:
        """Run the closure and keep its result."""

    def settle(self) -> None:
        """Give the caller the result or the error."""


class PendingWrite(Generic[T]):
    """A closure, its caller, and what became of it."""

    def __init__(
        self,
        fn: Callable[[Tx], T],
        done: "asyncio.Future[T]",
        follow: Callable[[Tx], None],
        open_claimed: Callable[[Tx], Mapping[MemberId, Job]],
    ) -> None:
        self._fn, self._done, self._follow, self._open_claimed = fn, done, follow, open_claimed
        self._results: list[T] = []
        self.aside = isinstance(fn, PeriodicUnit)
        self.error: BaseException | None = None
        self.woken: set[MemberId] = set()
        self.ready: Mapping[MemberId, Job] = {}
        self.volatile: list[Volatile] = []
        self.seen_at: Mapping[MemberId, Address] = {}
        self.worked = False

    def attempt(self, tx: Tx) -> None:
        """Run the closure and keep its result; an earlier attempt counts for nothing."""
        self.error = None
        self._results = [self._fn(tx)]
        self.worked = bool(tx.changed_cases)
        if self.worked:
            self._follow(tx)
        self.woken, self.volatile, self.seen_at = tx.outbox.woken, tx.outbox.volatile, tx.outbox.seen_at
        self.ready = self._open_claimed(tx) if tx.outbox.claimed else {}

    def settle(self) -> None:
        """Give the caller the result or the error; one who stopped waiting is not disturbed."""
        if self._done.done():
            return
        if self.error is not None:
            self._done.set_exception(self.error)
        else:
            self._done.set_result(self._results[0])


def still_first(units: Sequence[Unit]) -> dict[MemberId, Job]:
    """Return what is open already and first for its recipient, as far as it is known: nothing was queued after it."""
    ready = dict[MemberId, Job]()
    for unit in units:
        for member in unit.woken:
            ready.pop(member, None)
        ready.update(unit.ready)
    return ready
