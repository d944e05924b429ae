"""Context of a moderator command. Permission and case are resolved here, so no command can skip the check."""

from collections.abc import Callable
from dataclasses import dataclass

from buddybot.domain.kernel.commands import Given
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.moderation.cases import Case
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts


@dataclass(frozen=True, slots=True)
class ModeratorContext:
    """Context of a moderator command: who gives it, in which transaction."""

    turn: Turn
    me: Member

    def say(self, key: str, **words: str | int) -> None:
        """Reply to the moderator."""
        self.turn.show(self.me, Content((Span(self.turn.words(self.me, key, **words)),)))


def case_of(context: ModeratorContext, word: str) -> Case | None:
    """Resolve the case meant, if this moderator may act on it."""
    case = context.turn.tx.cases.named(word.strip().lower())
    if case is None:
        context.say("mod-no-case")
        return None
    if (refusal := conflicts.refusal_for(context.turn, context.me, case)) is not None:
        context.turn.tx.audit.add(context.turn.now, context.me.id, "refused", case.id)
        context.say(refusal, case=conflicts.code(case))
        return None
    return case


def claimed(context: ModeratorContext, word: str) -> Case | None:
    """Resolve the case meant and assign it to them: whoever acts on it has it."""
    case = case_of(context, word)
    if case is None or not casework.claim(context.turn, context.me, case):
        return None
    return context.turn.tx.cases.by_id(case.id)


def on_case(do: Callable[[ModeratorContext, Case, Given], None]) -> Callable[[ModeratorContext, Given], None]:
    """Return a command bound to the case named, once it is theirs."""

    def doing(context: ModeratorContext, given: Given) -> None:
        if (case := claimed(context, given["case"])) is not None:
            do(context, case, given)

    return doing
