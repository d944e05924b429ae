"""Every public name of the product is used by the product: with tests alone, dead promises stay green."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from buddybot.content import content_dir

ROOT = Path(__file__).parents[1]
SOURCES = tuple(sorted(path for part in ("buddybot", "adapters") for path in (ROOT / part).rglob("*.py")))
TEMPLATES = tuple(sorted((ROOT / "adapters").rglob("*.html")))

# What others write code against: used by people we don't know.
PORTS = ("buddybot/adapter", "buddybot/rule.py", "buddybot/testing")

# Called by a library under a name of its own choice, or found by its text.
FOUND_OTHERWISE = {
    "DiscordConnection.on_*": "discord.py calls what is named after an event",
    "DiscordListener.on_*": "discord.py calls what is named after an event",
    "MemberListener.on_*": "discord.py calls what is named after an event",
    "RescuingListener.on_*": "discord.py calls what is named after an event",
    "Notice.NAME_*": "one for each NicknameProblem, found by its text",
    "Status.CALLED": "what an operator writes into data/crisis after a call; none of ours was called",
    "DiscordConnection.setup_hook": "discord.py, before it connects",
    "DiscordConnection.before_identify_hook": "discord.py, before each hello",
    "CodedRequest.do_request": "python-telegram-bot, for each request",
    "Screener.strength": "thresholds are set with it, in benchmarks/held_out.py",
    "Connection.connection_*": "asyncio, at the two ends of a connection",
    "Connection.handle_error": "aiohttp, for what is no request and for a bug",
    "Discreet.filter": "logging, for each record",
    "_Table.model_config": "pydantic reads it from the class",
    "Settings.model_config": "pydantic reads it from the class",
}
# Dead today. This list only shrinks: wire the promise, or take it out with its tests and its data.
DEAD = {
    "Resource.langs": "the languages of a help line: read and checked, not shown",
    "Resource.may_send_police": "whether a line may send the police: read and checked, not shown",
    "Resource.source_url": "stands in the file for those who check the lines; the bot has no use for it",
    "Resource.verified_by": "stands in the file for those who check the lines; the bot has no use for it",
    "spoken_digits": "digits that are spelled out: only its own tests read it",
    "ResourceTable.langs": "schema of the file, as above",
    "ResourceTable.may_send_police": "schema of the file, as above",
    "ResourceTable.source_url": "schema of the file, as above",
    "ResourceTable.verified_by": "schema of the file, as above",
    "Rearmed.get_next_fire_time": "called by the scheduler",
}


@dataclass(frozen=True, slots=True)
class Defined:
    name: str
    owner: str
    path: Path
    first: int
    last: int
    value: str = ""

    @property
    def full(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name


def targets(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield the names that a statement defines, with the text of a member of an enumeration."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, ""
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name, ""
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
            yield name, text
        case ast.Assign():
            yield from ((target.id, "") for target in node.targets if isinstance(target, ast.Name))


def defined(path: Path, source: str) -> Iterator[Defined]:
    for node in ast.parse(source).body:
        inner = node.body if isinstance(node, ast.ClassDef) else []
        owner = node.name if isinstance(node, ast.ClassDef) else ""
        for part, whose in [(node, ""), *((each, owner) for each in inner)]:
            for name, value in targets(part):
                yield Defined(name, whose, path, part.lineno, part.end_lineno or part.lineno, value)


def uses(source: str) -> Iterator[tuple[str, int]]:
    """Yield the names that code reads, with their lines: a plain one, an attribute, a key of a pattern."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                yield name, node.lineno
            case ast.Constant(value=str(name)) if name.isidentifier() and name[0].isupper():
                yield name, node.lineno  # a type that is named before it is defined
            case ast.MatchClass(kwd_attrs=names):
                yield from ((name, node.lineno) for name in names)


def dead(
    sources: dict[Path, str], read_by_pages: frozenset[str] = frozenset(), in_tables: frozenset[str] = frozenset()
) -> list[Defined]:
    """Return what is defined and read nowhere but inside itself; a member of an enumeration may stand in a table."""
    read = {path: list(uses(source)) for path, source in sources.items()}
    counts = Counter(name for found in read.values() for name, _ in found)
    lost = []
    for path, source in sources.items():
        for one in defined(path, source):
            own = sum(name == one.name and one.first <= line <= one.last for name, line in read[path])
            known = one.owner and (one.name in read_by_pages or (one.value and one.value in in_tables))
            if not one.name.startswith("_") and counts[one.name] <= own and not known:
                lost.append(one)
    return lost


def unread(source: str) -> list[str]:
    """Return what is private and read nowhere in its own file.

    What is decorated is read by the decorator, and what hands on to its parent's own by the parent.
    """
    tree = ast.parse(source)
    inner = [each for node in tree.body if isinstance(node, ast.ClassDef) for each in node.body]
    read = list(uses(source))
    return [
        name
        for node in (*tree.body, *inner)
        for name, _ in targets(node)
        if re.match("_[a-z]", name, re.IGNORECASE) and not getattr(node, "decorator_list", None)
        if not any(name == one and not node.lineno <= line <= (node.end_lineno or 0) for one, line in read)
        if f"super().{name}" not in ast.unparse(node)
    ]


def entries(table: object) -> Iterator[str]:
    match table:
        case dict():
            yield from (str(key) for key in table)
            for value in table.values():
                yield from entries(value)
        case list():
            for value in table:
                yield from entries(value)
        case str():
            yield table


def read_by_pages() -> frozenset[str]:
    holes = [hole for path in TEMPLATES for hole in re.findall(r"\{[{%].*?[%}]\}", path.read_text(encoding="utf-8"))]
    return frozenset(name for hole in holes for name in re.findall(r"\.(\w+)", hole))


def in_tables() -> frozenset[str]:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in content_dir().rglob("*.toml")]
    return frozenset(word for table in tables for word in entries(table))


@cache
def lost() -> tuple[Defined, ...]:
    found = dead({path: path.read_text(encoding="utf-8") for path in SOURCES}, read_by_pages(), in_tables())
    public = [one for one in found if not str(one.path.relative_to(ROOT)).startswith(PORTS)]
    return tuple(one for one in public if not any(Path(one.full).match(known) for known in FOUND_OTHERWISE))


def test_every_public_name_is_used_by_the_product() -> None:
    assert [f"{one.path.relative_to(ROOT)}: {one.full}" for one in lost() if one.full not in DEAD] == []


def test_nothing_private_is_left_over() -> None:
    parts = ("buddybot", "adapters", "tests", "benchmarks", "training")
    paths = [path for part in parts for path in sorted((ROOT / part).rglob("*.py"))]
    found = {str(path.relative_to(ROOT)): unread(path.read_text(encoding="utf-8")) for path in paths}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def _used(): ...\n_used()", []),
        ("def _again():\n    return _again()", ["_again"]),
        ("@checked\ndef _valid(): ...", []),
        ("class A(B):\n    def _step(self): super()._step()", []),
        ("class A:\n    def _gone(self): ...\n    def __init__(self): ...", ["_gone"]),
        ("_LIMIT = 3", ["_LIMIT"]),
    ],
)
def test_the_search_finds_what_is_left_over(source: str, names: list[str]) -> None:
    assert unread(source) == names


def test_what_is_listed_as_dead_is_dead() -> None:
    assert sorted(set(DEAD) - {one.full for one in lost()}) == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def used(): ...\nused()", []),
        ("def again():\n    return again()", ["again"]),
        ("class A:\n    def method(self): ...\n    field: int\nA(field=1)", ["A.method", "A.field"]),
        ("class A:\n    field: int\nA(1).field", []),
        ("class A:\n    field: int\nmatch A(1):\n    case A(field=1): ...", []),
        ("LIMIT = 3", ["LIMIT"]),
        ("class Kind:\n    ONE = 'one'\n    TWO = 'two'\nKind('x'), Kind.ONE", ["Kind.TWO"]),
        ("def _private(): ...", []),
        ("class A:\n    field: int\nA.field = 3", ["A.field"]),
    ],
)
def test_the_search_finds_what_is_never_read(source: str, names: list[str]) -> None:
    assert [one.full for one in dead({Path("a.py"): source})] == names


def test_a_template_reads_fields_and_a_table_names_members() -> None:
    source = "class Kind:\n    ONE = 'one'\n    TWO = 'two'\nKind('x')"
    assert dead({Path("a.py"): source}, in_tables=frozenset({"one", "two"})) == []
    assert dead({Path("a.py"): "class A:\n    field: int\nA()"}, read_by_pages=frozenset({"field"})) == []
