"""Scheduled check-ins on a pair: one tap on day 1, three on day 3 and on day 14.

They wait for a pause in the talk, and for the end of quiet hours. An unsafe answer brings a pause and help, not a form.
"""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel.lanes import in_lane
from buddybot.service.kernel.moments import quiet_end
from buddybot.service.kernel.quiet import asked_lately
from buddybot.service.kernel.turn import HELP, Asking, Turn
from buddybot.service.talk import respite
from buddybot.store.kernel.timers import Timer

TIMER = "checkin"
FIRST_DAY = 1
DAYS = (3, 14)
QUESTIONS = ("felt_heard", "safe", "keep_going")
ANSWERS = {"yes": 2, "some": 1, "no": 0}
GOING = ("good", "okay", "unsure", "bad")
"""Answers of day 1; they are told to nobody and not kept."""
REASONS = ("slow", "much", "kind", "unsafe")
REST = timedelta(days=1)
"""How long nothing comes from a buddy with whom somebody does not feel safe, while they decide."""


def schedule_checkins(turn: Turn, room: Room) -> None:
    """Schedule all check-ins for both members."""
    for seat in room.seats:
        for day in (FIRST_DAY, *DAYS):
            due = turn.now + timedelta(days=day)
            turn.tx.timers.set(Timer(TIMER, f"{room.id}:{day}:{seat.member}", due, seat.member))


def ask_checkin(turn: Turn, timer: Timer) -> None:
    """Start a check-in, in a lull and when nobody is on a break."""
    room_id, day, member_id = timer.subject.split(":", 2)
    room, member = turn.tx.rooms.by_id(RoomId(room_id)), turn.tx.members.by_id(MemberId(member_id))
    if room is None or room.ending is not None or member is None or member.paused(turn.now):
        return
    if len(turn.tx.rooms.spoke(room.id)) > 1:
        turn.tx.outcomes.talked(room.id)
    if respite.has_respite(turn, member, room):
        turn.tx.timers.set(Timer(TIMER, timer.subject, turn.now + respite.LATER, member.id))
        return
    if respite.is_talking(turn, room):
        turn.tx.timers.set(Timer(TIMER, timer.subject, turn.now + respite.PUT_OFF, member.id))
    elif (later := quiet_end(member, turn.now) or asked_lately(turn.tx, member, turn.now)) is not None:
        turn.tx.timers.set(Timer(TIMER, timer.subject, later, member.id))
    elif day == str(FIRST_DAY):
        _ask_how_it_goes(turn, member, room)
    else:
        _ask(turn, member, room, day, QUESTIONS[0])


def _ask_how_it_goes(turn: Turn, member: Member, room: Room) -> None:
    buttons = tuple((f"going-{one}", Token("going", room.id, one)) for one in GOING)
    turn.say(member, in_lane(turn, member, "going-ask"), buttons=buttons, alias=room.others(member.id)[0].alias)


def press_going(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of day 1: thank, or ask what is not good; feeling unsafe pauses at once."""
    room = turn.tx.rooms.by_id(RoomId(room_id))
    if room is None or room.ending is not None or not room.holds(member.id) or verb not in {*GOING, *REASONS}:
        turn.say(member, "stale-button")
    elif verb == "bad":
        buttons = tuple((f"going-{one}", Token("going", room.id, one)) for one in REASONS)
        turn.say(member, "going-why", buttons=buttons)
    elif verb == "unsafe":
        _unsafe(turn, member, room)
    elif verb in REASONS:
        turn.say(member, f"going-after-{verb}", buttons=(("checkin-goodbye", Token("goodbye", room.id, "standard")),))
    else:
        turn.say(member, "going-thanks")


def _ask(turn: Turn, member: Member, room: Room, day: str, question: str) -> None:
    buttons = tuple((f"checkin-{one}", Token("checkin", room.id, f"{day}:{question}:{one}")) for one in ANSWERS)
    turn.say(
        member, in_lane(turn, member, f"checkin-{question}"), buttons=buttons, alias=room.others(member.id)[0].alias
    )


def press_checkin(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of a check-in: record the rating, and ask the next."""
    room = turn.tx.rooms.by_id(RoomId(room_id))
    day, _, rest = verb.partition(":")
    question, _, answer = rest.partition(":")
    known = question in QUESTIONS and answer in ANSWERS and day in map(str, DAYS)
    if room is None or not room.holds(member.id) or not known:
        turn.say(member, "stale-button")
        return
    turn.tx.outcomes.rate(room.id, member.id, int(day), question, ANSWERS[answer])
    if question == "safe" and answer == "no":
        _unsafe(turn, member, room)
        return
    place = QUESTIONS.index(question) + 1
    if place < len(QUESTIONS) and room.buddy_of(member.id) is not None:  # they may have erased themselves meanwhile
        _ask(turn, member, room, day, QUESTIONS[place])
    elif answer == "no" and room.ending is None:
        turn.say(member, "checkin-part", buttons=(("checkin-goodbye", Token("goodbye", room.id, "standard")),))
    else:
        turn.say(member, "checkin-thanks")


def _unsafe(turn: Turn, member: Member, room: Room) -> None:
    """Pause what comes from the buddy, and offer a report or a block; what is typed about them never reaches them."""
    if room.ending is None and not member.paused(turn.now + REST):
        turn.tx.members.save(replace(member, paused_until=turn.now + REST))
    report, block = Token("report", room.id, "mean"), Token("block", room.id, "yes")
    buttons = (("checkin-report", report), ("checkin-block", block), HELP)
    content = Content((Span(turn.words(member, "checkin-unsafe")),), choices=turn.choices(member, buttons))
    # A bare yes would answer either offer: only words that name one choose it.
    reads = ((str(report), "checkin.tell"), (str(block), "checkin.close"))
    turn.show(member, content, asking=Asking(Unfit.EXCLUSIVE, "checkin-unsafe-again", room.id, reads=reads))
