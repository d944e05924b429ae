"""Partition of the outbox among processes: each delivers to those whose bot account it serves, by its leases.

Where an adapter is served by several side by side, as pages behind one proxy, `lines` say which of them has somebody.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from buddybot.adapter import Adapter
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Delivery, MessageId
from buddybot.runtime.cluster.leases import Lease, Leases, account_lease
from buddybot.runtime.cluster.lines import OpenLines
from buddybot.runtime.cluster.process_lease import ProcessLease
from buddybot.runtime.delivery.partition import Partition
from buddybot.store.kernel.outbox import Parcel
from buddybot.store.tx import Tx

OVERLAP = timedelta(minutes=1)
"""How far back each look goes: another process's clock may be late, and so may its commit."""
WHOLE = timedelta(seconds=30)
"""How often everything that waits is looked at, for what no news told of."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class SharedPartition(Partition):
    """The partition of one of several processes."""

    def __init__(self, own: ProcessLease, leases: Leases, adapters: Mapping[str, Adapter]) -> None:
        super().__init__(adapters)
        self._own = own
        self.lines: OpenLines | None = None
        """Who is connected to which process, where several serve an adapter side by side."""
        self.accounts: Mapping[str, Lease] = {
            name: leases.want(account_lease(name, identity_of(one)))
            for name, one in adapters.items()
            if not one.capabilities.shared
        }
        """The lease on each account that one process serves at a time."""
        self._identities = {name: identity_of(one) for name, one in adapters.items()}
        self._whole: datetime | None = None

    def stands(self, parcel: Parcel) -> bool:
        """Return whether this process is alive, by its own clock, and still the one that claimed it.

        What it claimed before it was taken for dead is another's by now, or comes again as a possible repeat.
        """
        return self._own.standing and parcel.owner in {"", self._own.id}

    def serves(self, tx: Tx, address: Address) -> bool:
        """Return whether this process delivers there."""
        if address.platform not in self._platforms or self._identities[address.platform] not in {"", address.identity}:
            return False
        lease = self.accounts.get(address.platform)
        if lease is not None:
            return lease.held
        return self.lines is None or self.lines.others(tx, address) is not None

    def ours(self, tx: Tx, members: Iterable[MemberId]) -> set[MemberId]:
        """Return those of these who can be reached by an account that this process serves, or a line held here."""
        return {
            member
            for member in members
            if any(self._held(*route) and self._near(tx, member, route[0]) for route in tx.members.routes(member))
        }

    def claimed(self, tx: Tx, parcel: Parcel, address: Address, now: datetime) -> bool:
        """Let other processes show beside what was claimed here."""
        return self.lines is not None and self.lines.claimed(tx, parcel, address, now)

    async def deliver(self, adapter: Adapter, delivery: Delivery, *, behind: bool, kept: bool) -> MessageId:
        """Have it shown, by this process or another."""
        if self.lines is None:
            return await adapter.deliver(delivery)
        return await self.lines.deliver(adapter, delivery, behind=behind, kept=kept)

    async def look(self) -> None:
        """See to the lines of this process."""
        if self.lines is not None:
            await self.lines.look()

    async def stop(self) -> None:
        """Write down that lines are closed."""
        if self.lines is not None:
            await self.lines.stop()

    def due(self, tx: Tx, after: datetime, until: datetime) -> Iterable[MemberId]:
        """Return the same, of those for whom something came due; now and then of all who wait."""
        since = after - OVERLAP
        if self._whole is None or not self._whole <= until < self._whole + WHOLE:
            since, self._whole = BEGINNING, until
        return self.ours(tx, tx.outbox.due_between(since, until))

    def look_anew(self) -> None:
        """Look at everything that waits next time: a process ended, a lease was won, or news may have been lost."""
        self._whole = None

    def _near(self, tx: Tx, member: MemberId, platform: str) -> bool:
        return self.lines is None or self.lines.near(tx, member, platform)

    def _held(self, platform: str, identity: str) -> bool:
        lease = self.accounts.get(platform)
        return (
            platform in self._platforms
            and self._identities[platform] in {"", identity}
            and (lease is None or lease.held)
        )


def identity_of(adapter: Adapter) -> str:
    """Return which bot account an adapter is; empty where it is the only one of its platform."""
    return str(getattr(adapter, "identity", ""))
