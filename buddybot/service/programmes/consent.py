"""Opt-in consent to be counted: asked once, after somebody has what they came for, and taken back at any time.

Two are kept apart: the numbers of the programme that invited somebody, and the research export. A yes holds from the
next quarter on, a no at once.
"""

from datetime import date, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.programmes import counted
from buddybot.domain.programmes.counted import TERMS, Counted
from buddybot.domain.programmes.invites import Programme
from buddybot.domain.programmes.quarters import quarter_named, quarter_of
from buddybot.domain.talk.rooms import RoomKind
from buddybot.service.care import own_days
from buddybot.service.care.pairs import left_in_peace_until
from buddybot.service.crisis import conversation
from buddybot.service.kernel.turn import Buttons, Turn
from buddybot.service.talk import respite
from buddybot.store.kernel.timers import Timer

ASKING = "count-ask"
SETTLED = timedelta(days=2)
"""How long somebody has had a buddy who answers before they are asked anything for a programme's sake."""
_MEMBERS = frozenset({Stage.HOME, Stage.LOOKING})
_COUNT: Buttons = (("count-yes", Token("count", verb="yes")), ("count-no", Token("count", verb="no")))
_STOP: Buttons = (("count-stop", Token("count", verb="stop")),)
_RESEARCH: Buttons = (("research-yes", Token("research", verb="yes")), ("research-no", Token("research", verb="no")))
_LEAVE: Buttons = (("research-stop", Token("research", verb="stop")),)


# ── When they are asked ─────────────────────────────────────────────────────────────────


def ask_to_count(turn: Turn, timer: Timer) -> None:
    """Timer: ask somebody who came by an invite, in a lull, once they talk with a buddy; until then look again."""
    member = turn.tx.members.by_id(MemberId(timer.subject))
    record = turn.tx.counted.of(MemberId(timer.subject))
    programme = turn.tx.invites.programme(record.programme)
    if member is None or record.asked or programme is None or programme.ended_at is not None:
        return
    later = left_in_peace_until(turn, member)
    if not _settled(turn, member) or own_days.tender(turn, member) or conversation.shielded(turn, member, None):
        later = turn.now + respite.LATER
    elif later is None and any(respite.is_talking(turn, room) for room in turn.tx.rooms.open_of(member.id)):
        later = turn.now + respite.PUT_OFF
    if later is not None:
        turn.tx.timers.set(Timer(ASKING, member.id, later, member.id))
        return
    _ask(turn, member, record, programme)


def _settled(turn: Turn, member: Member) -> bool:
    """Return whether they have what they came for: a buddy for some days, and both wrote."""
    return member.stage in _MEMBERS and any(
        room.kind is RoomKind.PAIR and room.opened_at <= turn.now - SETTLED and len(turn.tx.rooms.spoke(room.id)) > 1
        for room in turn.tx.rooms.open_of(member.id)
    )


def _ask(turn: Turn, member: Member, record: Counted, programme: Programme) -> None:
    turn.tx.counted.save(member.id, counted.decline(record))  # asked, and no until they say yes
    begins = quarter_of(turn.now).later(1).first
    turn.say(member, "count-ask", buttons=_COUNT, label=programme.name, day=begins)


# ── What they say ───────────────────────────────────────────────────────────────────────


def set_counted(turn: Turn, member: Member, state: str) -> None:
    """Command handler: show whether somebody is counted for their programme, or change it ("on", "off")."""
    record = turn.tx.counted.of(member.id)
    programme = turn.tx.invites.programme(record.programme)
    said = state.strip().casefold()
    if said == "off":
        _stop(turn, member, record)
    elif member.stage not in _MEMBERS:
        turn.say(member, "count-early")
    elif programme is None:
        turn.say(member, "count-nobody")
    elif programme.ended_at is not None:
        turn.say(member, "count-ended", label=programme.name)
    elif said == "on":
        _agree(turn, member, record, programme)
    elif record.counted_at(turn.now):
        turn.say(member, "count-on", buttons=_STOP, label=programme.name, day=_begins(record.since))
    else:
        _ask(turn, member, record, programme)


def press_count(turn: Turn, member: Member, _: str, verb: str) -> None:
    """Button handler of the question whether to be counted; saying no changes nothing else."""
    if verb == "yes":
        set_counted(turn, member, "on")
    elif verb == "stop":
        set_counted(turn, member, "off")
    elif verb == "no":
        turn.tx.counted.save(member.id, counted.decline(turn.tx.counted.of(member.id)))
        turn.say(member, "count-declined")
    else:
        turn.say(member, "stale-button")


def _agree(turn: Turn, member: Member, record: Counted, programme: Programme) -> None:
    record = counted.agree(record, turn.now)
    turn.tx.counted.save(member.id, record)
    turn.say(member, "count-agreed", label=programme.name, day=_begins(record.since))


def _stop(turn: Turn, member: Member, record: Counted) -> None:
    turn.tx.counted.save(member.id, counted.decline(record) if record.programme else record)
    turn.say(member, "count-stopped")


def set_research(turn: Turn, member: Member, state: str) -> None:
    """Command handler: the research export, which needs a yes of its own; a no is heard even where there is none."""
    record, said = turn.tx.counted.of(member.id), state.strip().casefold()
    agreed = record.researched_at(turn.now)
    if said == "off":
        turn.tx.counted.save(member.id, counted.leave_research(record))
        turn.say(member, "research-stopped")
    elif not turn.book.practice.research:
        turn.say(member, "research-nowhere")
    elif member.stage not in _MEMBERS:
        turn.say(member, "count-early")
    elif said == "on" and not agreed:
        record = counted.join_research(record, turn.now)
        turn.tx.counted.save(member.id, record)
        turn.say(member, "research-agreed", day=_begins(record.research_since), version=TERMS)
    elif agreed:
        turn.say(member, "research-on", buttons=_LEAVE, day=_begins(record.research_since), version=TERMS)
    else:
        turn.say(member, "research-ask", buttons=_RESEARCH, version=TERMS)


def press_research(turn: Turn, member: Member, _: str, verb: str) -> None:
    """Button handler of the question about research."""
    if verb == "no":
        turn.say(member, "research-declined")
    elif verb in {"yes", "stop"}:
        set_research(turn, member, "on" if verb == "yes" else "off")
    else:
        turn.say(member, "stale-button")


def _begins(since: str) -> date:
    """Return the first day of somebody's first quarter. It is a date of the calendar, whatever their clock says."""
    first = quarter_named(since)
    assert first is not None
    return first.first


def mark_week(turn: Turn, member: Member) -> None:
    """Note that somebody who is counted wrote this week; of all others nothing is kept."""
    record = turn.tx.counted.of(member.id)
    marked = counted.wrote(record, turn.now.date())
    if marked != record:
        turn.tx.counted.save(member.id, marked)


def exported_counted(turn: Turn, member: Member) -> dict[str, object] | None:
    """Return for the export by whose invite they came, and what they said about being counted."""
    record = turn.tx.counted.of(member.id)
    if record == Counted():
        return None
    programme = turn.tx.invites.programme(record.programme)
    return {
        "invited_by": programme and programme.name,
        "you_were_asked": record.asked,
        "counted_from": record.since or None,
        "in_research_from": record.research_since or None,
        "research_text_you_agreed_to": record.terms or None,
        "agreed_at": record.agreed_at and record.agreed_at.isoformat(),
        "weeks_in_which_you_wrote": [week.isoformat() for week in record.weeks],
    }
