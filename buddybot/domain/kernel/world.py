"""Injected effects: clock, random source and id generator, handed in as an argument."""

from collections.abc import Callable, MutableSequence, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

T = TypeVar("T")


class Chance(Protocol):
    """Random source. `random.Random` fits; tests pass a seeded one."""

    def random(self) -> float:
        """Return a number in [0, 1)."""

    def uniform(self, a: float, b: float) -> float:
        """Return a number between both."""

    def randrange(self, start: int, stop: int | None = None, /) -> int:
        """Return a whole number below `start`, or from `start` up to but not including `stop`."""

    def choice(self, seq: Sequence[T], /) -> T:
        """Return one of them."""

    def shuffle(self, x: MutableSequence[T], /) -> None:
        """Reorder in place."""


def _proven() -> float | None:
    """Stand in for a clock that can't be wrong."""
    return None


def _nothing() -> None:
    """Stand in for a clock that can't be doubted."""


@dataclass(frozen=True, slots=True)
class World:
    """Clock, random source and ids, which no pure function can know. `now` is always aware and in UTC.

    `unproven` returns for how many seconds the clock has been in doubt, and None where it may be trusted: as long as it
    is in doubt nothing is erased. `doubt` puts it there.
    """

    now: Callable[[], datetime]
    rng: Chance
    new_id: Callable[[], str]
    unproven: Callable[[], float | None] = _proven
    doubt: Callable[[], None] = _nothing
