"""Request for a moderator: a case is opened or joined, and somebody is paged."""

from datetime import timedelta

from buddybot.domain.crisis.steps import shields
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, CasePriority, Concern
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.moderation import casework, conflicts, paging
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.moderation.voice import talks
from buddybot.store.kernel.timers import Timer

AGAIN = timedelta(minutes=15)
"""How often asking calls somebody: tapping twice is no second call."""


def wanted(turn: Turn, text: str) -> bool:
    """Return whether these words are the button, typed whole."""
    words = turn.book.words
    return plain(text) in {plain(words.say(locale, "moderator-talk")) for locale in words.locales()}


def talk(turn: Turn, member: Member) -> None:
    """Page a moderator for somebody who asks; where nobody is on shift, say so, help lines first."""
    if not turn.tx.staff.all(turn.now):
        talks.tell_with_numbers(turn, member, "moderator-none", (HELP,))
        return
    scene = talks.scene_of(turn, member)
    crisis = shields(talks.crisis_of(member), scene, turn.book.pace)
    before = talks.open_about(turn, member.id)
    if before is None or turn.tx.timers.find(talks.ASKED, before.id) is None:
        before = _call(turn, member, Concern.CRISIS if crisis else Concern.OTHER)
    buttons = (("voice-end", Token("voice", conflicts.code(before), "end")), HELP)
    talks.tell_with_numbers(turn, member, "moderator-called" if scene.on_shift else "moderator-off", buttons)


def _call(turn: Turn, member: Member, concern: Concern) -> Case:
    case = casework.open_case(turn, CaseReport(concern, member.id, priority=CasePriority.P1))
    turn.tx.timers.cancel(talks.ENDED, case.id)
    talks.open_talk(turn, case)
    turn.tx.timers.set(Timer(talks.ASKED, case.id, turn.now + AGAIN, member.id))
    turn.tx.audit.add(turn.now, "bot", "ask", case.id)
    paging.ask_colleagues(turn, case)
    return case
