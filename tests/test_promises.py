"""Each promise of the pages about reliability and privacy names the tests that hold it, and these tests are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HELD = re.compile(r"`(?P<file>tests/[\w/]+\.py)`: (?P<tests>`test_\w+`(?:, `test_\w+`)*)")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def named(text: str) -> list[tuple[str, str]]:
    return [(held["file"], test) for held in HELD.finditer(text) for test in re.findall(r"test_\w+", held["tests"])]


def is_there(file: str, test: str) -> bool:
    path = ROOT / file
    return path.exists() and f"def {test}(" in path.read_text(encoding="utf-8")


def promises() -> dict[str, str]:
    """Return each promise under its first words: paragraphs, points of a list, rows of dangers with an answer."""
    reliability, privacy = page("reliability.md"), page("privacy.md")
    paragraphs = [
        *section(reliability, "What is promised").strip().split("\n\n"),
        *section(privacy, "In short").strip().split("\n\n"),
    ]
    erased = section(privacy, "What `/forget` does").strip()
    points = re.split(r"\n(?=\d\. )|\n\n", erased)
    rows = [line for line in section(privacy, "Dangers, and what answers them").splitlines() if line.startswith("| ")]
    answered = [row for row in rows[1:] if re.split(r" ?\| ?", row)[2]]
    kinds = [line for line in section(reliability, "Where else was looked").splitlines() if line.startswith("| ")][1:]
    return {one[:60]: one for one in (*paragraphs, *points, *answered, *kinds)}


@pytest.mark.parametrize("promise", promises().values(), ids=promises())
def test_a_promise_names_the_test_that_holds_it(promise: str) -> None:
    assert named(promise) != []


def test_every_test_that_a_page_names_is_there() -> None:
    found = [pair for path in sorted((ROOT / "docs").rglob("*.md")) for pair in named(path.read_text(encoding="utf-8"))]
    assert len(found) > len(promises())
    assert [pair for pair in found if not is_there(*pair)] == []


def test_a_promise_without_a_test_and_a_test_that_is_gone_would_be_found() -> None:
    assert named("Nothing is lost.") == []
    assert named("Held by `tests/a.py`: `test_b`, `test_c`; `tests/d.py`: `test_e`.") == [
        ("tests/a.py", "test_b"),
        ("tests/a.py", "test_c"),
        ("tests/d.py", "test_e"),
    ]
    assert not is_there("tests/test_promises.py", "test_nobody_wrote_this")
    assert not is_there("tests/gone.py", "test_b")
