"""Side effects of the crisis conversation: messages, timers, cases for moderators, cards for the buddy."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.crisis.conversation import Alert, Cause, CrisisReply, CrisisState, Say
from buddybot.domain.crisis.state_text import care_text
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.messages import Choice, NoteId, Retract, Send, Voice
from buddybot.domain.moderation.cases import Case, Concern, State
from buddybot.domain.people.members import Member, Stage
from buddybot.service.crisis import rendering
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import MODERATOR, Turn
from buddybot.service.moderation import casework
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.talk import mentor_rooms, on_call, rooms
from buddybot.store.kernel.timers import Timer

TIMER = "care"
A_DAY = timedelta(days=1)
WORDS = "case-words"
WITH_MODERATOR = frozenset(
    f"crisis-{name}"
    for name in ("sure", "active", "safe", "trained", "danger", "danger-again", "now", "now-again", "cant-call")
)
"""Messages of L2 up beside which somebody can ask for a moderator, where the house has any."""


def carry_out(turn: Turn, member: Member, reply: CrisisReply, text: str = "") -> None:
    """Do all that follows from one input. The reply is taken apart whole, so that no field of it can be forgotten."""
    match reply:
        case CrisisReply(state, say, buddy, alert, later, cancel, relay, company, hide, drop_words, tell_buddy, resume):
            member = turn.tx.members.by_id(member.id) or member
            state = _hidden(turn, member, state) if hide else state
            state = _said(turn, member, state, say)
            turn.tx.members.save(replace(member, private=replace(member.private, care=care_text(state))))
            for check in cancel:
                turn.tx.timers.cancel(TIMER, f"{member.id}:{check}")
            for one in later:
                turn.tx.timers.set(Timer(TIMER, f"{member.id}:{one.check}", one.at, member.id))
            _spare_mentor(turn, member, state, alert)
            _tell_moderators(turn, member, state, alert, text)
            if drop_words:
                turn.tx.cases.drop_words(member.id)
            _reach_buddy(turn, member, buddy, relay, tell=tell_buddy)
            if company and member.stage in {Stage.HOME, Stage.LOOKING}:
                on_call.request_talk(turn, member)
            if resume:
                turn.resume(member)


def _said(turn: Turn, member: Member, state: CrisisState, say: tuple[Say, ...]) -> CrisisState:
    """Show what is to be said, in the language they wrote in; return the state that remembers which notes it was."""
    locale = state.language if state.language in turn.book.words.locales() else member.locale
    shown = tuple(_show(turn, member, locale, one) for one in say)
    return replace(state, notes=(*state.notes, *shown)[-rendering.REMEMBERED :])


def _hidden(turn: Turn, member: Member, state: CrisisState) -> CrisisState:
    """Delete the bot's own messages: somebody may look over their shoulder."""
    for note in map(NoteId, state.notes):
        if not turn.tx.outbox.take_back(member.id, note):
            turn.post(member.id, Retract(note), crisis=True)
    return replace(state, notes=())


def _tell_moderators(turn: Turn, member: Member, state: CrisisState, alert: Alert | None, text: str) -> None:
    if alert is not None:
        _alert(turn, member, state, alert, text)
    elif text and state.level is not None and state.level >= Level.L3 and member.consent:
        _add_words(turn, member, text)


def _spare_mentor(turn: Turn, member: Member, state: CrisisState, alert: Alert | None) -> None:
    """Let nobody new come to a mentor who is in danger themselves, and ask them a day later what would help."""
    grave = state.level is not None and state.level >= Level.L2
    if alert is None or alert.cause not in {Cause.HEARD, Cause.ANSWERED, Cause.WORSE} or not grave:
        return
    spared = turn.tx.mentors.rest(member.id, turn.now + turn.book.mentoring.own_crisis)
    if spared and turn.tx.timers.find(mentor_rooms.OWN_CRISIS, member.id) is None:
        turn.tx.timers.set(Timer(mentor_rooms.OWN_CRISIS, member.id, turn.now + A_DAY, member.id))


def _show(turn: Turn, member: Member, locale: str, say: Say) -> str:
    """Show one message as a note with an id, so that it can be changed and taken back."""
    note = NoteId(turn.world.new_id())
    content = replace(rendering.content(turn, locale, say), voice=Voice.CRISIS)
    if say.key in WITH_MODERATOR and turn.tx.staff.all(turn.now):
        key, token = MODERATOR
        talk = Choice(str(token), turn.book.words.say(locale, key))
        content = replace(content, choices=(*content.choices, talk))
    turn.show_note(member, Send(content, note))
    return note


def _reach_buddy(turn: Turn, member: Member, buddy: Say | None, relay: str, *, tell: bool) -> None:
    """Pass on what the person chose to send, and give the buddy guidance after the note it is about."""
    room = rooms.company_of(turn, member)
    if room is None or standing.blocks_relay(turn, member, room):
        # What somebody who is held back cries goes to the bot and to moderators, never to whom they hurt.
        return
    if relay:
        rooms.pass_on(turn, member, room, turn.words(member, relay))
    for seat in room.others(member.id):
        other = turn.tx.members.by_id(seat.member)
        if other is not None and buddy is not None:
            turn.inside(other.id, room.id).later_card(other, rendering.content(turn, other.locale, buddy))
            if room.mentor == other.id:
                mentor_rooms.ask_later(turn, other.id, mentor_rooms.DANGER)
        if other is not None and tell:
            turn.inside(other.id, room.id).say(other, "crisis-buddy-okay")


def _alert(turn: Turn, member: Member, state: CrisisState, alert: Alert, text: str) -> None:
    """Open a case for moderators; the words only at L3 and L4, as consent says, and for three days."""
    # At L3 and L4 every word counts, also one that opens a lane beside it: it may say where they are.
    grave = any(level is not None and level >= Level.L3 for level in (alert.level, state.level))
    words = text if grave and alert.cause in {Cause.HEARD, Cause.ANSWERED} and member.consent else ""
    room = rooms.room_of(turn, member)
    texts = ((words, True),) if words else ()
    where = None if room is None else room.id
    case = casework.open_case(
        turn, CaseReport(Concern.CRISIS, member.id, where, None, priority=alert.priority, texts=texts)
    )
    _expire_words(turn, case, words)


def _add_words(turn: Turn, member: Member, text: str) -> None:
    """Add what is typed at L3 and L4 to the open case, so that whoever helps can read where they are."""
    for case in turn.tx.cases.about(member.id):
        if case.concern is Concern.CRISIS and case.state is not State.CLOSED:
            casework.add_words(turn, case, text)
            _expire_words(turn, case, text)
            return


def _expire_words(turn: Turn, case: Case, words: str) -> None:
    if words and turn.tx.timers.find(WORDS, case.id) is None:
        turn.tx.timers.set(Timer(WORDS, case.id, turn.now + turn.book.retention.crisis_words))
