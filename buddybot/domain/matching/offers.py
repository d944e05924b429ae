"""Offers: two people are asked at once whether they want to meet, and are reserved for each other for a day."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from buddybot.domain.kernel.ids import MemberId, OfferId


class OfferReply(StrEnum):
    """What one of the two said."""

    NONE = "none"
    YES = "yes"
    PASS = "pass"  # noqa: S105 - a reply, not a secret
    KNOWN = "known"
    """"I may know this person": blocks the pair for good, in silence."""


class OfferFate(StrEnum):
    """What an offer has come to."""

    OPEN = "open"
    MADE = "made"
    PASSED = "passed"
    """Someone said no; the other hears one neutral line, when the offer would have expired."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class AskedParty:
    """One of the two, the alias they would go by, their reply, and whether they would be the other's mentor."""

    member: MemberId
    alias: str = field(repr=False)
    reply: OfferReply = OfferReply.NONE
    postponed: bool = False
    mentor: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposed pair. `reasons` are true for both; `weights` is the version of the numbers that made it."""

    id: OfferId
    asked: tuple[AskedParty, AskedParty]
    score: float
    reasons: tuple[str, ...]
    weights: str
    made_at: datetime
    expires_at: datetime
    closed: bool = False

    def seat(self, member: MemberId) -> AskedParty | None:
        """Return this member's side of it, or None if it is not theirs."""
        return next((one for one in self.asked if one.member == member), None)

    def other(self, member: MemberId) -> AskedParty:
        """Return the other side."""
        return next(one for one in self.asked if one.member != member)

    @property
    def mentor(self) -> MemberId | None:
        """Mentor that the other would have, if it is about one."""
        return next((one.member for one in self.asked if one.mentor), None)

    def fate(self, now: datetime) -> OfferFate:
        """Return what it has come to."""
        replies = {one.reply for one in self.asked}
        if replies == {OfferReply.YES}:
            return OfferFate.MADE
        if replies & {OfferReply.PASS, OfferReply.KNOWN}:
            return OfferFate.PASSED
        return OfferFate.EXPIRED if now >= self.expires_at else OfferFate.OPEN

    def answered(self, member: MemberId, reply: OfferReply) -> "Offer":
        """Return it with this member's reply."""
        return self._with(member, reply=reply)

    def postponed(self, member: MemberId, by: timedelta) -> "Offer | None":
        """Return it with more time because this member asked for it, or None if they had it already."""
        mine = self.seat(member)
        if mine is None or mine.postponed:
            return None
        return replace(self._with(member, postponed=True), expires_at=self.expires_at + by)

    def _with(self, member: MemberId, *, reply: OfferReply | None = None, postponed: bool = False) -> "Offer":
        first, second = (
            replace(one, reply=reply or one.reply, postponed=postponed or one.postponed)
            if one.member == member
            else one
            for one in self.asked
        )
        return replace(self, asked=(first, second))
