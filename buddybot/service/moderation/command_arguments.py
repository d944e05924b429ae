"""Validation of a moderator's arguments: before a case is taken or anything is done, with a word on what would do."""

from collections.abc import Mapping
from dataclasses import replace

from buddybot.domain.kernel.commands import Command, Given
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.moderation.typed_arguments import chosen
from buddybot.domain.people.members import Member
from buddybot.service.channels import tools as channel_tools
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation.desk.case_forms import LONGEST_MUTE

LONGEST_WATCH = 24 * 14
BOUNDS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("mute", "hours"): (1, LONGEST_MUTE),
    ("watch", "hours"): (1, LONGEST_WATCH),
    ("slowmode", "seconds"): (0, channel_tools.SLOWEST),
    ("purge", "count"): (1, channel_tools.MOST),
}
"""Numbers by command and parameter, and between which they lie."""


def checked(turn: Turn, me: Member, command: Command, given: Given) -> Given | None:
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
        if (bounds := BOUNDS.get((command.name, one.name))) and whole_number(given[one.name], *bounds) is None:
            least, most = bounds
            turn.say(me, "mod-number", command=command.usage, name=one.name, least=str(least), most=str(most))
            return None
    return replace(given, values={**given.values, **meant}) if meant else given
