"""Context of a moderator command. Case and arguments are checked here, before anything is done, so none can skip it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from buddybot.domain.kernel.commands import Command, Given
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.typed_arguments import chosen
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts

Bounds: TypeAlias = Mapping[tuple[str, str], tuple[int, int]]
"""Numbers by command and parameter, and between which they lie."""


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


def checked_arguments(turn: Turn, me: Member, command: Command, given: Given, bounds: Bounds) -> Given | None:
    """Return the arguments with each choice as the command knows it; None where the moderator heard what is wrong."""
    yes, no = (turn.book.replies.families.get(name, frozenset()) for name in ("yes", "no"))
    meant = dict[str, str]()
    for one in command.parameters:
        if given.lacks(one.name):
            continue
        if one.choices and (found := chosen(one, given[one.name], yes, no)) != given[one.name]:
            if found is None:
                turn.say(me, "mod-which", command=command.usage, name=one.name, list=", ".join(one.choices))
                return None
            meant[one.name] = found
        limits = bounds.get((command.name, one.name))
        if limits is not None and whole_number(given[one.name], *limits) is None:
            least, most = limits
            turn.say(me, "mod-number", command=command.usage, name=one.name, least=str(least), most=str(most))
            return None
    return replace(given, values={**given.values, **meant}) if meant else given
