"""Exclusive leases: what one process alone may do at a time, such as serving a bot account or ringing the timers.

A lease is held for as long as its process is alive, and is free with its row: so there is one thing to renew, and one
to lose. Whoever lost it knows by its own clock before anybody else can have it; that
somebody else has it, only the server can say.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable

from psycopg.errors import ForeignKeyViolation

from buddybot.runtime.cluster.bus import CHANNEL, NOTIFY, notices
from buddybot.runtime.cluster.process_lease import ProcessLease
from buddybot.runtime.cluster.steward import TROUBLE, Steward
from buddybot.store.news import News
from buddybot.store.processes import GIVE_BACK, HOLDINGS, SEEK

ACCOUNT = "account "
STANDS_BY = 60.0
"""Seconds that a process stands by before it asks one that serves more to give it an account."""
UNEVEN = 2
"""Accounts that another must serve more: with one less, giving one back would only turn the tables."""
SHY = 0.5
"""Of a lease: how long whoever gave one back leaves it to others."""
log = logging.getLogger(__name__)


def account_lease(platform: str, identity: str) -> str:
    """Return the name of the lease on one bot account."""
    return f"{ACCOUNT}{platform}/{identity}"


class Lease:
    """One of them, as this process has it or waits for it."""

    def __init__(self, name: str, own: ProcessLease, release: Callable[[str], Awaitable[None]]) -> None:
        self.name, self._own, self._release = name, own, release
        self._process = ""
        self._resting, self._shy_until = False, float("-inf")
        self._won, self._elsewhere, self._asked = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @property
    def held(self) -> bool:
        """Whether this process has it, at this moment."""
        return self.standing and not self._resting

    @property
    def standing(self) -> bool:
        """Whether nobody else can have it: held, or about to be given back."""
        return bool(self._process) and self._process == self._own.id and self._own.standing

    @property
    def wanted(self) -> bool:
        """Whether this process would take it: not while it has it, nor just after it gave it back."""
        return not self.standing and self._own.now() >= self._shy_until

    @property
    def asked_for(self) -> bool:
        """Whether it was asked for, and is not given back yet."""
        return self._asked.is_set()

    @property
    def handed_over(self) -> bool:
        """Whether it is given back in good order, or just was: what is claimed for it may go to whoever has it next."""
        return self._own.standing and (self._resting or self._own.now() < self._shy_until)

    async def won(self) -> None:
        """Return once this process has it."""
        await self._won.wait()

    async def elsewhere(self) -> None:
        """Return once another process has it, as far as the server could be asked."""
        await self._elsewhere.wait()

    async def asked(self) -> None:
        """Return once another process that stands by would have it."""
        await self._asked.wait()

    def take(self, process: str) -> None:
        """Have it, under this id."""
        self._process = process
        self._elsewhere.clear()
        self._won.set()

    def drop(self) -> None:
        """Have it no longer; whether anybody else has it is not known yet."""
        self._process, self._resting = "", False
        self._won.clear()
        self._asked.clear()

    def refuse(self) -> None:
        """Leave it to another process."""
        self.drop()
        self._elsewhere.set()

    def spare(self) -> None:
        """Have whoever uses it give it back, in good order."""
        self._asked.set()

    def rest(self) -> None:
        """Begin nothing new with it: it is given back as soon as what is under way has landed."""
        self._resting = True

    async def give_back(self) -> None:
        """Let another process have it; where the server can't be told, this one takes it again after a while."""
        try:
            await self._release(self.name)
        except TROUBLE as error:
            log.error("the lease %r could not be given back (%s)", self.name, type(error).__name__)
        self._shy_until = self._own.now() + self._own.lease * SHY
        self.drop()


class Leases:
    """All that this process would have."""

    def __init__(self, steward: Steward, own: ProcessLease) -> None:
        self._steward, self._own = steward, own
        self._wanted: dict[str, Lease] = {}
        self._standing_by_since: float | None = None
        self.stands_by = STANDS_BY
        self.on_taken: Callable[[], None] = _nothing
        """Called when this process has one more."""

    def want(self, name: str) -> Lease:
        """Return a lease, which is sought from now on."""
        return self._wanted.setdefault(name, Lease(name, self._own, self._release))

    def review(self) -> None:
        """Drop what was held under another id, or for longer than this process counts as alive."""
        for lease in self._wanted.values():
            if not lease.standing:
                lease.drop()

    async def seek(self) -> None:
        """Take the first one that is free: one at a time, so that processes that start together share them out."""
        process = self._own.id
        for lease in self._wanted.values():
            if not lease.wanted:
                continue
            if await self._took(lease.name, process):
                lease.take(process)
                self.on_taken()
                return
            if not self._own.standing:
                return  # nothing is known
            lease.refuse()

    async def envied(self) -> str | None:
        """Return an account that this process, standing by for a while, would have of one that serves more; or None.

        It is asked for once in a while: one that is given back may take a moment, or go to somebody else.
        """
        now, accounts = self._own.now(), self._accounts()
        if all(one.held for one in accounts):
            self._standing_by_since = None
            return None
        if self._standing_by_since is None:
            self._standing_by_since = now
        if now - self._standing_by_since < self.stands_by:
            return None
        self._standing_by_since = now
        holdings = defaultdict[str, list[str]](list)
        async with self._steward.asked() as connection:
            found = await connection.execute(HOLDINGS, (ACCOUNT,))
            for owner, name in await found.fetchall():
                holdings[owner].append(name)
        most = max(holdings.values(), key=len, default=[])
        if len(most) < len(holdings.get(self._own.id, [])) + UNEVEN:
            return None
        return next((one for one in most if one in self._wanted), None)

    def spare(self, name: str) -> None:
        """Give back an account that another process asks for, unless it is the last one here."""
        mine = [one for one in self._accounts() if one.held and not one.asked_for]
        if len(mine) >= UNEVEN and (lease := self._wanted.get(name)) in mine:
            assert lease is not None
            log.info("another process stands by: this one gives back the lease %r", name)
            lease.spare()

    def _accounts(self) -> list[Lease]:
        return [one for one in self._wanted.values() if one.name.startswith(ACCOUNT)]

    async def _took(self, name: str, process: str) -> bool:
        try:
            async with self._steward.asked() as connection:
                found = await connection.execute(SEEK, {"name": name, "id": process})
                epoch = await found.fetchone()
        except ForeignKeyViolation:
            self._own.leave()  # somebody found this process dead
            return False
        if epoch is None:
            return False
        log.info("this process has the lease %r from now on (number %d)", name, epoch[0])
        return True

    async def _release(self, name: str) -> None:
        async with self._steward.asked() as connection, connection.transaction():
            await connection.execute(GIVE_BACK, (name, self._own.id))
            for notice in notices(self._own.id, {News.PROCESSES: ()}):
                await connection.execute(NOTIFY, (CHANNEL, notice))


def _nothing() -> None:
    """Stand in until somebody wants to know."""
