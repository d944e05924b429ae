"""Observer of deliveries: tells the service what became of each, inside the transaction that settles it."""

from collections.abc import Callable
from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Purge
from buddybot.service import delivery
from buddybot.service.kernel.turn import Turn
from buddybot.service.talk import callbacks, marks
from buddybot.store.kernel.outbox import Parcel, Undelivered
from buddybot.store.tx import Tx


class ServiceOutcomes:
    """What the dispatcher reports to."""

    def __init__(self, turn: Callable[[Tx], Turn]) -> None:
        self._turn = turn

    def interrupted(self, tx: Tx) -> None:
        """Let the service tell again what may not have been told."""
        marks.tell_again(self._turn(tx))

    def delivered(self, tx: Tx, parcel: Parcel) -> None:
        """Let the service know that it arrived."""
        delivery.delivered(self._turn(tx), parcel)

    def parked(self, tx: Tx, parcel: Parcel, why: Undelivered) -> None:
        """Let the service know that nobody tries it any more."""
        delivery.parked(self._turn(tx), parcel, why)

    def spared(self, tx: Tx, parcel: Parcel, address: Address) -> datetime | None:
        """Return until when a row is to be held, where it would wake its reader now."""
        return delivery.asleep_until(self._turn(tx), parcel, address)

    def missed(self, tx: Tx, parcel: Parcel, address: Address) -> None:
        """Let the service know that nobody was there."""
        callbacks.missed(self._turn(tx), parcel, address)

    def left_standing(self, tx: Tx, parcel: Parcel, purge: Purge, left: int) -> None:
        """Let the service know of messages that could not be deleted."""
        delivery.left_standing(self._turn(tx), parcel.recipient, purge, left)

    def unreachable(self, tx: Tx, member: MemberId, address: Address, *, shown: bool = False) -> None:
        """Let the service know that someone can't be reached there any more."""
        delivery.unreachable(self._turn(tx), member, address, shown=shown)
