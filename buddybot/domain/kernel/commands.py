"""The one table of commands: every adapter draws the same natively (slash commands, menus, forms, typed text)."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Who may use a command; checked again in the core, whatever the platform allowed."""

    ANYONE = "anyone"
    """Also before consent, while muted or removed."""
    MEMBER = "member"
    MODERATOR = "moderator"


class Where(StrEnum):
    """Where a command may be used."""

    PRIVATE = "private"
    EVERYWHERE = "everywhere"
    """In a shared place too; the answer is then for the caller's eyes only."""
    MODERATORS = "moderators"
    """In the moderators' places, and in a moderator's private chat; the answer is for the caller's eyes only."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One typed argument: kind is text, choice (of `choices`) or id; its help is `command-NAME-PARAMETER`."""

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Its help text is the locale string `command-NAME`; `aliases` are other words people type."""

    name: str
    scope: Scope = Scope.MEMBER
    where: Where = Where.EVERYWHERE
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    group: str = ""

    @property
    def help(self) -> str:
        """The locale key of the one-line help."""
        return f"command-{self.name}"


_CASE = Parameter("case", "id", required=True)
_RULE = Parameter("rule", "choice", required=True, choices=tuple(str(number) for number in range(1, 13)))
_WHY = Parameter("reason", required=True)
_CHANNEL = Parameter("channel", "id", required=True)
_STATE = Parameter("state", "choice", required=True, choices=("on", "off"))


def _mod(name: str, *parameters: Parameter, group: str = "mod") -> Command:
    return Command(name, Scope.MODERATOR, Where.MODERATORS, parameters, group=group)


STAFF_GROUPS = ("mod", "casework")
"""Two, since Discord takes 25 commands of one group."""

COMMANDS: tuple[Command, ...] = (
    Command("crisis", Scope.ANYONE, aliases=("sos", "911", "112", "999", "988", "emergency")),
    Command("help", Scope.ANYONE, aliases=("start", "menu", "commands")),
    Command("privacy", Scope.ANYONE),
    Command("find", aliases=("match", "search"), group="buddy"),
    Command("circle", aliases=("group",), group="buddy"),
    Command("now", aliases=("talk",), group="buddy"),
    Command("oncall", parameters=(Parameter("hours"),), group="buddy"),
    Command("status", group="buddy"),
    Command("pause", parameters=(Parameter("days"),), group="buddy"),
    Command("resume", aliases=("unpause", "continue"), group="buddy"),
    Command("goodbye", aliases=("bye", "unmatch", "leave"), group="buddy"),
    Command("block", group="buddy"),
    Command("report", aliases=("flag",), group="buddy"),
    Command("appeal", Scope.ANYONE, Where.PRIVATE, group="buddy"),
    Command("unsend", aliases=("undo",), group="buddy"),
    Command("write", parameters=(Parameter("channel"), Parameter("words"))),
    Command("answers", aliases=("settings", "profile"), group="me"),
    Command("quiet", parameters=(Parameter("hours"),), group="me"),
    Command("language", Scope.ANYONE, parameters=(Parameter("language"),), group="me"),
    Command("link", Scope.ANYONE, Where.PRIVATE, parameters=(Parameter("word"),), group="me"),
    Command("unlink", Scope.ANYONE, Where.PRIVATE, group="me"),
    Command("export", Scope.ANYONE, Where.PRIVATE, group="me"),
    Command("forget", Scope.ANYONE, Where.PRIVATE, aliases=("delete", "erase"), group="me"),
    _mod("queue"),
    _mod("case", _CASE),
    _mod("claim", _CASE),
    _mod("note", _CASE, Parameter("text", required=True)),
    _mod("remind", _CASE, _RULE, _WHY),
    _mod("warn", _CASE, _RULE, _WHY),
    _mod("mute", _CASE, _RULE, Parameter("hours", required=True), _WHY),
    _mod("unmute", _CASE),
    _mod("quarantine", _CASE, _RULE, _WHY),
    _mod("remove", _CASE, _RULE, Parameter("days", required=True), _WHY),
    _mod("lift", _CASE),
    _mod("unpair", _CASE),
    _mod("close", _CASE),
    _mod("slowmode", _CHANNEL, Parameter("seconds", required=True)),
    _mod("purge", _CHANNEL, Parameter("count", required=True)),
    _mod("lock", _CHANNEL, _STATE),
    _mod("announce", _CHANNEL, Parameter("text", required=True)),
    _mod("lookup", Parameter("alias", "id", required=True)),
    _mod("shift", Parameter("state", "choice", required=True, choices=("on", "off", "rest"))),
    _mod("handover"),
    _mod("desk", _STATE),
    _mod("release", _CASE, group="casework"),
    _mod("merge", _CASE, Parameter("into", "id", required=True), group="casework"),
    _mod("recuse", _CASE, group="casework"),
    _mod("escalate", _CASE, group="casework"),
    _mod("watch", _CASE, Parameter("hours", required=True), group="casework"),
    _mod(
        "decide",
        _CASE,
        Parameter("outcome", "choice", required=True, choices=("upheld", "reduced", "overturned")),
        group="casework",
    ),
    _mod("optout", Parameter("kind", "id"), group="casework"),
    _mod("reveal", _CASE, _WHY, group="casework"),
)

BY_WORD: dict[str, Command] = {word: command for command in COMMANDS for word in (command.name, *command.aliases)}
"""Every name and alias, and the command it means."""
