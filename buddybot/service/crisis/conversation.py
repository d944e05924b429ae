"""Crisis conversation service: reads what a person uttered, once an event, and carries out what the domain decides.

`takes` is asked before any other use case where a person is alone with the bot; `follow` is called by the router after
the use case, whatever the event was. Nothing here can hold a message back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from buddybot.domain.crisis.conversation import (
    Check,
    CrisisState,
    Due,
    Gentle,
    Helping,
    Press,
    Scene,
    Signal,
    TypedWords,
)
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.respond import respond
from buddybot.domain.crisis.state_text import care_from, care_text
from buddybot.domain.crisis.steps import carries, is_grave, is_open, let_go, shields
from buddybot.domain.crisis.typed import heard, reads_first, replies_count
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.places import Channel
from buddybot.domain.kernel.verdicts import Screening, unread
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.crisis import country, effects, rendering
from buddybot.service.kernel.turn import Turn

CALM = unread("")
CRY_COUNTS, SAME_WORDS = timedelta(days=7), timedelta(hours=1)
TAPPED = 8
"""How many of the last buttons a moderator is shown."""


class Whose(StrEnum):
    """Whose words a person uttered."""

    OWN = "own"
    QUOTED = "quoted"
    """They may be somebody else's (a report, a moderator's note): help is shown, but no conversation begins."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Uttered:
    """What a use case did with the words of an event, for the crisis service.

    `room` is where they were delivered to a buddy; `channel` and `place` where many read them. `answered` says that a
    use case took them for what it had asked, so that only danger is answered.
    """

    text: str = field(default="", repr=False)
    whose: Whose = Whose.OWN
    room: Room | None = None
    channel: Channel | None = None
    place: MemberId | None = None
    answered: bool = False


SILENCE = Uttered(whose=Whose.NOBODY)


def takes(
    turn: Turn, member: Member, text: str, screening: Screening | None, *, busy: bool = False, chatting: bool = False
) -> bool:
    """Return whether the crisis conversation answers these words in place of any other use case.

    `busy` says that they fit what was asked elsewhere, `chatting` that they are understood as small talk.
    """
    read = screening or CALM
    if not busy and country.named(turn, member, text):
        return True
    said = _typed(turn, member, text, read, delivered=False)
    state = state_of(member)
    busy = busy or chatting
    return reads_first(state, said, rendering.scene(turn, member), turn.book.pace, busy=busy)


def cries(turn: Turn, member: Member, text: str, screening: Screening | None) -> bool:
    """Return whether words that were asked for, as a name, a day or a story, are a cry for help all the same.

    What only tells of loss, or of having used, is none: "the day my brother died" is the name of a day.
    """
    mild = screening is not None and screening.read and not screening.is_urgent
    told = replace(screening, gentle=None, level=None) if screening is not None and mild else screening
    if turn.is_call(text) or takes(turn, member, text, told, busy=True):
        return True
    return screening is not None and not mild


def follow(turn: Turn, member: Member, said: Uttered, screening: Screening | None) -> bool:
    """Answer what was uttered, where there is anything to answer; return whether it showed danger."""
    read = screening or CALM
    danger = read.read and read.shows_danger
    current = turn.tx.members.by_id(member.id)
    if said.whose is Whose.NOBODY or current is None:
        return False  # nothing was said, or they were erased by this very event
    if said.whose is Whose.QUOTED:
        if (danger and read.is_urgent) or turn.is_call(said.text):
            rendering.card(turn, member)
        return danger
    if danger and read.is_urgent:
        current = country.keep_told(turn, current, said.text)
    if said.room is not None:
        _crossed(turn, current, said)
    if said.room is not None and _helps(turn, current, said.room, read):
        _guide_helper(turn, current, said, read)
    elif danger or not _told_country(turn, current, said):
        _answer_own(turn, current, said, read)
    return danger


def _answer_own(turn: Turn, member: Member, said: Uttered, read: Screening) -> None:
    """Answer somebody's words about themselves, or about whoever lies beside them."""
    delivered, called = said.room is not None, turn.is_call(said.text)
    shown = _shown(read, delivered=delivered)
    if not (member.private.care or called or shown.shows_danger):
        return  # there never was a sign of danger, nor is there one: who is there need not be looked up
    if said.room is not None:
        turn = replace(turn, at=said.room.id)  # whoever got these words is who hears how to help
    state, scene = state_of(member), rendering.scene(turn, member)
    opened = is_open(state, scene, turn.book.pace)
    if called and not opened:
        rendering.card(turn, member)
        return
    if not opened and not replies_count(state, shown, scene):
        typed = TypedWords(signal=shown, alone=not delivered)  # known replies change nothing: they are not looked for
    else:
        typed = _typed(turn, member, said.text, read, delivered=delivered)
    signal = heard(state, typed, scene)
    if opened and said.answered and state.hunch and read.calm:
        # Something else took these words for an everyday line: there was nothing to it.
        effects.carry_out(turn, member, let_go(state, scene, alone=False))
        return
    if opened and not said.answered:
        # A plain call for help is always answered, also beside a buddy.
        happened: TypedWords | Signal = replace(typed, signal=signal, alone=typed.alone or called)
    elif signal.shows_danger or state.awaited:
        happened = signal
    else:
        return
    if read.read and read.language and (read.shows_danger or opened):
        state = replace(state, language=read.language)
    effects.carry_out(turn, member, respond(state, happened, scene, turn.book.pace), said.text)


def _told_country(turn: Turn, member: Member, said: Uttered) -> bool:
    """Return whether words alone with the bot name the country that a card asked for; then its numbers are shown."""
    named = "" if said.room is not None or said.answered else country.named(turn, member, said.text)
    if named:
        country.learn(turn, member, named)
    return bool(named)


def press(turn: Turn, member: Member, token: str) -> None:
    """Take a button of the conversation."""
    if token.startswith(country.CHOICES):
        country.press(turn, member, token)
        return
    scene = rendering.scene(turn, member)
    state = state_of(member)
    state = replace(state, tapped=(*state.tapped, token)[-TAPPED:])
    effects.carry_out(turn, member, respond(state, Press(token), scene, turn.book.pace))


def softly(turn: Turn, member: Member, gentle: Gentle, text: str) -> bool:
    """Ask a soft question about what was said; return whether it is: not again soon, nor where they waved it away."""
    reply = respond(state_of(member), Signal(gentle=gentle), rendering.scene(turn, member), turn.book.pace)
    if reply.say:
        effects.carry_out(turn, member, reply, text)
    return bool(reply.say)


def set_aside(turn: Turn, member: Member) -> Member:
    """Let somebody who chose to do something else do it; alone with the bot they hear how to come back.

    Return them as they are now: whoever goes on to save an older copy would undo it.
    """
    member = turn.tx.members.by_id(member.id) or member
    state, scene = state_of(member), rendering.scene(turn, member)
    if not shields(state, scene, turn.book.pace) or state.aside or scene.in_chat:
        return member
    kept = care_text(replace(state, aside=True, awaited=False))
    member = replace(member, private=replace(member.private, care=kept))
    turn.tx.members.save(member)
    turn.say(member, "crisis-aside", locale=state.language)
    return member


def due(turn: Turn, member_id: MemberId, check: Check) -> None:
    """Look in on someone, as agreed."""
    member = turn.tx.members.by_id(member_id)
    if member is not None:
        scene = rendering.scene(turn, member)
        effects.carry_out(turn, member, respond(state_of(member), Due(check), scene, turn.book.pace))


def worried(turn: Turn, member: Member) -> None:
    """Ask somebody who is worried about their buddy what they saw."""
    press(turn, member, "care.worried.open")


def worry_about_silent(turn: Turn, member: Member) -> None:
    """Stay with somebody whose buddy went silent after a cry for help, and let moderators know."""
    scene = rendering.scene(turn, member)
    effects.carry_out(turn, member, respond(state_of(member), Press("care.worried.quiet"), scene, turn.book.pace))


def cried_last(member: Member, spoke_at: datetime | None, now: datetime) -> bool:
    """Return whether the last that is known of somebody is a cry for help (L2 up) of the last days."""
    state = state_of(member)
    if state.level is None or state.level < Level.L2 or state.signed_at is None or state.signed_at < now - CRY_COUNTS:
        return False
    return spoke_at is None or spoke_at <= state.signed_at + SAME_WORDS


def state_of(member: Member) -> CrisisState:
    """Return the state of a member's conversation."""
    return care_from(member.private.care)


# ── What the rules ask ──────────────────────────────────────────────────────────────────


def shielded(turn: Turn, author: Member, room: Room | None) -> bool:
    """Return whether no rule may act on doubt: a crisis is open for the author, or for who they help in this room."""
    return any(_holds(turn, one, shields) for one in _there(turn, author, room))


def saves_lives(turn: Turn, author: Member, room: Room) -> bool:
    """Return whether contacts and places pass here: L3, L4 or an overdose is open on either side."""
    return any(_holds(turn, one, is_grave) for one in _there(turn, author, room))


def carried(turn: Turn, author: Member, room: Room) -> bool:
    """Return whether notes go through quiet hours and breaks here: either side cried for help not long ago."""
    return any(_holds(turn, one, carries) for one in _there(turn, author, room))


def endangered(turn: Turn, author: Member, room: Room) -> bool:
    """Return whether somebody else in this room has an open crisis."""
    return any(_holds(turn, one, shields) for one in _there(turn, author, room) if one.id != author.id)


def _holds(turn: Turn, member: Member, rule: Callable[[CrisisState, Scene, CrisisPacing], bool]) -> bool:
    """Return whether a rule about open conversations holds; where there never was a sign of danger, none is open."""
    if not member.private.care:
        return False
    state = state_of(member)
    return state.signed_at is not None and rule(state, rendering.scene(turn, member), turn.book.pace)


def _there(turn: Turn, author: Member, room: Room | None) -> list[Member]:
    seats = () if room is None else room.others(author.id)
    others = [turn.tx.members.by_id(seat.member) for seat in seats]
    return [author, *(one for one in others if one is not None)]


# ── Reading ─────────────────────────────────────────────────────────────────────────────


def _typed(turn: Turn, member: Member, text: str, read: Screening, *, delivered: bool) -> TypedWords:
    meanings, understood = turn.book.crisis_replies.read(text)
    return TypedWords(
        meanings,
        _shown(read, delivered=delivered),
        alone=not delivered,
        place=bool(read.contacts),
        understood=understood,
        calm=read.calm,
        chat=state_of(member).lane is SideLane.OVERDOSE and _is_chat(turn, member, text),
    )


def _is_chat(turn: Turn, member: Member, text: str) -> bool:
    """Return whether small talk has an answer to these words, and not only to what is said beside anything."""
    meant = turn.book.small_talk.meant(text, member.locale, slips=False)
    return meant is not None and not meant.intent.weak


def _shown(read: Screening, *, delivered: bool) -> Signal:
    return _signal(read, delivered=delivered) if read.read else Signal()


def _signal(read: Screening, *, delivered: bool) -> Signal:
    return Signal(
        read.level,
        read.lanes,
        read.gentle,
        delivered=delivered,
        means=read.means,
        weighed=read.weighed,
        hunch=read.hunch,
        yielding=read.yielding,
        own=read.first_person,
    )


def _helps(turn: Turn, member: Member, room: Room, read: Screening) -> bool:
    """Return whether these are the words of somebody who helps: their buddy is in danger, they themselves are not."""
    if _holds(turn, member, shields) or not endangered(turn, member, room):
        return False
    own = read.first_person and read.level is not None and read.level >= Level.L1
    return not own or read.weighed


def _guide_helper(turn: Turn, member: Member, said: Uttered, read: Screening) -> None:
    signal = _signal(read, delivered=True) if read.read and read.shows_danger else Signal()
    happened = Helping(turn.book.crisis_replies.meanings(said.text), signal)
    scene = rendering.scene(turn, member)
    effects.carry_out(turn, member, respond(state_of(member), happened, scene, turn.book.pace))


def _crossed(turn: Turn, author: Member, said: Uttered) -> None:
    """Note for everyone else in the room that a buddy asked something since the bot did."""
    if "?" not in said.text or said.room is None:
        return
    for other in _there(turn, author, said.room)[1:]:
        state = state_of(other)
        if state.asked and not state.crossed and _holds(turn, other, is_open):
            private = replace(other.private, care=care_text(replace(state, crossed=True)))
            turn.tx.members.save(replace(other, private=private))
