"""Outbound half of the moderator relay: who may speak through the bot, and the three canned replies."""

from dataclasses import replace

from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.messages import Choice, Content, Span, Style, Voice
from buddybot.domain.kernel.messages.forms import Form
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Certainty, Contact
from buddybot.domain.moderation.cases import Case, Concern
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.staff import WORKERS
from buddybot.domain.people.members import Member, Stage
from buddybot.service.kernel import conversations, staff, standing
from buddybot.service.kernel.forms import FormPress
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts
from buddybot.service.moderation.voice import talks

SENTENCES = ("1", "2", "3")


def say_to_person(turn: Turn, me: Member, case: Case, text: str) -> None:
    """Relay a moderator's words to the person; without words, offer three canned replies, also by number."""
    about = None if case.about is None else turn.tx.members.by_id(case.about)
    code = conflicts.code(case)
    if (refusal := _refusal(turn, case, about)) is not None or about is None:
        turn.say(me, refusal or "mod-gone", case=code)
    elif not text.strip():
        _offer(turn, me, case, about)
    elif text.strip() in SENTENCES:
        _pass_on(turn, me, case, about, sentence(turn, case, about, text.strip()))
    elif len(text) > turn.book.practice.max_text:
        turn.say(me, "too-long", limit=turn.book.practice.max_text)
    elif any(one.certainty is Certainty.VALIDATED for one in _contacts(turn)):
        turn.say(me, "mod-say-contact", case=code)
    else:
        _pass_on(turn, me, case, about, text.strip())


def _contacts(turn: Turn) -> tuple[Contact, ...]:
    """Return contact details in these words, as screened before the transaction."""
    return () if turn.screening is None else turn.screening.contacts


def _refusal(turn: Turn, case: Case, about: Member | None) -> str | None:
    """Return the locale key of why nothing may be said here, or None."""
    if not talks.may_speak(case):
        return "mod-say-not-here"
    if about is None or about.stage is Stage.FAREWELL:
        return "mod-gone"
    return "mod-say-ended" if turn.tx.timers.find(talks.ENDED, case.id) is not None else None


def sentence(turn: Turn, case: Case, about: Member, number: str) -> str:
    """Return a canned reply in the person's language."""
    return turn.book.words.say(talks.locale_of(turn, about), f"voice-{mood(case, about)}-{number}")


def mood(case: Case, about: Member) -> str:
    """Return which set of canned replies fits: danger now, a hard time, or a matter to look into."""
    state = talks.crisis_of(about)
    if (state.level is not None and state.level >= Level.L3) or state.lane is SideLane.OVERDOSE:
        return "danger"
    return "hard" if case.concern in {Concern.CRISIS, Concern.WORRIED} else "matter"


def voice_form(press: FormPress) -> Form | None:
    """Return the form for what a moderator or their person wants to say; None where this talk is not theirs or over."""
    turn, member, verb = press.turn, press.member, press.token.verb
    case = turn.tx.cases.named(press.token.subject)
    if member is None or case is None:
        return None
    speaks = verb == "write" and staff.role_of(turn, member.id) in WORKERS and _refused_to(turn, member, case) is None
    answers = verb == "answer" and case.about == member.id and talks.is_talk_open(turn, case)
    return press.asking_words("form-voice-words", turn.book.practice.max_text) if speaks or answers else None


def _refused_to(turn: Turn, me: Member, case: Case) -> str | None:
    about = None if case.about is None else turn.tx.members.by_id(case.about)
    return conflicts.refusal_for(turn, me, case) or _refusal(turn, case, about)


def _offer(turn: Turn, me: Member, case: Case, about: Member) -> None:
    code, key = conflicts.code(case), mood(case, about)
    found = [(f"voice-{key}-{one}", Token("voice", code, f"use-{one}")) for one in SENTENCES]
    listed = "\n".join(f"{one}. {sentence(turn, case, about, one)}" for one in SENTENCES)
    text = turn.words(me, "mod-say-what", case=code, alias=case.alias, list=listed)
    choices = turn.choices(me, found)
    write = Choice(str(Token("voice", code, "write")), turn.words(me, "mod-say-write"), form=True)
    turn.show(me, Content((Span(text),), choices=(*choices, write)))


def _pass_on(turn: Turn, me: Member, case: Case, about: Member, text: str) -> None:
    """Record and relay it with top priority, and mirror it to whoever reads along."""
    first = not talks.has_spoken(turn, case)
    talks.open_talk(turn, case)
    casework.line(turn, case, LineKind.SAID, me, text)
    turn.tx.audit.add(turn.now, me.id, "say", case.id)
    _show(turn, case, about, text, first=first)
    turn.say(me, "mod-said", case=conflicts.code(case), alias=case.alias)
    for other in talks.listeners(turn, case):
        if other.id != me.id:
            show_moderator(turn, other, case, text, "mod-said-by-other")
    if first:
        _tell_buddies(turn, about)


def _show(turn: Turn, case: Case, about: Member, text: str, *, first: bool) -> None:
    reader = replace(about, locale=talks.locale_of(turn, about))
    code = conflicts.code(case)
    turn = turn.inside(about.id, conversations.key_of_case(case))
    if first:
        hello = turn.words(reader, "voice-hello", room="yes" if turn.tx.rooms.open_of(about.id) else "no")
        turn.show(about, Content((Span(hello),)), urgent=True)
    choices = (
        Choice(str(Token("voice", code, "answer")), turn.words(reader, "voice-answer"), form=True),
        *turn.choices(reader, (("voice-end", Token("voice", code, "end")),)),
    )
    content = Content((Span(text),), Voice.MODERATOR, turn.words(reader, "voice-author"), choices)
    turn.show(about, content, note=talks.note_in(turn, case), urgent=True)


def show_moderator(turn: Turn, reader: Member, case: Case, text: str, key: str) -> None:
    """Show a moderator a message of the case; a reply to it goes to the person."""
    code = conflicts.code(case)
    head = Span(turn.words(reader, key, alias=case.alias, case=code) + "\n", Style.STRONG)
    write = Choice(str(Token("voice", code, "write")), turn.words(reader, "mod-say-write"), form=True)
    turn.show(reader, Content((head, Span(text)), choices=(write,)), note=talks.note_in(turn, case), urgent=True)


def _tell_buddies(turn: Turn, about: Member) -> None:
    """Reassure a buddy who knows of the danger that they don't carry it alone."""
    if talks.crisis_of(about).shown_buddy is None:
        return
    for room in turn.tx.rooms.open_of(about.id):
        for seat in room.others(about.id):
            other = turn.tx.members.by_id(seat.member)
            if other is not None and not standing.blocks_relay(turn, about, room):
                turn.inside(other.id, room.id).say(other, "voice-buddy")


# ── Second chair ────────────────────────────────────────────────────────────────────────


def second(turn: Turn, me: Member, case: Case) -> None:
    """Join as second chair: read along, speak, and take over at any time."""
    code = conflicts.code(case)
    if not talks.may_speak(case):
        turn.say(me, "mod-say-not-here", case=code)
    elif case.claimed_by is None or case.claimed_by == me.id:
        casework.claim(turn, me, case)
    else:
        owner = turn.tx.members.by_id(case.claimed_by)
        talks.sit_second(turn, case, me.id)
        casework.line(turn, case, LineKind.SECOND, me)
        turn.tx.audit.add(turn.now, me.id, "second", case.id)
        turn.say(me, "mod-second", case=code, alias=case.alias)
        if owner is not None:
            turn.say(owner, "mod-second-there", case=code, alias=case.alias)


def take_over_talk(turn: Turn, me: Member, case: Case) -> None:
    """Swap chairs: the second chair gets the case, and who had it may read along."""
    owner = case.claimed_by
    casework.take_over_case(turn, me, case)
    if owner is not None:
        talks.sit_second(turn, case, owner)
        if (other := turn.tx.members.by_id(owner)) is not None:
            turn.say(other, "mod-taken-over", case=conflicts.code(case), alias=case.alias)
