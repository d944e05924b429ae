"""Admission control for what stays open: a bound in all, a bound by network, and fair shares when it is full.

A rate limits what comes in a second; a thousand idle lines cost no second anything and hold a thousand descriptors.
"""

import resource
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

T = TypeVar("T")

_WANTED = 65_536
"""Descriptors to ask the system for; it gives as many as its hard limit allows."""
_KEPT_BACK = 512
"""Descriptors for the rest of the house: databases, key file, other platforms. At least half, where there are few."""
_MOST, _MOST_OF_ONE = 8192, 512


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much one server may hold open: connections, and of these streams, in all and by network."""

    connections: int
    by_network: int

    @classmethod
    def of(cls, descriptors: int, most: int = _MOST) -> Self:
        """Return what a process with so many descriptors can spare for one server."""
        spare = min(most, max(descriptors // 2, descriptors - _KEPT_BACK))
        return cls(spare, max(1, min(_MOST_OF_ONE, spare // 2)))

    @property
    def streams(self) -> "Allowance":
        """What of it may be streams: some connections always stay for what people send."""
        return Allowance(max(1, self.connections * 3 // 4), max(1, self.by_network // 2))


def descriptors() -> int:
    """Raise the soft limit of open files as far as the system lets us, and return it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = _WANTED if hard == unlimited else min(_WANTED, hard)
    if soft != unlimited and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return _WANTED if soft == unlimited else soft


class Holders(Generic[T]):
    """Who holds what open, by network, the least recently heard first.

    A network at its bound makes room at its own expense, a full house at the expense of the largest network: so however
    many one network opens, another still gets in. `spare` says whether something may be dropped for a neighbour.
    """

    def __init__(self, allowance: Allowance, spare: Callable[[T], bool], drop: Callable[[T], None]) -> None:
        self._allowance, self._spare, self._drop = allowance, spare, drop
        self._held: dict[str, dict[T, None]] = {}
        self._network: dict[T, str] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._network)

    def admit(self, network: str, one: T, *, shared: bool = False) -> bool:
        """Let it in if there is room or some can be made. `shared`: a proxy stands here for many networks."""
        own = self._held.get(network, {})
        if len(own) >= self._allowance.by_network and not shared:
            room = self._dismiss(own, at_any_rate=False)
        elif len(self._network) >= self._allowance.connections:
            largest = max(self._held.values(), key=len)
            room = self._dismiss(largest, at_any_rate=len(largest) > len(own) + 1)
        else:
            room = True
        if room:
            self._held.setdefault(network, {})[one] = None
            self._network[one] = network
        return room

    def heard(self, one: T) -> None:
        """Count it as the one heard last of its network."""
        held = self._held.get(self._network.get(one, ""), {})
        if one in held:
            del held[one]
            held[one] = None

    def leave(self, one: T) -> None:
        """Forget it; twice is fine."""
        network = self._network.pop(one, None)
        if network is None:
            return
        del self._held[network][one]
        if not self._held[network]:
            del self._held[network]

    def _dismiss(self, held: dict[T, None], *, at_any_rate: bool) -> bool:
        """Drop the one that is missed least; False when none may be."""
        found = next((one for one in held if self._spare(one)), next(iter(held)) if at_any_rate else None)
        if found is None:
            return False
        self.leave(found)
        self._drop(found)
        return True
