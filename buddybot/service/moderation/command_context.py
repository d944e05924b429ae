"""Who gives a moderator's command, and on which case: asked here for every command, so that none can forget it."""

from collections.abc import Callable
from dataclasses import dataclass

from buddybot.domain.kernel.commands import Given
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.moderation.cases import Case
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts

DIGITS = 5


@dataclass(frozen=True, slots=True)
class Chair:
    """Who gives the command, in which turn."""

    turn: Turn
    me: Member

    def say(self, key: str, **words: str | int) -> None:
        """Answer."""
        self.turn.show(self.me, Content((Span(self.turn.words(self.me, key, **words)),)))


def case_of(chair: Chair, word: str) -> Case | None:
    """Return the case meant, if this moderator may act on it."""
    case = chair.turn.tx.cases.named(word.strip().lower())
    if case is None:
        chair.say("mod-no-case")
        return None
    if (refusal := conflicts.refusal_for(chair.turn, chair.me, case)) is not None:
        chair.turn.tx.audit.add(chair.turn.now, chair.me.id, "refused", case.id)
        chair.say(refusal, case=conflicts.code(case))
        return None
    return case


def claimed(chair: Chair, word: str) -> Case | None:
    """Return the case meant, claimed by them: whoever acts on it has it."""
    case = case_of(chair, word)
    if case is None or not casework.claim(chair.turn, chair.me, case):
        return None
    return chair.turn.tx.cases.by_id(case.id)


def on_case(do: Callable[[Chair, Case, Given], None]) -> Callable[[Chair, Given], None]:
    """Return the command that does this on the case named, once it is theirs."""

    def doing(chair: Chair, given: Given) -> None:
        if (case := claimed(chair, given["case"])) is not None:
            do(chair, case, given)

    return doing


def number(text: str, most: int) -> int | None:
    """Return the whole number from 1 to `most` that was typed, or None."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS and 1 <= int(text) <= most else None
