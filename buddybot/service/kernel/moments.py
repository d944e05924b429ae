"""A member's own clock: the one place that says what time it is for somebody, by the rules of their zone.

Days and moments in sentences are written out by the words in the reader's language; nobody is shown "2026-12-02".
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from buddybot.domain.people.members import Member
from buddybot.domain.people.quiet_hours import quiet_until
from buddybot.domain.people.zones import clock_of


@dataclass(frozen=True, slots=True)
class Told:
    """A moment to be said to somebody: in these words, or of its own accord by a platform that knows their clock."""

    words: date | str
    at: datetime
    day: bool = False


def clock(member: Member) -> tzinfo | None:
    """Return the clock of a member: by their zone, else (it may be known no more) by the offset they told."""
    return clock_of(member.private.zone, member.private.utc_offset)


def quiet_end(member: Member, at: datetime) -> datetime | None:
    """Return the end of a member's quiet hours, if they hold at this moment."""
    quiet = member.private.quiet
    return None if quiet is None else quiet_until(quiet, clock(member), at)


def local_day(member: Member, at: datetime) -> date:
    """Return the day of a moment where the member is; in UTC while that is not known."""
    return local_moment(member, at).date()


def told_day(member: Member, at: datetime) -> Told:
    """Return a moment of which somebody is told the day."""
    return Told(local_day(member, at), at, day=True)


def local_moment(member: Member, at: datetime) -> datetime:
    """Return a moment on the member's own clock; in UTC while that is not known."""
    return at.astimezone(clock(member) or UTC)
