"""Consent record of one member: by whose invite they came, and in whose numbers they are counted, from when.

A yes holds from the next quarter on, so that no number changes while somebody watches; a no holds at once.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from buddybot.domain.programmes.quarters import Quarter, quarter_named, quarter_of

TERMS = "2026-11-30"
"""Version of the research text: the day on which it was last changed. A yes to another one counts for nothing."""
COUNTED_FOR = 4
"""Quarters that one yes is good for: what somebody adds to all numbers together stays bounded."""
WEEKS_KEPT = timedelta(days=200)
"""A quarter, and time enough to report about it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a member said about being counted. `weeks` are the Mondays of weeks in which they wrote to somebody."""

    programme: str = field(default="", repr=False)
    asked: bool = False
    since: str = ""
    """The first quarter of the programme's numbers that they are in; empty: in none."""
    research_since: str = ""
    """The same for the research export."""
    terms: str = ""
    """The version of the research text they said yes to."""
    agreed_at: datetime | None = None
    weeks: tuple[date, ...] = field(default=(), repr=False)

    def counts(self, quarter: Quarter) -> bool:
        """Return whether they are in their programme's numbers of this quarter."""
        return _within(self.since, quarter)

    def researched(self, quarter: Quarter) -> bool:
        """Return whether they are in the research export of this quarter."""
        return self.terms == TERMS and _within(self.research_since, quarter)

    def counted_at(self, now: datetime) -> bool:
        """Return whether they said yes to the programme, and it holds now or from the next quarter on."""
        return _ahead(self.since, now)

    def researched_at(self, now: datetime) -> bool:
        """Return whether they said yes to research, and it holds now or from the next quarter on."""
        return self.terms == TERMS and _ahead(self.research_since, now)

    def weeks_in(self, quarter: Quarter) -> int:
        """Count the weeks of a quarter in which they wrote; a week belongs where its Monday is."""
        return sum(quarter_of(monday) == quarter for monday in self.weeks)


def invited(record: Counted, programme: str) -> Counted:
    """Return the record of who came by an invite; what was said to another programme ends with it."""
    return record if record.programme == programme else replace(without_programme(record), programme=programme)


def without_programme(record: Counted) -> Counted:
    """Return the record of somebody who is counted for no programme any more."""
    return _kept(replace(record, programme="", asked=False, since=""))


def agree(record: Counted, now: datetime) -> Counted:
    """Count them in their programme's numbers from the next quarter on."""
    if record.counted_at(now):
        return record
    return replace(record, asked=True, since=str(quarter_of(now).later(1)), agreed_at=now)


def decline(record: Counted) -> Counted:
    """Count them in nothing of their programme that is still to come."""
    return _kept(replace(record, asked=True, since=""))


def join_research(record: Counted, now: datetime) -> Counted:
    """Count them in the research export from the next quarter on."""
    if record.researched_at(now):
        return record
    return replace(record, research_since=str(quarter_of(now).later(1)), terms=TERMS, agreed_at=now)


def leave_research(record: Counted) -> Counted:
    """Count them in no research export that is still to come."""
    return _kept(replace(record, research_since="", terms=""))


def wrote(record: Counted, today: date) -> Counted:
    """Note that they wrote this week, where that is counted; the same record where nothing changes."""
    monday = today - timedelta(days=today.weekday())
    quarter = quarter_of(monday)
    if monday in record.weeks or not (record.counts(quarter) or record.researched(quarter)):
        return record
    return replace(record, weeks=(*(one for one in record.weeks if one > monday - WEEKS_KEPT), monday))


def _kept(record: Counted) -> Counted:
    """Drop what nobody agreed to any more."""
    if record.since or record.research_since:
        return record
    return replace(record, weeks=(), agreed_at=None)


def _within(since: str, quarter: Quarter) -> bool:
    first = quarter_named(since)
    return first is not None and first <= quarter < first.later(COUNTED_FOR)


def _ahead(since: str, now: datetime) -> bool:
    first = quarter_named(since)
    return first is not None and quarter_of(now) < first.later(COUNTED_FOR)
