"""Partition of the outbox: whom this process delivers to. Alone, that is everybody on a platform that is configured."""

from collections.abc import Collection, Iterable
from datetime import datetime

from buddybot.adapter import Adapter
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Delivery, MessageId
from buddybot.store.kernel.outbox import Parcel
from buddybot.store.tx import Tx


class Partition:
    """The partition of a process that is alone."""

    def __init__(self, platforms: Collection[str]) -> None:
        self._platforms = frozenset(platforms)

    def stands(self, parcel: Parcel) -> bool:  # noqa: ARG002 - several processes go by their leases
        """Return whether what was claimed may be sent at this moment."""
        return True

    def serves(self, tx: Tx, address: Address) -> bool:  # noqa: ARG002 - several processes ask the database
        """Return whether this process delivers there."""
        return address.platform in self._platforms

    def due(self, tx: Tx, after: datetime, until: datetime) -> Iterable[MemberId]:
        """Return whom to look after, since something of theirs came due between these moments."""
        return tx.outbox.due_between(after, until)

    def claimed(self, tx: Tx, parcel: Parcel, address: Address, now: datetime) -> bool:  # noqa: ARG002 - the same
        """Take note of a claim; return whether something that other processes show is to be shown here first."""
        return False

    async def deliver(self, adapter: Adapter, delivery: Delivery, *, behind: bool, kept: bool) -> MessageId:  # noqa: ARG002 - the same
        """Have it shown."""
        return await adapter.deliver(delivery)

    async def look(self) -> None:
        """Do what is to be done once a second."""

    async def stop(self) -> None:
        """Finish what is under way."""
