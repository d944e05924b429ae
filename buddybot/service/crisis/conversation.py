"""Help in a crisis: the card that always answers, and the conversation that follows words of danger.

What is said is decided by `domain.care_flow`; this file carries it out. Nothing here can hold a message back.
"""

from dataclasses import replace

from buddybot.content.tables.help_lines import country_of
from buddybot.domain.crisis.cards import crisis_card, youth_card
from buddybot.domain.crisis.conversation import (
    Alert,
    CareState,
    Cause,
    Check,
    CrisisReply,
    Due,
    Press,
    Say,
    Scene,
    Signal,
)
from buddybot.domain.crisis.respond import respond
from buddybot.domain.crisis.state_text import care_from, care_text
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.messages import Choice, Content, Span, Style
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.people.members import Member, Stage
from buddybot.service.kernel import staff, standing
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework
from buddybot.service.moderation.casework import Told
from buddybot.service.talk import on_call, rooms
from buddybot.store.kernel.timers import Timer

TIMER = "care"
WORDS = "case-words"


def scene(turn: Turn, member: Member) -> Scene:
    """Return what care needs to know at this moment."""
    return Scene(
        now=turn.now,
        country=country_of(turn.book.countries, member.private.country),
        on_shift=staff.anyone(turn),
        in_chat=rooms.room_of(turn, member) is not None,
        utc_offset=member.private.utc_offset,
    )


def card(turn: Turn, member: Member) -> None:
    """Show the country's help lines."""
    turn.show(member, content(turn, member, crisis_card(scene(turn, member))), crisis=True)


def youth(turn: Turn, member: Member) -> Content:
    """Return the card for people under 18."""
    return content(turn, member, youth_card(scene(turn, member)))


def listen(turn: Turn, member: Member, text: str, screening: Screening | None, *, delivered: bool) -> bool:
    """Answer words that may show danger; say whether there were any. The words are read once and not kept here."""
    if screening is None or not screening.read or not screening.shows_danger:
        state = _state(member)
        if state.awaited:
            _carry_out(turn, member, respond(state, Signal(), scene(turn, member), turn.book.pace))
        return False
    signal = Signal(screening.level, screening.lanes, screening.gentle, delivered=delivered)
    _carry_out(turn, member, respond(_state(member), signal, scene(turn, member), turn.book.pace), text)
    return True


def press(turn: Turn, member: Member, token: str) -> None:
    """Take a button of the care conversation."""
    _carry_out(turn, member, respond(_state(member), Press(token), scene(turn, member), turn.book.pace))


def due(turn: Turn, member_id: MemberId, check: Check) -> None:
    """Look in on someone, as agreed."""
    member = turn.tx.members.by_id(member_id)
    if member is not None:
        _carry_out(turn, member, respond(_state(member), Due(check), scene(turn, member), turn.book.pace))


def worried(turn: Turn, member: Member) -> None:
    """Ask somebody who is worried about their buddy what they saw."""
    press(turn, member, "care.worried.open")


def content(turn: Turn, member: Member, say: Say) -> Content:
    """Put one message of care into words, with its numbers to tap."""
    lines = "\n".join(turn.words(member, one.key, **dict(one.args)) for one in (say, *say.rows))
    links = [Span(turn.words(member, link.label, number=link.number), Style.LINK, link.target) for link in say.links]
    spaced = [span for link in links for span in (Span("\n"), link)]
    choices = tuple(Choice(option.token, turn.words(member, option.label)) for option in say.choices)
    return Content((Span(lines), *spaced), choices=choices)


def _state(member: Member) -> CareState:
    return care_from(member.private.care)


def _carry_out(turn: Turn, member: Member, reply: CrisisReply, text: str = "") -> None:
    kept = care_text(reply.state)
    member = turn.tx.members.by_id(member.id) or member
    turn.tx.members.save(replace(member, private=replace(member.private, care=kept)))
    for say in reply.say:
        turn.show(member, content(turn, member, say), crisis=True)
    for check in reply.cancel:
        turn.tx.timers.cancel(TIMER, f"{member.id}:{check}")
    for later in reply.later:
        turn.tx.timers.set(Timer(TIMER, f"{member.id}:{later.check}", later.at, member.id))
    if reply.alert is not None:
        _alert(turn, member, reply.alert, text)
    if reply.drop_words:
        turn.tx.cases.drop_words(member.id)
    _reach_buddy(turn, member, reply)
    if reply.company and member.stage in {Stage.HOME, Stage.LOOKING}:
        on_call.ask(turn, member)


def _reach_buddy(turn: Turn, member: Member, reply: CrisisReply) -> None:
    """Pass on what the person chose to send, and give the buddy guidance after the note it is about."""
    room = rooms.room_of(turn, member)
    if room is None:
        return
    if standing.blocks_relay(turn, member, room):
        # What they cry goes to the bot and to moderators, never to whom they hurt.
        return
    if reply.relay:
        rooms.pass_on(turn, member, room, turn.words(member, reply.relay))
    for seat in room.others(member.id):
        other = turn.tx.members.by_id(seat.member)
        if other is not None and reply.buddy is not None:
            turn.later_card(other, content(turn, other, reply.buddy))
        if other is not None and reply.tell_buddy:
            turn.say(other, "crisis-buddy-okay")


def _alert(turn: Turn, member: Member, alert: Alert, text: str) -> None:
    """Open a case for moderators; the words only at L3 and L4, as consent says, and for three days."""
    grave = alert.level is not None and alert.level >= Level.L3
    words = text if grave and alert.cause is Cause.HEARD and member.consent else ""
    room = rooms.room_of(turn, member)
    texts = ((words, True),) if words else ()
    where = None if room is None else room.id
    case = casework.open_case(turn, Told(Concern.CRISIS, member.id, where, None, priority=alert.priority, texts=texts))
    if words and turn.tx.timers.find(WORDS, case.id) is None:
        turn.tx.timers.set(Timer(WORDS, case.id, turn.now + turn.book.retention.crisis_words))
