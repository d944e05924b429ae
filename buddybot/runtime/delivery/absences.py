"""Who can't be shown anything just now, because nobody is there to see it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cachetools import LRUCache

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address

SELDOM = timedelta(minutes=15)
_DOUBLED = 12
REMEMBERED = 65_536


class Absences:
    """Those whom the platform found away, until a sign of life from their address.

    A sign of life may come while something is still under way to them, and be older news than the "nobody there" that
    follows: then it counts. Two members may share an address for a moment: someone erased who is still to hear their
    last word, and who they come back as.
    """

    def __init__(self) -> None:
        self._since: dict[MemberId, tuple[Address, datetime]] = {}
        # By a hash, and only the newest: whoever never comes back may be erased by then.
        self._missed: LRUCache[int, int] = LRUCache(REMEMBERED)
        self._at: dict[Address, set[MemberId]] = {}
        self._under_way: dict[Address, set[MemberId]] = {}
        self._towards: dict[MemberId, Address] = {}
        self._came: set[MemberId] = set()

    def __contains__(self, member: object) -> bool:
        return member in self._since

    def begin(self, member: MemberId, address: Address) -> None:
        """Something is under way to them from now on."""
        self._under_way.setdefault(address, set()).add(member)
        self._towards[member] = address

    def end(self, member: MemberId, address: Address) -> None:
        """Nothing is under way to them any more."""
        self._came.discard(member)
        self._towards.pop(member, None)
        members = self._under_way[address]
        members.discard(member)
        if not members:
            del self._under_way[address]

    def missed(self, member: MemberId, address: Address, now: datetime) -> bool:
        """Note that nobody was there; False if they came back meanwhile, so that it is worth another try."""
        if member in self._came:
            return False
        self._since[member] = (address, now)
        self._missed[hash(address)] = self._missed.get(hash(address), 0) + 1
        self._at.setdefault(address, set()).add(member)
        return True

    def back(self, address: Address) -> set[MemberId]:
        """Somebody is there again: return who has something waiting."""
        self._came |= self._under_way.get(address, set())
        self._missed.pop(hash(address), None)
        return self._forget(address)

    def moved(self, seen_at: Mapping[MemberId, Address]) -> set[MemberId]:
        """Return, and forget, those who were away at another address than the one they are seen at."""
        self._came |= {one for one, address in seen_at.items() if self._towards.get(one, address) != address}
        found = {one for one, address in seen_at.items() if one in self._since and self._since[one][0] != address}
        for member in found:
            address, _ = self._since.pop(member)
            self._at[address].discard(member)
            if not self._at[address]:
                del self._at[address]
        return found

    def overdue(self, now: datetime, wait: timedelta) -> set[MemberId]:
        """Return, and forget, those who have been away for a while: they are tried again even without a sign.

        Each time that was in vain doubles the wait, up to `SELDOM`: people are away for days.
        """
        # Away since a time to come: the clock was put back.
        places = {
            address
            for address, since in self._since.values()
            if not now - self._wait(address, wait) < since <= now + wait
        }
        return {member for address in places for member in self._forget(address)}

    def _wait(self, address: Address, first: timedelta) -> timedelta:
        doubled: int = 1 << min(self._missed.get(hash(address), 1), _DOUBLED) - 1
        return min(first * doubled, SELDOM)

    def _forget(self, address: Address) -> set[MemberId]:
        members = self._at.pop(address, set())
        for member in members:
            del self._since[member]
        return members
