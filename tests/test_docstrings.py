"""Docstrings of the core name the mechanism: predicates say "Return whether", no sentence begins with a bare "what"."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import buddybot

ROOT = Path(buddybot.__file__).parent
ROOMS = ("channels", "dialog", "intake", "kernel", "moderation", "people", "talk")
FOLDERS = (
    *(ROOT / layer / room for layer in ("domain", "service") for room in ROOMS),
    *(ROOT / "service" / room for room in ("care", "matching", "programmes")),
    ROOT / "content",
    ROOT / "rules",
    ROOT / "store",
    ROOT / "tools",
)
PREDICATES = re.compile(r"(Whether|(Say|Tell|Know|Ask|Check) (whether|if)|Return (if|True))\b")
IN_WORK = frozenset({"rules/phrases/table.py"})
"""Files that are being rewritten: this list only shrinks."""
HEADLESS = re.compile(r"(What|Who|Whom|Why|When|How) (?!(sure|much|many|often|long)\b)")
"""A sentence without a noun at its head: it says what becomes of a thing, not what the thing is called."""


def first_sentences(source: str) -> Iterator[tuple[str, str]]:
    """Yield the names of what has a docstring, with its first line."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            text = ast.get_docstring(node)
            if text:
                yield getattr(node, "name", "module"), text.split("\n")[0]


def found(pattern: re.Pattern[str]) -> list[str]:
    paths = [path for folder in FOLDERS for path in sorted(folder.rglob("*.py"))]
    assert len(paths) > 100
    return [
        f"{path.relative_to(ROOT)}: {name}: {line}"
        for path in paths
        for name, line in first_sentences(path.read_text(encoding="utf-8"))
        if pattern.match(line) and str(path.relative_to(ROOT)) not in IN_WORK
    ]


def test_a_predicate_says_return_whether() -> None:
    assert found(PREDICATES) == []


def test_a_first_sentence_has_a_noun_at_its_head() -> None:
    assert found(HEADLESS) == []


@pytest.mark.parametrize(
    ("line", "pattern"),
    [("Whether it holds.", PREDICATES), ("Say whether it holds.", PREDICATES), ("What comes back.", HEADLESS)],
)
def test_the_search_knows_what_it_looks_for(line: str, pattern: re.Pattern[str]) -> None:
    assert [pattern.match(text) is not None for _, text in first_sentences(f'"""{line}"""')] == [True]
