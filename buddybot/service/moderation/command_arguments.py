"""Validation of a moderator's arguments: before a case is taken or anything is done, with a word on what would do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from buddybot.domain.kernel.commands import Command, Given
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.moderation.typed_arguments import chosen
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn

Bounds: TypeAlias = Mapping[tuple[str, str], tuple[int, int]]
"""Numbers by command and parameter, and between which they lie."""


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
