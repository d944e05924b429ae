"""Notes about a milestone: a quiet note on the day, if it was asked for, and words for a buddy, by a tap each time.

Neither comes within three days of a crisis or of using again, nor in the bereaved lane.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from buddybot.domain.care.milestones import MOMENT, Milestone, days_in_all, next_mark
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Choice, Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room, RoomKind
from buddybot.service.care.dates.milestone_lines import line_of, milestone_name
from buddybot.service.care.own_days import tender
from buddybot.service.care.pairs import left_in_peace_until
from buddybot.service.crisis import conversation
from buddybot.service.kernel import standing
from buddybot.service.kernel.lanes import BEREAVED, lane_of
from buddybot.service.kernel.moments import clock, local_day
from buddybot.service.kernel.turn import HELP, Asking, Turn
from buddybot.service.talk import rooms, routing
from buddybot.store.kernel.timers import Timer

MARK = "milestone"
HOUR = 10
"""The hour of the local day at which a note comes, unless it is quiet then."""


def press_note(turn: Turn, member: Member, one: Milestone, verb: str, words: str) -> bool:
    """Button handler of notes and of sharing; return whether the verb was one of these."""
    how, _, room_id = verb.partition(":")
    if how in {"share", "to", "send"}:
        _share(turn, member, one, (how, room_id), words)
        return True
    match how:
        case "note" | "hush":
            one = replace(one, noted=how == "note")
            turn.tx.own_dates.keep(member.id, one)
            set_next(turn, member, one)
            turn.say(member, f"milestone-{how}-done")
        case "mine" | "nothing":
            turn.say(member, f"milestone-{how}-done")
        case _:
            return False
    return True


# ── The note on the day ─────────────────────────────────────────────────────────────────


def set_next(turn: Turn, member: Member, one: Milestone) -> None:
    """Set the timer of the next note, or none where none was asked for."""
    day = next_mark(one, local_day(member, turn.now)) if one.noted else None
    if day is None:
        turn.tx.timers.cancel(MARK, one.id)
    else:
        _set(turn, member, one.id, day, _moment(member, day))


def _set(turn: Turn, member: Member, key: str, day: date, due: datetime) -> None:
    turn.tx.timers.set(Timer(MARK, key, due, member.id, payload=day.isoformat()))


def _moment(member: Member, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, HOUR, tzinfo=clock(member) or UTC).astimezone(UTC)


def note_mark(turn: Turn, timer: Timer) -> None:
    """Timer: note the day, once and on that day; where that can't be, it is left out without a word."""
    member = turn.tx.members.by_id(MemberId(timer.member or ""))
    one = None if member is None else turn.tx.own_dates.milestone(member.id, timer.subject)
    if member is None or one is None or not one.noted:
        return
    day, today, later = (
        date.fromisoformat(timer.payload),
        local_day(member, turn.now),
        left_in_peace_until(turn, member),
    )
    if today < day:
        _set(turn, member, one.id, day, _moment(member, day))  # they crossed a zone
    elif today == day and later is not None and local_day(member, later) == day:
        _set(turn, member, one.id, day, later)
    else:
        if today == day and later is None and _may_note(turn, member):
            _note(turn, member, one)
        set_next(turn, member, one)


def _may_note(turn: Turn, member: Member) -> bool:
    troubled = tender(turn, member) or conversation.shielded(turn, member, None)
    return not troubled and lane_of(turn, member) != BEREAVED


def _note(turn: Turn, member: Member, one: Milestone) -> None:
    rows = [("milestone-mine", "mine"), ("milestone-nothing", "nothing"), ("milestone-hush", "hush")]
    rows[1:1] = [("milestone-share", "share")] if rooms_for(turn, member) else []
    buttons = tuple((key, Token("milestone", one.id, verb)) for key, verb in rows)
    turn.say(member, "milestone-day", buttons=buttons, line=line_of(turn, member, one))


# ── Telling a buddy ─────────────────────────────────────────────────────────────────────


def rooms_for(turn: Turn, member: Member) -> list[Room]:
    """Return the open rooms with a buddy or a circle."""
    return [room for room in turn.tx.rooms.open_of(member.id) if room.kind in {RoomKind.PAIR, RoomKind.CIRCLE}]


def _share(turn: Turn, member: Member, one: Milestone, step: tuple[str, str], words: str) -> None:
    """Do one step of telling a buddy: whom, what exactly, and the sending."""
    how, room_id = step
    room = _room(turn, member, room_id)
    if tender(turn, member):
        turn.say(member, "milestone-waits")
    elif how == "share":
        _ask_whom(turn, member, one)
    elif room is None:
        turn.say(member, "milestone-nobody")
    elif how == "to":
        _preview(turn, member, one, room)
    else:
        _send(turn, member, one, room, words)


def _room(turn: Turn, member: Member, room_id: str) -> Room | None:
    return next((room for room in rooms_for(turn, member) if room.id == RoomId(room_id)), None)


def _ask_whom(turn: Turn, member: Member, one: Milestone) -> None:
    """Show what would be sent, after asking to whom where there is a choice."""
    found = rooms_for(turn, member)
    if not found:
        turn.say(member, "milestone-nobody")
    elif len(found) == 1:
        _preview(turn, member, one, found[0])
    else:
        rows = [Choice(str(_token(one, "to", room)), routing.title(turn, member, room)) for room in found]
        no = turn.choices(member, (("milestone-no", Token("milestone", verb="no")),))
        content = Content((Span(turn.words(member, "milestone-whom")),), choices=(*rows, *no))
        turn.show(member, content, asking=Asking(Unfit.EXCLUSIVE, "milestone-whom"))


def _token(one: Milestone, verb: str, room: Room) -> Token:
    return Token("milestone", one.id, f"{verb}:{room.id}")


def _shared(turn: Turn, member: Member, one: Milestone) -> str:
    """Return the words for a buddy, as their author would say them."""
    days, name = days_in_all(one, local_day(member, turn.now)), milestone_name(turn, member, one)
    if one.kind == MOMENT and one.stretches:
        return turn.words(member, "milestone-words-moment", name=name, day=one.stretches[0].start)
    return turn.words(member, "milestone-words" if days else "milestone-words-today", name=name, days=days)


def _preview(turn: Turn, member: Member, one: Milestone, room: Room) -> None:
    words = _shared(turn, member, one)
    rows = (("milestone-send", _token(one, "send", room)), ("milestone-no", Token("milestone", verb="no")))
    text = turn.words(member, "milestone-preview", name=routing.title(turn, member, room), words=words)
    turn.show(member, Content((Span(text),), choices=turn.choices(member, rows)), asking=Asking(words=words))


def _send(turn: Turn, member: Member, one: Milestone, room: Room, words: str) -> None:
    """Send exactly what was shown; words of another day are shown anew."""
    others = [turn.tx.members.by_id(seat.member) for seat in room.others(member.id)]
    now = _shared(turn, member, one)
    if standing.blocks_relay(turn, member, room):
        turn.say(member, "stopped", buttons=(HELP,))
    elif turn.tx.tags.fits(room.id, member.id, now, turn.now):
        turn.say(member, "milestone-told-already")
    elif words != now:
        _preview(turn, member, one, room)
    elif all(other is None or other.paused(turn.now) for other in others):
        turn.say(member, "room-waiting-paused")
    else:
        inside = turn.inside(member.id, room.id)
        gone = rooms.write_for(inside, member, room, words)
        inside.say(member, "opener-sent" if gone else "opener-held", words=words)
