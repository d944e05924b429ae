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


COMMANDS: tuple[Command, ...] = (
    Command("crisis", Scope.ANYONE, aliases=("sos", "911", "112", "999", "988", "emergency")),
    Command("help", Scope.ANYONE, aliases=("start", "menu", "commands")),
    Command("privacy", Scope.ANYONE),
    Command("find", aliases=("match", "search"), group="buddy"),
    Command("status", group="buddy"),
    Command("pause", parameters=(Parameter("days"),), group="buddy"),
    Command("resume", aliases=("unpause", "continue"), group="buddy"),
    Command("goodbye", aliases=("bye", "unmatch", "leave"), group="buddy"),
    Command("block", group="buddy"),
    Command("report", aliases=("flag",), group="buddy"),
    Command("unsend", aliases=("undo",), group="buddy"),
    Command("write", parameters=(Parameter("channel"), Parameter("words"))),
    Command("answers", aliases=("settings", "profile"), group="me"),
    Command("quiet", parameters=(Parameter("hours"),), group="me"),
    Command("language", Scope.ANYONE, parameters=(Parameter("language"),), group="me"),
    Command("link", Scope.ANYONE, Where.PRIVATE, parameters=(Parameter("word"),), group="me"),
    Command("unlink", Scope.ANYONE, Where.PRIVATE, group="me"),
    Command("export", Scope.ANYONE, Where.PRIVATE, group="me"),
    Command("forget", Scope.ANYONE, Where.PRIVATE, aliases=("delete", "erase"), group="me"),
)

BY_WORD: dict[str, Command] = {word: command for command in COMMANDS for word in (command.name, *command.aliases)}
"""Every name and alias, and the command it means."""
