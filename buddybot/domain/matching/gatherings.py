"""Gatherings: people are asked whether they want a circle, or a seat in one; each answers for themselves."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NewType

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.matching.offers import OfferReply

GatheringId = NewType("GatheringId", str)


@dataclass(frozen=True, slots=True)
class Invited:
    """One of those asked, the alias they would go by, and their reply."""

    member: MemberId
    alias: str = field(repr=False)
    reply: OfferReply = OfferReply.NONE


@dataclass(frozen=True, slots=True)
class Gathering:
    """A circle that may come to be; with `room`, a seat in one that is."""

    id: GatheringId
    invited: tuple[Invited, ...]
    made_at: datetime
    expires_at: datetime
    room: RoomId | None = None
    closed: bool = False

    def seat(self, member: MemberId) -> Invited | None:
        """Return what this member was asked, or None if they were not."""
        return next((one for one in self.invited if one.member == member), None)

    def coming(self) -> tuple[Invited, ...]:
        """Return those who said yes."""
        return tuple(one for one in self.invited if one.reply is OfferReply.YES)

    def settled(self, now: datetime) -> bool:
        """Whether nobody's answer is waited for any more."""
        return now >= self.expires_at or all(one.reply is not OfferReply.NONE for one in self.invited)

    def answered(self, member: MemberId, reply: OfferReply) -> "Gathering":
        """Return it with this member's reply."""
        invited = tuple(replace(one, reply=reply) if one.member == member else one for one in self.invited)
        return replace(self, invited=invited)
