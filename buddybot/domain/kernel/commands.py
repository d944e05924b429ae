"""Command registry: one table that every adapter draws natively (slash commands, menus, forms, typed text)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from buddybot.domain.kernel.messages import SHARED
from buddybot.domain.kernel.tokens import Token


class Scope(StrEnum):
    """Permission scope of a command; checked again in the core, whatever the platform allowed."""

    ANYONE = "anyone"
    """Also before consent, while muted or removed."""
    MEMBER = "member"
    MODERATOR = "moderator"


class Where(StrEnum):
    """Contexts in which a command may be used."""

    PRIVATE = "private"
    EVERYWHERE = "everywhere"
    """In a shared place too; the answer is then for the caller's eyes only."""
    MODERATORS = "moderators"
    """In the moderators' places, and in a moderator's private chat; the answer is for the caller's eyes only."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One typed argument; its help is `command-NAME-PARAMETER`.

    `kind` is text, choice (of `choices`), id, or message: that is the message a command answers or was used on. It
    comes from a reply or from a message's menu, and is never drawn as something to fill in.
    """

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """Parsed arguments of a command: what was not given is empty, what is not declared can't be asked for."""

    declared: frozenset[str]
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    refused: tuple[str, ...] = ()
    """Names that came and are not declared."""

    def __getitem__(self, name: str) -> str:
        """Return what was given, or "". A name that the command does not declare is a bug."""
        if name not in self.declared:
            raise KeyError(name)
        return self.values.get(name, "")

    def lacks(self, name: str) -> bool:
        """Return whether nothing was given under this name."""
        return name not in self.values or not self.values[name].strip()


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Its help text is the locale string `command-NAME`; `aliases` are other words people type.

    `public` says that it may be listed where everybody reads: to be seen typing it names nobody's trouble.
    """

    name: str
    scope: Scope = Scope.MEMBER
    where: Where = Where.EVERYWHERE
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    group: str = ""
    public: bool = False

    @property
    def help(self) -> str:
        """The locale key of the one-line help."""
        return f"command-{self.name}"

    @property
    def inputs(self) -> tuple[Parameter, ...]:
        """The parameters that a person fills in."""
        return tuple(one for one in self.parameters if one.kind != "message")

    @property
    def usage(self) -> str:
        """Syntax as it is typed: "/mod mute CASE RULE HOURS REASON"."""
        group = f"{self.group} " if self.scope is Scope.MODERATOR else ""
        return " ".join((f"/{group}{self.name}", *(one.name.upper() for one in self.inputs)))

    def parse(self, arguments: Mapping[str, str]) -> Given:
        """Parse arguments by name; those that are not declared are refused."""
        declared = frozenset(one.name for one in self.parameters)
        values = {name: value for name, value in arguments.items() if name in declared}
        return Given(declared, values, tuple(sorted(set(arguments) - declared)))

    def typed(self, rest: str) -> dict[str, str]:
        """Split typed words onto the parameters a person fills in: one word for each, all that is left for the last."""
        if not self.inputs:
            return {}
        words = rest.split(maxsplit=len(self.inputs) - 1)
        return {one.name: word.strip() for one, word in zip(self.inputs, words, strict=False)}


class MenuAbout(StrEnum):
    """Object of a context menu: what its entries are used on."""

    MESSAGE = "message"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """One entry of a platform's context menu, named by the locale string `key` (at most 32 letters).

    It is reported as a press of its token: with the message, or with the account of the person as its subject. Who may
    use it is decided when it is pressed; `scope` says to whom it is worth showing.
    """

    verb: str
    key: str
    about: MenuAbout
    scope: Scope = Scope.ANYONE

    def token(self, account: str = "") -> str:
        """Return the token of a press of it."""
        return str(Token("form", account if self.about is MenuAbout.PERSON else "", self.verb))


MENU: tuple[ContextEntry, ...] = (
    ContextEntry("report", "discord-report", MenuAbout.MESSAGE),
    ContextEntry("person", "menu-person", MenuAbout.PERSON),
    ContextEntry("lookup", "menu-lookup", MenuAbout.MESSAGE, Scope.MODERATOR),
    ContextEntry("takedown", "menu-takedown", MenuAbout.MESSAGE, Scope.MODERATOR),
    ContextEntry("case", "menu-case", MenuAbout.MESSAGE, Scope.MODERATOR),
)
"""Context menus, on platforms that have some. Each can be done with a button or a command as well."""

_MESSAGE = Parameter("message", "message")
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
    Command("crisis", Scope.ANYONE, aliases=("sos", "911", "112", "999", "988", "emergency"), public=True),
    Command("help", Scope.ANYONE, aliases=("start", "menu", "commands"), public=True),
    Command("privacy", Scope.ANYONE),
    Command(
        "find",
        parameters=(Parameter("who", "choice", choices=("buddy", "mentor")),),
        aliases=("match", "search"),
        group="buddy",
    ),
    Command("circle", aliases=("group",), group="buddy"),
    Command("now", aliases=("talk",), group="buddy"),
    Command("oncall", parameters=(Parameter("hours"),), group="buddy"),
    Command("status", group="buddy"),
    Command("pause", parameters=(Parameter("days"),), group="buddy"),
    Command("resume", aliases=("unpause", "continue"), group="buddy"),
    Command("deal", aliases=("agreement",), group="buddy"),
    Command("opener", aliases=("starter", "icebreaker"), group="buddy"),
    Command("less", aliases=("slower",), group="buddy"),
    Command(
        "photos",
        parameters=(Parameter("state", "choice", choices=("on", "off")),),
        aliases=("photo", "pictures", "voice", "media"),
        group="buddy",
    ),
    Command("goodbye", aliases=("bye", "unmatch", "leave"), group="buddy"),
    Command("block", group="buddy"),
    Command("report", parameters=(_MESSAGE, Parameter("text")), aliases=("flag",), group="buddy", public=True),
    Command("appeal", Scope.ANYONE, Where.PRIVATE, group="buddy"),
    Command("unsend", parameters=(_MESSAGE,), aliases=("undo",), group="buddy"),
    Command("write", parameters=(Parameter("channel"), Parameter("words"))),
    Command("answers", aliases=("settings", "profile"), group="me"),
    Command("quiet", parameters=(Parameter("hours"),), group="me"),
    Command("notify", parameters=(Parameter("state", "choice", choices=("on", "off")),), group="me"),
    Command("chart", aliases=("weeks",), group="me"),
    Command("checkin", parameters=(Parameter("when"),), aliases=("checkins",), group="me"),
    Command("milestones", parameters=(Parameter("name"),), aliases=("milestone", "days"), group="me"),
    Command("remember", parameters=(Parameter("day"),), aliases=("remembrance", "anniversary"), group="me"),
    Command("wisdom", parameters=(Parameter("topic"),), aliases=("library", "stories"), group="me"),
    Command(
        "counted",
        Scope.ANYONE,
        Where.PRIVATE,
        parameters=(Parameter("state", "choice", choices=("on", "off")),),
        group="me",
    ),
    Command(
        "research",
        Scope.ANYONE,
        Where.PRIVATE,
        parameters=(Parameter("state", "choice", choices=("on", "off")),),
        group="me",
    ),
    Command("mentor", parameters=(Parameter("what"),), aliases=("mentors", "mentoring"), group="me"),
    Command("language", Scope.ANYONE, parameters=(Parameter("language"),), group="me"),
    Command("join", Scope.ANYONE, Where.PRIVATE, parameters=(Parameter("code"),), aliases=("invite",), group="me"),
    Command("link", Scope.ANYONE, Where.PRIVATE, parameters=(Parameter("word"),), group="me"),
    Command("unlink", Scope.ANYONE, Where.PRIVATE, group="me"),
    Command("export", Scope.ANYONE, Where.PRIVATE, group="me"),
    Command("forget", Scope.ANYONE, Where.PRIVATE, aliases=("delete", "erase"), group="me"),
    _mod("queue"),
    _mod("case", _CASE),
    _mod("claim", _CASE),
    _mod("note", _CASE, Parameter("text", required=True)),
    _mod("say", _CASE, Parameter("text")),
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
    _mod("release", _CASE, Parameter("text"), group="casework"),
    _mod("merge", _CASE, Parameter("into", "id", required=True), group="casework"),
    _mod("recuse", _CASE, group="casework"),
    _mod("escalate", _CASE, group="casework"),
    _mod("second", _CASE, group="casework"),
    _mod("takedown", _CASE, group="casework"),
    _mod("watch", _CASE, Parameter("hours", required=True), group="casework"),
    _mod(
        "decide",
        _CASE,
        Parameter("outcome", "choice", required=True, choices=("upheld", "reduced", "overturned")),
        group="casework",
    ),
    _mod("review", group="casework"),
    _mod("approve", Parameter("story", "id", required=True), Parameter("topics"), group="casework"),
    _mod("decline", Parameter("story", "id", required=True), group="casework"),
    _mod(
        "mentorship",
        _CASE,
        Parameter("answer", "choice", required=True, choices=("yes", "later", "ask")),
        Parameter("question", "choice", choices=("time", "hard", "why")),
        group="casework",
    ),
    _mod("optout", Parameter("kind", "id"), group="casework"),
    _mod("reveal", _CASE, _WHY, group="casework"),
)

BY_WORD: dict[str, Command] = {word: command for command in COMMANDS for word in (command.name, *command.aliases)}
"""Every name and alias, and the command it means."""


def merged(arguments: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return arguments by name; what came twice under one name (a text, and the text it answers) is both."""
    found: dict[str, str] = {}
    for name, value in arguments:
        found[name] = f"{found[name]}{SHARED}{value}" if found.get(name) else value
    return found
