"""Menu for the moment: the few commands that fit where somebody is, and whatever else works now under "more".

No row is dead: what leads nowhere for this person, or in this house, is in neither.
"""

from collections.abc import Callable, Mapping

from buddybot.domain.dialog.misspelt_commands import misspelt_command
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.commands import COMMANDS, Command, Scope
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.kernel.places import ChannelKind
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.staff import WORKERS
from buddybot.domain.people.members import Member, Stage
from buddybot.service.care import sharing
from buddybot.service.kernel import staff, standing
from buddybot.service.kernel.turn import FIND, HELP, Asking, Buttons, Turn
from buddybot.service.moderation import staff_commands
from buddybot.service.people import home
from buddybot.service.talk import rooms

MOST = 6
MORE = ("menu-more", Token("menu", verb="more"))
GO_ON = ("intake-go-on", Token("home", verb="find"))
OWN: Mapping[str, tuple[str, Token]] = {
    "find": FIND,
    "answers": ("home-answers", Token("home", verb="answers")),
    "crisis": HELP,
    "stop": ("looking-stop", Token("home", verb="stop")),
    "go-on": GO_ON,
    "how": home.FIRST[1],
}
"""Rows that have a button of their own; every other one is a command of its name."""
BEFORE = ("find", "how", "privacy", "language", "crisis")
ASKED = ("go-on", "privacy", "language", "forget", "crisis")
TALKING = ("pause", "goodbye", "report", "block", "crisis")
LOOKING = ("status", "now", "circle", "stop", "answers", "crisis")
RESTING = ("resume", "answers", "quiet", "crisis")
ALONE = ("find", "now", "circle", "answers", "crisis")
HELD = ("appeal", "report", "privacy", "crisis")


def show_menu(turn: Turn, member: Member) -> None:
    """Show the rows of the moment, six at most, and the way to the others."""
    if staff.role_of(turn, member.id) in WORKERS:
        staff_commands.list_all(turn, member, "")
    rows = _rows(turn, member)[: MOST - 1]
    typed = ", ".join(f"/{name}" for name in rows if name not in OWN or name in {"find", "answers", "crisis"})
    text = turn.words(member, "help-title", list=typed)
    buttons: Buttons = (*(_button(name) for name in rows), MORE)
    turn.show(member, Content((Span(text),), choices=turn.choices(member, buttons)))


def suggest_command(turn: Turn, member: Member, typed: str) -> None:
    """Offer the command whose name or alias a typed one is a slip away from; where none leads anywhere, the menu."""
    near = misspelt_command(typed)
    if near is None or not (works_now(turn, member, near) or near.name == "help"):
        turn.say(member, "no-such-command")
        show_menu(turn, member)
        return
    meant = (_button(near.name), MORE)
    reads = ((str(meant[0][1]), "question.yes"),)
    asking = Asking(Unfit.PASSING, "no-such-command", reads=reads)
    turn.say(member, "no-such-command-near", buttons=meant, asking=asking, name=near.name)


def press_menu(turn: Turn, member: Member, verb: str) -> None:
    """Button handler of the menu: list what else works now."""
    if verb != "more":
        turn.say(member, "stale-button")
        return
    known = _rows(turn, member)
    rest = [one for one in COMMANDS if one.name not in known and works_now(turn, member, one)]
    lines = [turn.words(member, "help-line", name=one.name, help=turn.words(member, one.help)) for one in rest]
    text = "\n".join((turn.words(member, "help-more"), *lines))
    turn.show(member, Content((Span(text),), choices=turn.choices(member, (_button(known[0]), HELP))))


def works_now(turn: Turn, member: Member, command: Command) -> bool:
    """Return whether a command leads anywhere for this person now."""
    inside = member.stage not in {Stage.GREETED, Stage.GATES}
    if command.scope is Scope.MODERATOR or (command.scope is Scope.MEMBER and not inside and command.name != "find"):
        return False
    needs = NEEDS.get(command.name)
    return needs is None or needs(turn, member)


def _rows(turn: Turn, member: Member) -> tuple[str, ...]:
    if member.stage is Stage.GREETED:
        return BEFORE
    if member.stage in {Stage.GATES, Stage.INTAKE}:
        return ASKED
    if standing.is_suspended(turn, member):
        return HELD
    if _talks(turn, member):
        return ("resume", *TALKING[1:]) if member.paused(turn.now) else TALKING
    if member.paused(turn.now):
        return RESTING
    return LOOKING if member.stage is Stage.LOOKING else ALONE


def _button(name: str) -> tuple[str, Token]:
    return OWN.get(name) or (f"command-{name}", Token("command", verb=name))


def _talks(turn: Turn, member: Member) -> bool:
    return rooms.room_of(turn, member) is not None


def _free(turn: Turn, member: Member) -> bool:
    waits = member.stage is Stage.LOOKING or turn.tx.offers.open_for(member.id) is not None
    return not waits and not _talks(turn, member)


NEEDS: Mapping[str, Callable[[Turn, Member], bool]] = {
    "find": _free,
    "goodbye": _talks,
    "block": _talks,
    "unsend": _talks,
    "photos": sharing.is_possible,
    "write": lambda turn, _: any(one.kind is ChannelKind.ANONYMOUS for one in turn.book.channels),
    "unlink": lambda _, member: member.private.linked,
    "link": lambda turn, _: len(turn.platforms) != 1,
    "resume": lambda turn, member: member.paused(turn.now),
    "pause": lambda turn, member: not member.paused(turn.now),
    "appeal": standing.is_suspended,
    "help": lambda turn, member: False,  # noqa: ARG005 - it is the list itself
}
"""What must be so for a command to lead anywhere."""
