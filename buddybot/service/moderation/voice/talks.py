"""State of a moderator's talk with the person of a case, kept in timers so that a restart forgets nothing.

Nothing here speaks, so that casework can close a talk without knowing how one goes.
"""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.crisis.conversation import CrisisState, Scene
from buddybot.domain.crisis.help_lines import country_of
from buddybot.domain.crisis.state_text import care_from
from buddybot.domain.crisis.variables import words
from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.messages import Content, NoteId, Span
from buddybot.domain.moderation.cases import Case, CasePriority, Concern, State
from buddybot.domain.moderation.desk import SPOKEN
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.conversations import TALK
from buddybot.service.kernel.turn import Buttons, Turn
from buddybot.store.kernel.timers import Timer

WORDS, SECOND, ENDED, ASKED = "voice-words", "voice-second", "voice-ended", "voice-asked"
RESTS = timedelta(hours=24)
"""How long a moderator stays silent after the person ended a talk, unless the person asks for one."""
_MARK = "voice-"


def may_speak(case: Case) -> bool:
    """Return whether a moderator may write here: an open P0 or P1 about somebody, and nothing else."""
    urgent = case.priority in {CasePriority.P0, CasePriority.P1} and case.concern is not Concern.APPEAL
    return urgent and case.state is not State.CLOSED and case.about is not None


def open_talk(turn: Turn, case: Case) -> None:
    """Open the talk or extend it; its text is retained for three days after the first word."""
    until = turn.now + turn.book.retention.crisis_words
    turn.tx.timers.set(Timer(TALK, case.id, until, case.about))
    if turn.tx.timers.find(WORDS, case.id) is None:
        turn.tx.timers.set(Timer(WORDS, case.id, until))


def open_about(turn: Turn, member: MemberId) -> Case | None:
    """Return the case with an open talk about this person."""
    found = [turn.tx.cases.by_id(CaseId(one.subject)) for one in turn.tx.timers.of_member(member) if one.kind == TALK]
    return next((case for case in found if case is not None and case.about == member and may_speak(case)), None)


def is_talk_open(turn: Turn, case: Case) -> bool:
    """Return whether a talk goes on in this case."""
    return turn.tx.timers.find(TALK, case.id) is not None


def close_talk(turn: Turn, case: Case) -> bool:
    """Close the talk and release the second chair; return whether one was open."""
    turn.tx.timers.cancel(SECOND, case.id)
    turn.tx.timers.cancel(ENDED, case.id)
    turn.tx.timers.cancel(ASKED, case.id)
    return turn.tx.timers.cancel(TALK, case.id)


def has_spoken(turn: Turn, case: Case) -> bool:
    """Return whether anything was said in this case yet."""
    return any(one.kind in SPOKEN for one in turn.tx.records.lines(case.id))


# ── Who listens ─────────────────────────────────────────────────────────────────────────


def sit_second(turn: Turn, case: Case, me: MemberId) -> None:
    """Assign the second chair of a case: one person, for as long as a talk may last."""
    until = turn.now + turn.book.retention.crisis_words
    turn.tx.timers.set(Timer(SECOND, case.id, until, me, payload=me))


def second_of(turn: Turn, case: Case) -> MemberId | None:
    """Return the holder of the second chair."""
    found = turn.tx.timers.find(SECOND, case.id)
    return None if found is None else found.member


def listeners(turn: Turn, case: Case) -> list[Member]:
    """Return who reads along: the assignee and the second chair."""
    ids = [one for one in (case.claimed_by, second_of(turn, case)) if one is not None]
    found = [turn.tx.members.by_id(one) for one in dict.fromkeys(ids)]
    return [one for one in found if one is not None]


# ── Names ───────────────────────────────────────────────────────────────────────────────


def note_in(turn: Turn, case: Case) -> NoteId:
    """Return a fresh note id that encodes its case, so that a reply finds its way back."""
    return NoteId(f"{_MARK}{case.id}-{turn.world.new_id()}")


def case_of_note(turn: Turn, note: NoteId) -> Case | None:
    """Return the case that a note id encodes."""
    if not note.startswith(_MARK):
        return None
    case, _, _ = note.removeprefix(_MARK).rpartition("-")
    return turn.tx.cases.by_id(CaseId(case))


def crisis_of(member: Member) -> CrisisState:
    """Return somebody's crisis state: level, what was shown, the language they wrote in."""
    return care_from(member.private.care)


def locale_of(turn: Turn, member: Member) -> str:
    """Return the locale for somebody: the one they cried in, else their usual one."""
    spoke = crisis_of(member).language
    return spoke if spoke in turn.book.words.locales() else member.locale


def tell_with_numbers(turn: Turn, member: Member, key: str, buttons: Buttons = ()) -> None:
    """Send copy that names help lines, in the language they cried in."""
    reader = replace(member, locale=locale_of(turn, member))
    room = "yes" if turn.tx.rooms.open_of(member.id) else "no"
    arguments = {**dict(words(scene_of(turn, member))), "room": room}
    text = turn.words(reader, key, **arguments)
    turn.show(member, Content((Span(text),), choices=turn.choices(reader, buttons)))


def scene_of(turn: Turn, member: Member) -> Scene:
    """Return the variables of copy about help lines: numbers come before any word about moderators."""
    country = country_of(turn.book.countries, member.private.country)
    return Scene(turn.now, country, on_shift=staff.anyone(turn))
