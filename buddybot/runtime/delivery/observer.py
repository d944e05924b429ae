"""One delivery: the job, what can become of it, and who wants to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Effect, MessageId, Purge
from buddybot.store.kernel.outbox import Parcel, Undelivered
from buddybot.store.tx import Tx


class DeliveryObserver(Protocol):
    """What the service does about deliveries, inside the transaction that settles them."""

    def interrupted(self, tx: Tx) -> None:
        """Take note, before what was claimed is marked, that a crash or a stop may have cut deliveries off."""

    def delivered(self, tx: Tx, parcel: Parcel) -> None:
        """Take note that it arrived."""

    def spared(self, tx: Tx, parcel: Parcel, address: Address) -> datetime | None:
        """Return until when this row is to be held, where it would wake its reader now."""

    def missed(self, tx: Tx, parcel: Parcel, address: Address) -> None:
        """Take note that nobody was there to take it, at this address."""

    def parked(self, tx: Tx, parcel: Parcel, why: Undelivered) -> None:
        """Take note that nobody tries it any more."""

    def left_standing(self, tx: Tx, parcel: Parcel, purge: Purge, left: int) -> None:
        """Take note that so many of the messages that were to be deleted stand, and will."""

    def unreachable(self, tx: Tx, member: MemberId, address: Address, *, shown: bool = False) -> None:
        """Take note that the platform can't reach this member at this address any more, and forget what is in vain.

        With `shown` the row itself arrived, where they did something for others to see.
        """


@dataclass(frozen=True, slots=True)
class Job:
    """One parcel, opened and addressed."""

    parcel: Parcel
    address: Address
    effect: Effect
    message: MessageId | None
    reply_to: MessageId | None
    after: MessageId | None
    """Of a possible repeat: the last message there that is known to be another one."""
    behind: bool = False
    """Whether something that other processes show is to be shown beside first."""
    earlier: tuple[MessageId, ...] = ()
    """The messages before `message` that show the beginning of the same note, the first of them first."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One parcel that can't be opened: its bytes, or those it needs, are damaged; or the key of its hour is gone."""

    parcel: Parcel
    why: Undelivered = Undelivered.DAMAGED


@dataclass(frozen=True, slots=True)
class Arrived:
    """The platform took it; `message` is its id there, if a message was made. `left` of a purge could not be done."""

    message: MessageId | None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The platform did not take it, or it can't be known (`unknown`)."""

    seconds: float | None = None
    unknown: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Nothing will come of it, however often it is tried."""

    why: Undelivered


@dataclass(frozen=True, slots=True)
class Absent:
    """Nobody is there to see it."""


@dataclass(frozen=True, slots=True)
class LeftToOthers:
    """Another process has a newer line to them: it shows this one."""


@dataclass(frozen=True, slots=True)
class Lost:
    """They can't be reached any more; `shown` is an ephemeral copy that they were given all the same."""

    shown: MessageId | None = None


Outcome: TypeAlias = Arrived | Failed | GivenUp | Absent | LeftToOthers | Lost
