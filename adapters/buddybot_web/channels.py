"""The open tabs of each person and network, and what was sent to them but not yet acknowledged.

Nothing here outlives the connection: what no tab took is still in the core's outbox. Where several processes serve the
page, `lines` hears who is here, and of what was acknowledged here and is shown at another one.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from buddybot_http.holding import Allowance, Holders

from buddybot.adapter import Address, Away, HandedOver, Lines

QUIET_SECONDS = 30.0
"""After so long without a doing of its person, a tab may be closed for a neighbour where a network holds too many."""
# Browsers open at most six connections to one server, over all tabs: leave some for sending.
MOST_TABS = 3

ELSEWHERE = "event: elsewhere\ndata: {}\n\n"


@dataclass(eq=False, slots=True)
class Tab:
    """One open stream; None in its queue ends it. `alive` asks the connection; `heard` is its person's last doing."""

    alive: Callable[[], bool]
    heard: float
    queue: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)


@dataclass(slots=True)
class _Channel:
    tabs: list[Tab] = field(default_factory=list)
    pending: dict[int, tuple[str, asyncio.Future[None]]] = field(default_factory=dict)


class Channels:
    """All people with a tab open."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self._channels: dict[str, _Channel] = {}
        self._missed: set[str] = set()
        self._clock = clock
        self.lines: Lines | None = None
        self._holders = Holders[Tab](allowance, lambda tab: clock() - tab.heard >= QUIET_SECONDS, _end)

    def admit(self, network: str, alive: Callable[[], bool]) -> Tab | None:
        """Return a tab to be opened; None where its network, or the house, holds as many as it may."""
        tab = Tab(alive, self._clock())
        return tab if self._holders.admit(network, tab) else None

    def open(self, account: str, tab: Tab, last: int | None) -> None:
        """Connect a tab and hand it all that waits. `last` is the delivery it took before its connection broke."""
        channel = self._channels.setdefault(account, _Channel())
        self.acknowledge(account, () if last is None else (last,))
        channel.tabs.append(tab)
        if self.lines is not None:
            self.lines.opened(_address(account), last)
        for stale in channel.tabs[:-MOST_TABS]:
            stale.queue.put_nowait(ELSEWHERE)
            self.close(account, stale)
        for frame, _ in channel.pending.values():
            tab.queue.put_nowait(frame)

    def heard(self, account: str) -> None:
        """Count this person's tabs as the ones in use."""
        channel = self._channels.get(account)
        for tab in channel.tabs if channel else ():
            tab.heard = self._clock()
            self._holders.heard(tab)

    def close(self, account: str, tab: Tab) -> None:
        """End a tab's stream; closing twice is fine."""
        self._holders.leave(tab)
        channel = self._channels.get(account)
        if channel is None or tab not in channel.tabs:
            return
        channel.tabs.remove(tab)
        _end(tab)
        self._tidy(account, channel)
        if self.lines is not None and not channel.tabs:
            self.lines.closed(_address(account))

    def offer(self, account: str, number: int, frame: str) -> asyncio.Future[None] | None:
        """Send a delivery to every tab; the future ends at the first acknowledgement. None: no tab is open."""
        channel = self._channels.get(account)
        if channel is None or not any(tab.alive() for tab in channel.tabs):
            self._missed.add(account)
            return None
        taken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        channel.pending[number] = (frame, taken)
        for tab in channel.tabs:
            tab.queue.put_nowait(frame)
        return taken

    def was_missed(self, account: str) -> bool:
        """Whether something failed to reach this person since this was last asked."""
        missed = account in self._missed
        self._missed.discard(account)
        return missed

    def mirror(self, account: str, frame: str) -> None:
        """Send what another process delivers to the tabs here as well."""
        channel = self._channels.get(account)
        for tab in channel.tabs if channel else ():
            tab.queue.put_nowait(frame)

    def acknowledge(self, account: str, numbers: Iterable[int]) -> list[int]:
        """Note that a browser has these; return those that are not on their way here, unknown and other people's."""
        channel, strange = self._channels.get(account), list[int]()
        for number in numbers:
            found = channel.pending.get(number) if channel else None
            if found is None or (found[1].done() and found[1].exception() is not None):
                strange.append(number)
            elif not found[1].done():
                found[1].set_result(None)
        return strange

    def taken(self, account: str, numbers: Iterable[int]) -> None:
        """Note the same, and pass on what another process may be waiting for."""
        strange = self.acknowledge(account, numbers)
        if self.lines is not None:
            self.lines.taken(_address(account), strange)

    def hand_over(self, account: str) -> None:
        """Give back what is on its way to somebody: another process has a newer line of theirs."""
        channel = self._channels.get(account)
        for _, taken in channel.pending.values() if channel else ():
            if not taken.done():
                taken.set_exception(HandedOver())

    def forget(self, account: str, number: int) -> None:
        """Stop offering a delivery: it was taken, or the core takes it back."""
        if channel := self._channels.get(account):
            channel.pending.pop(number, None)
            self._tidy(account, channel)

    def hang_up(self, account: str) -> None:
        """End all streams of one person: a browser that is still there connects again, and gets what waits."""
        self._missed.add(account)
        if channel := self._channels.get(account):
            for tab in tuple(channel.tabs):
                self.close(account, tab)

    def close_all(self) -> None:
        """End every stream at once, so that the server can stop; whatever waits goes back to the core."""
        for account, channel in tuple(self._channels.items()):
            for _, taken in channel.pending.values():
                if not taken.done():
                    # Beside other processes nobody is missed: they come back at one of those.
                    taken.set_exception(Away() if self.lines is None else HandedOver())
            self.hang_up(account)

    def _tidy(self, account: str, channel: _Channel) -> None:
        if not channel.tabs and not channel.pending:
            self._channels.pop(account, None)


def _address(account: str) -> Address:
    return Address("web", "web", account)


def _end(tab: Tab) -> None:
    tab.queue.put_nowait(None)
