"""Every sentence in data/locales is said by something: a dead one is translated and reviewed for nothing."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from buddybot.content import content_dir

ROOT = Path(__file__).parents[2]
SOURCES = tuple(sorted(path for tree in ("buddybot", "adapters") for path in (ROOT / tree).rglob("*.py")))
PAGES = tuple(sorted(path for path in (ROOT / "adapters").rglob("*") if path.suffix in {".html", ".js"}))

# Keys that the code composes: what stands before the part that varies. That part must be a word that product code or a
# table of content holds, so the words of a choice, a concern or a command that is gone are found.
FAMILIES = (
    *("case-label", "case-level"),
    *("appeal", "care-choice", "channel-about", "channel-prompt", "checkin", "circle", "concern", "control"),
    *(
        "crisis",
        "deal",
        "desk-about",
        "desk-chart",
        "desk-do",
        "desk-line",
        "desk-outcome",
        "desk-priority",
        "desk-refused",
    ),
    *("desk-role", "desk-soon", "desk-step", "forget", "goodbye", "held", "interest", "language", "link", "meaning"),
    *(
        "deal-hours",
        "deal-limits",
        "deal-pace",
        "going",
        "milestone",
        "milestone-kind",
        "remember-when",
        "date",
        "own-distraction",
        "own-hour",
        "own-often",
        "own",
        "going-after",
        "mod-state",
        "notice",
        "nudge",
        "offer",
        "oncall",
        "practice",
        "question",
        "reason",
        "report",
        "rule",
        "sanction",
    ),
    *(
        "shift-refused",
        "short",
        "step",
        "web",
        "why",
        "wisdom",
        "wisdom-state",
        "wisdom-topic",
        "mod-story",
        "mentor",
        "mentor-many",
        "mentor-question",
        "mentor-after",
        "mentor-debrief",
        "media",
        "media-instead",
        "media-trouble",
        "form-mistake",
    ),
)
# Likewise, where two or more parts vary: question and choice, command and parameter.
COMPOUNDS = (
    *(
        "channel",
        "channel-taken",
        "choice",
        "command",
        "crisis-row",
        "deal",
        "silence",
        "milestone",
        "own",
        "desk-chart",
        "mentor-card",
        "mod-mentor",
        "more",
        "reason",
        "small",
        "voice",
        "web-group",
    ),
)
QUOTED = re.compile(r"""['"]([a-z][\w-]*)['"]""")


def strings(source: str) -> Iterator[str]:
    """Yield the strings of Python code, without docstrings: what is only told of is not used."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def entries(table: object) -> Iterator[str]:
    match table:
        case dict():
            yield from (str(key) for key in table)
            for value in table.values():
                yield from entries(value)
        case list():
            for value in table:
                yield from entries(value)
        case _:
            yield str(table)


@cache
def literals() -> frozenset[str]:
    code = {text for path in SOURCES for text in strings(path.read_text(encoding="utf-8"))}
    on_pages = {word for path in PAGES for word in QUOTED.findall(path.read_text(encoding="utf-8"))}
    # The pages leave out the first part of their own keys; the desk's are `w('…')`, the web chat's are in its script.
    return frozenset(code | {f"{page}-{word}" for word in code | on_pages for page in ("desk", "web")})


@cache
def words() -> frozenset[str]:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in content_dir().rglob("*.toml")]
    found = {word for table in tables for word in entries(table)}
    folders = {folder.name for folder in (content_dir() / "locales").iterdir()}
    # A token such as care.used.dying is labelled by its last word, a priority such as P0 in small letters.
    parts = {part for word in literals() | found | folders for part in (word, *word.split("."))}
    return frozenset(parts | {part.lower() for part in parts})


def resolves(end: str, *, compound: bool) -> bool:
    return end in words() or (compound and all(part in words() for part in end.split("-")))


LANES = ("-family", "-bereaved")
"""What stands behind a key whose sentence is said otherwise in a lane (`service.kernel.lanes.in_lane`)."""


def used(key: str) -> bool:
    common = next((key.removesuffix(lane) for lane in LANES if key.endswith(lane)), "")
    if common in keys() and used(common):
        return True
    if key in literals() or key in referred():
        return True
    return any(
        key.startswith(f"{family}-") and resolves(key.removeprefix(f"{family}-"), compound=family in COMPOUNDS)
        for family in (*FAMILIES, *COMPOUNDS)
    )


@cache
def messages() -> tuple[fluent.Message, ...]:
    files = sorted((content_dir() / "locales" / "en").glob("*.ftl"))
    parsed = (FluentParser().parse(path.read_text(encoding="utf-8")) for path in files)
    return tuple(entry for file in parsed for entry in file.body if isinstance(entry, fluent.Message))


def keys() -> list[str]:
    return [message.id.name for message in messages()]


@cache
def referred() -> frozenset[str]:
    """Return the keys that other sentences take in."""
    found = Referred()
    for message in messages():
        found.visit(message)
    return frozenset(found.keys)


class Referred(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 - the name fluent looks for
        self.keys.add(node.id.name)


def test_every_sentence_is_said_by_something() -> None:
    assert [key for key in keys() if not used(key)] == []


@pytest.mark.parametrize(
    "key", ["offer-never-said", "nudge-unheard_of", "greeting-of-old", "desk-line-lost", "choice-lane-cousin"]
)
def test_a_sentence_that_nothing_says_would_be_found(key: str) -> None:
    assert not used(key)


@pytest.mark.parametrize("family", sorted({*FAMILIES, *COMPOUNDS}))
def test_a_family_of_keys_is_composed_somewhere_and_has_members(family: str) -> None:
    name = re.escape(re.sub(r"^(?:desk|web)-", "", family))
    composed = re.compile(rf"{name}-\{{|['\"]{name}-?['\"]")
    assert any(composed.search(path.read_text(encoding="utf-8")) for path in (*SOURCES, *PAGES))
    assert any(key.startswith(f"{family}-") for key in keys())
