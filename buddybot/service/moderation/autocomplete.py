"""Autocompletion of moderators' commands: cases, aliases, rules, channels; nothing that they may not see."""

from collections.abc import Iterable

from buddybot.domain.kernel.commands import Command
from buddybot.domain.kernel.messages import Address, Choice
from buddybot.domain.kernel.places import ChannelKind
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.moderation.desk import Item
from buddybot.domain.moderation.staff import WORKERS
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation.desk import views as desk_views


def of(turn: Turn, address: Address, command: Command, parameter: str, typed: str) -> tuple[Choice, ...]:
    """Return completions of what was typed; empty for everybody who is no moderator."""
    me = turn.tx.members.by_address(address)
    if me is None or staff.role_of(turn, me.id) not in WORKERS:
        return ()
    word = typed.casefold().strip()
    found = _choices(turn, me, command, parameter)
    return tuple(one for one in found if word in one.label.casefold() or one.token.casefold().startswith(word))


def _choices(turn: Turn, me: Member, command: Command, parameter: str) -> Iterable[Choice]:
    match parameter:
        case "case" | "into":
            return [Choice(one.case, _label(turn, me, one)) for one in desk_views.queue(turn, me) if one.allowed]
        case "alias":
            aliases = dict.fromkeys(one.alias for one in desk_views.queue(turn, me) if one.allowed)
            return [Choice(one, one) for one in aliases]
        case "rule":
            return [Choice(str(number), turn.words(me, f"rule-{number}")) for number in range(1, 13)]
        case "channel":
            return [Choice(one.key, one.title) for one in turn.book.channels if one.kind is not ChannelKind.MODERATORS]
        case "kind":
            return [Choice(one.value, turn.words(me, f"concern-{one}")) for one in Concern]
        case _:
            fixed = [choice for one in command.parameters if one.name == parameter for choice in one.choices]
            return [Choice(one, one) for one in fixed]


def _label(turn: Turn, me: Member, one: Item) -> str:
    return f"{one.priority} {one.alias} ({turn.words(me, f'concern-{one.concern}')})"
