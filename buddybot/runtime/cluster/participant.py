"""Wiring of one process into a house of several: what it hears, what it alone may do, and whom it delivers to."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from buddybot.adapter import Adapter, Caller, LineHolder
from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.cluster.lines import OpenLines
from buddybot.runtime.cluster.membership import Membership
from buddybot.runtime.cluster.roles import CALLS, CLOCKWORK, ROUNDS
from buddybot.runtime.cluster.shared_partition import SharedPartition
from buddybot.runtime.cluster.standby import StandbyAdapter
from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.engine import Engine
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.errors import StoreError
from buddybot.store.news import News
from buddybot.store.tx import Tx

log = logging.getLogger(__name__)


class Participant:
    """This process, among the others."""

    def __init__(self, store: GroupStore, membership: Membership, adapters: Mapping[str, Adapter]) -> None:
        self._store, self._membership = store, membership
        self._holders = {name: one for name, one in adapters.items() if isinstance(one, LineHolder)}
        self.partition = SharedPartition(membership.own, membership.leases, adapters)
        calls = any(one.capabilities.calls and isinstance(one, Caller) for one in adapters.values())
        roles = (CLOCKWORK, ROUNDS, CALLS) if calls else (CLOCKWORK, ROUNDS)
        self._roles = {role: membership.leases.want(role) for role in roles}
        self.adapters: dict[str, Adapter] = {
            name: StandbyAdapter(one, self.partition.accounts[name]) if name in self.partition.accounts else one
            for name, one in adapters.items()
        }
        """The same adapters, those of a bot account behind its lease."""
        self._pending: set[MemberId] = set()
        self._looking: asyncio.Task[None] | None = None
        self._catching_up: asyncio.Task[None] | None = None
        self._wake: Callable[[set[MemberId]], None] = _nobody

    def standing_by(self) -> frozenset[str]:
        """Return the platforms that another process serves."""
        return frozenset(
            name for name, one in self.adapters.items() if isinstance(one, StandbyAdapter) and one.standing_by
        )

    def leads(self, role: str) -> bool:
        """Return whether this process has a part that only one may have."""
        return role in self._roles and self._roles[role].held

    def connect(self, engine: Engine, dispatcher: Dispatcher) -> None:
        """Let them hear what others commit, and do only what is theirs."""
        bus = self._membership.bus
        self._wake = dispatcher.wake
        self._store.on_woken = self.look_after
        bus.on(News.WOKEN, lambda _, members: self.look_after(MemberId(one) for one in members))
        bus.on(News.MOVED, lambda _, members: engine.moved(MemberId(one) for one in members))
        bus.on(News.CASES, lambda _, __: engine.worked())
        bus.on(News.PROCESSES, lambda _, __: self._changed())
        bus.on_gap.append(lambda: self._missed(engine))
        self._membership.leases.on_taken = self.partition.look_anew
        engine.leads, engine.shared = self.leads, True
        self.partition.lines = OpenLines(
            self._store, self._membership, self._holders, dispatcher.unpacked, dispatcher.wake
        )

    def look_after(self, members: Iterable[MemberId]) -> None:
        """Deliver what is new to those of these whom this process serves."""
        self._pending.update(members)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="woken")

    async def _look(self) -> None:
        while self._pending:
            members, self._pending = self._pending, set()
            try:
                ours = await self._store.read(partial(self._ours, members))
            except StoreError as error:
                log.error("deliveries wait: %s", str(error))
                self.partition.look_anew()
                return
            self._wake(ours)

    def _ours(self, members: Iterable[MemberId], tx: Tx) -> set[MemberId]:
        return self.partition.ours(tx, members)

    def _changed(self) -> None:
        self.partition.look_anew()
        self._membership.hurry()

    def _missed(self, engine: Engine) -> None:
        self.partition.look_anew()
        self._catching_up = asyncio.create_task(self._catch_up(engine), name="after a gap")

    async def _catch_up(self, engine: Engine) -> None:
        try:
            await engine.look_anew()
        except StoreError as error:
            log.error("those who wait are not looked at anew: %s", str(error))


def _nobody(_members: set[MemberId]) -> None:
    """Stand in until there is a dispatcher."""
