"""Dates on a member's own clock, for sentences: the words write them out in the member's language."""

from datetime import date, datetime, timedelta

from buddybot.domain.people.members import Member


def local_day(member: Member, at: datetime) -> date:
    """Return the day of a moment where the member is; in UTC while that is not known."""
    return local_moment(member, at).date()


def local_moment(member: Member, at: datetime) -> datetime:
    """Return a moment on the member's own clock; in UTC while that is not known."""
    return at + timedelta(minutes=member.private.utc_offset or 0)
