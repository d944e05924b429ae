"""How much one browser, and one network address, may ask for: token buckets in memory, gone with the process."""

import hashlib
import secrets
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from cachetools import TTLCache

from buddybot.adapter import Reads

_CROWD = 10_000
_HOUSEHOLD, _PROVIDER = 8, 6
"""Bytes of an IPv6 address that one household owns (a /64), and that are cheap to rent (a /48)."""


class Buckets:
    """Token buckets by key: `burst` at once, then `per_second`."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, per_second, clock
        # After so long without a take a bucket is full again, and need not be remembered.
        self._levels: TTLCache[str, tuple[float, float]] = TTLCache(_CROWD, burst / per_second, clock)

    def take(self, key: str) -> float:
        """Take one token and return 0, or return the seconds to wait for the next."""
        now = self._clock()
        level = self._level(*self._levels.get(key, (self._burst, now)), now)
        if level < 1:
            return (1 - level) / self._rate
        self._levels[key] = (level - 1, now)
        return 0

    def _level(self, level: float, since: float, now: float) -> float:
        return min(self._burst, level + (now - since) * self._rate)


class GuardBuckets:
    """Buckets of networks for what must not be guessed: counted here first, then together with other processes."""

    def __init__(self, kind: str, burst: float, per_second: float, reads: Reads) -> None:
        self._kind, self._burst, self._rate, self._reads = kind, burst, per_second, reads
        self._here = Buckets(burst, per_second)

    async def take(self, network: str, household: str) -> float:
        """Take one token and return 0, or return the seconds to wait; what is refused here asks nobody else."""
        here = self._here.take(network)
        return here or await self._reads.paced(self._kind, household, self._burst, self._rate)


class Networks:
    """The buckets of networks, under a salted hash each: an address is never kept, even in memory."""

    def __init__(self) -> None:
        self.network = Buckets(600, 30)
        self._salt = secrets.token_bytes(16)

    def network_of(self, address: str) -> str:
        """Return a key for the sender's network, for its pace. An IPv6 household owns a /64, so that counts as one."""
        return self._key(address, _HOUSEHOLD)

    def place_of(self, address: str) -> str:
        """Return a key for what may hold things open together: a /64 is enough for thousands of lines at once."""
        return self._key(address, _PROVIDER)

    def _key(self, address: str, near: int) -> str:
        return hashlib.blake2b(_part(address, near), key=self._salt, digest_size=8).hexdigest()


def household_of(address: str) -> str:
    """Return what names the sender's network in every process alike: for the core alone, which keeps a hash of it."""
    return _part(address, _HOUSEHOLD).hex()


def _part(address: str, near: int) -> bytes:
    try:
        parsed = ip_address(address)
    except ValueError:
        parsed = None
    return parsed.packed[:near] if isinstance(parsed, IPv6Address) else address.encode()
