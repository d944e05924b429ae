"""Moments in words: the one place that writes a time for somebody to read; nobody is shown "2026-12-02"."""

from datetime import datetime

from buddybot.domain.people.members import Member
from buddybot.service.kernel.moments import Told, clock, local_moment
from buddybot.service.kernel.turn import Turn


def moment_in_words(turn: Turn, reader: Member, at: datetime) -> str:
    """Return a moment in words of the reader's language, on their own clock; in UTC, said so, where that is unknown."""
    key = "moment-utc" if clock(reader) is None else "moment-here"
    return turn.words(reader, key, at=local_moment(reader, at))


def told_moment(turn: Turn, reader: Member, at: datetime) -> Told:
    """Return a moment of which somebody is told day and time."""
    return Told(moment_in_words(turn, reader, at), at)
