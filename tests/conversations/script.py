"""Crisis conversations as data: one TOML file a kind, each line with what must be seen after it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Line:
    """What one person does, and what follows. Words in brackets are a tap; a `~` in front changes the last message.

    `sees` and `buddy` name cards by their key in crisis.ftl ("danger|danger-again"); `reads`, `buddy_reads`, `never`
    and `words` are patterns. `quiet` says that the bot leaves it to the two. `kept` says that the note reaches nobody.
    `case` is the gravest case about who speaks, "" for none; `buddy_case` is that about the other one.
    """

    ann: str = ""
    ben: str = ""
    wait: float = 0
    """Minutes that pass."""
    sees: str = ""
    reads: str = ""
    never: str = ""
    quiet: bool = False
    kept: bool = False
    buddy: str = ""
    buddy_reads: str = ""
    buddy_quiet: bool = False
    case: str | None = None
    buddy_case: str | None = None
    words: str = ""
    resumes: bool = False
    """The questions of the intake, or the house, have a right to come now."""

    @property
    def who(self) -> str:
        """Return who speaks."""
        return "ann" if self.ann else "ben"

    @property
    def what(self) -> str:
        """Return what they say or tap."""
        return self.ann or self.ben


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation, from where it starts. `allows` are keys of locale strings that are forbidden elsewhere."""

    name: str
    start: str
    lines: tuple[Line, ...]
    locale: str = "en"
    shift: bool = False
    allows: tuple[str, ...] = ()
    never: str = ""
    """What nobody may read anywhere in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A conversation and the file it stands in."""

    kind: str
    conversation: Conversation

    def __str__(self) -> str:
        return f"{self.kind}: {self.conversation.name}"


def load() -> Iterator[Written]:
    """Yield every conversation of the folder."""
    for path in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["conversation"]:
            lines = tuple(Line(**line) for line in row.pop("lines"))
            yield Written(path.stem, Conversation(lines=lines, **row))
