"""Words that people type stand in data/, by language: whoever adds a language changes no code.

What tells a list of such words from a list of keys is Spanish: a constant that holds several words which only Spanish
tables know is one. The places that still hold some are listed; the list only shrinks.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from buddybot.content import content_dir
from buddybot.content.files import Table
from buddybot.content.tables.care import parse_pace
from buddybot.content.tables.crisis_replies import parse_crisis_replies
from buddybot.content.tables.help_lines import parse_whereabouts
from buddybot.content.tables.replies import parse_replies
from buddybot.content.validation import TableError

ROOT = Path(__file__).parents[1]
KNOWN = {
    "buddybot/domain/care/remembrance.py",
    "buddybot/domain/care/typed_days.py",
    "buddybot/domain/intake/durations.py",
    "buddybot/rules/contact/digits.py",
    "buddybot/rules/contact/names.py",
    "buddybot/rules/contact/phone_words.py",
    "buddybot/rules/contact/places.py",
}
"""Grammars of contacts, days and hours: patterns, and not lists that a translator could fill in."""
SEVERAL = 3


@cache
def _spoken(language: str) -> frozenset[str]:
    found = set[str]()
    for path in content_dir().rglob("*.toml"):
        if path.stem == language and path.parent.name == "lexicon":
            found.update(re.findall(r"[a-z]{3,}", path.read_text("utf-8")))
        elif path.parent == content_dir():
            _gather(tomllib.loads(path.read_text("utf-8")), language, found)
    return frozenset(found)


def _gather(table: object, language: str, found: set[str]) -> None:
    if not isinstance(table, dict):
        return
    for key, value in table.items():
        if key == language:
            found.update(re.findall(r"[a-z]{3,}", str(value)))
        _gather(value, language, found)


def _constants(tree: ast.Module) -> Iterator[str]:
    """Yield what stands together: all texts that one name is given, and in functions each text and each list."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield " ".join(_texts(ast.walk(statement)))
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Set | ast.Tuple | ast.List):
                yield " ".join(_texts(node.elts))
            elif isinstance(node, ast.Call):
                yield " ".join(_texts((*node.args, getattr(node.func, "value", node))))


def _texts(nodes: Iterable[ast.AST]) -> Iterator[str]:
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _holds_words(source: str) -> bool:
    spanish = _spoken("es") - _spoken("en")

    def several(text: str) -> bool:
        return len(spanish.intersection(re.findall(r"[a-z]{3,}", text))) >= SEVERAL

    return several(source) and any(map(several, _constants(ast.parse(source))))


def test_no_code_lists_what_people_type() -> None:
    files = [path for folder in ("buddybot", "adapters") for path in (ROOT / folder).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in files if _holds_words(path.read_text("utf-8"))}
    assert found == KNOWN


@pytest.mark.parametrize(
    "code",
    [
        'OWN = frozenset("im i am estoy vivo ando".split())',
        'OWN = {"im", "estoy", "vivo", "somos"}',
        r'OWN = re.compile(r"\b(?:im|estoy|vivo|ando)\b")',
        'RESTS = {**dict.fromkeys(("rest", "descanso"), 1), **dict.fromkeys(("back", "volver", "vuelvo"), 2)}',
    ],
)
def test_a_list_of_words_in_code_is_found(code: str) -> None:
    assert _holds_words(code)
    assert not _holds_words('VERBS = ("rest", "back", "stop", "many", "yes", "no", "crisis", "find")')


@pytest.mark.parametrize(
    ("file", "parse", "cut", "put", "key"),
    [
        ("whereabouts.toml", parse_whereabouts, '"estoy"', '"estoy en"', "own.es"),
        ("whereabouts.toml", parse_whereabouts, "[past]", "[passed]", "passed"),
        ("crisis_replies.toml", parse_crisis_replies, "[reading.fillers]", "[reading.filling]", "reading.filling"),
        ("crisis_replies.toml", parse_crisis_replies, '"pues"', '"¡Pues!"', "reading.fillers.es"),
        ("replies.toml", parse_replies, "rest.es =", "rests.es =", "arguments.mentor.rests"),
        ("care.toml", parse_pace, '"porfa"', '"por favor"', "begging.all"),
    ],
)
def test_a_slip_in_such_a_list_is_named(
    file: str, parse: Callable[[Table], object], cut: str, put: str, key: str
) -> None:
    written = (content_dir() / file).read_text("utf-8")
    assert cut in written
    with pytest.raises(TableError) as caught:
        parse(tomllib.loads(written.replace(cut, put, 1)))
    assert caught.value.key == key
    assert caught.value.fix
