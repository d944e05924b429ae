"""Data export of the days that a member keeps: milestones and remembrance dates, for the copy of one's own data."""

from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn


def exported_milestones(turn: Turn, member: Member) -> list[dict[str, object]]:
    """Return for the export everything this member counts, in whichever lane they are."""
    return [
        {
            "kind": one.kind,
            "name": one.name,
            "from_to": [[each.start.isoformat(), each.end and each.end.isoformat()] for each in one.stretches],
            "stretches_shown": one.beside,
            "note_on_the_day": one.noted,
            "settled_at": one.settled_at and one.settled_at.isoformat(),
        }
        for one in turn.tx.own_dates.milestones(member.id)
    ]


def exported_remembrances(turn: Turn, member: Member) -> list[dict[str, object]]:
    """Return for the export the days that this member wants to have in mind."""
    return [
        {
            "month": one.month,
            "day": one.day,
            "word": one.word,
            "minute_of_the_day": one.minute,
            "evening_before": one.eve,
            "spoken_of_last": one.told and one.told.isoformat(),
        }
        for one in turn.tx.own_dates.remembrances(member.id)
    ]
