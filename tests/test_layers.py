import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import buddybot

ROOT = Path(buddybot.__file__).parent
REPOSITORY = ROOT.parent
SYNCHRONOUS = ("domain", "rules", "service", "store", "matching")
BORDERS = {
    "buddybot/runtime/delivery/calls.py": "dispatcher",
    "buddybot/runtime/delivery/dispatch.py": "dispatcher",
    "buddybot/runtime/delivery/recording.py": "dispatcher",
    "buddybot/runtime/engine/intake.py": "inbound put",
    "buddybot/runtime/engine/periodic.py": "unit of work",
    "buddybot/runtime/judges.py": "screener",
    "buddybot/runtime/rounds.py": "round of matching",
    "buddybot/runtime/second/encoder.py": "second opinion",
    "buddybot/runtime/second/reader.py": "second opinion",
    "buddybot/runtime/storage/batches.py": "unit of work",
    "adapters/buddybot_desk/gate.py": "request of a page",
    "adapters/buddybot_discord/catchup.py": "history",
    "adapters/buddybot_discord/rescue/listener.py": "event",
    "adapters/buddybot_discord/rescue/servers.py": "event",
    "adapters/buddybot_telegram/updates.py": "update",
}
"""Where everything is caught, and which border that is: whoever adds one says so in the pages as well."""
IN_WORDS = {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
MOST_FILES = 15
CROWDED: dict[str, int] = {}
"""More than that today: these numbers only shrink."""
NAMESAKES = {
    "press": "buttons of crisis and circles, and the switchboard of all buttons",
    "due": "a check-in after a crisis: the decision, and carrying it out",
    "look": "the compiled scan of the matcher, and looking for a buddy",
    "pair_up": "the plain matcher and the large one: the same promise",
}
"""Functions of the core that two modules have under one name: this list only shrinks."""

SWITCHED_OFF = re.compile(r"#\snoqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* - \S)")
"""A rule of the linter that is switched off without a word."""
UNTYPED = re.compile(r"#\stype: ignore(?!\[[a-z, -]+\]  # \S)")
"""An error of the type checker that is let pass without a word."""
PATCHED = re.compile(r"\.setattr\((?!.*  # \S)")
"""A part of the product that a test replaces without a word: what can be passed in needs no patch."""


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(REPOSITORY)): ast.parse(path.read_text(encoding="utf-8"))
        for part in ("buddybot", "adapters")
        for path in sorted((REPOSITORY / part).rglob("*.py"))
    }


def files(*layers: str) -> list[Path]:
    found = [path for layer in layers for path in sorted((ROOT / layer).rglob("*.py"))]
    assert found
    return found


@pytest.mark.parametrize("layer", SYNCHRONOUS)
def test_no_code_that_can_change_state_contains_an_await(layer: str) -> None:
    kinds = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in files(layer)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, kinds)
    ]
    assert found == []


def test_the_search_for_an_await_would_find_one() -> None:
    tree = ast.parse("async def f() -> None: ...")
    assert any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree))


def excepts_all(tree: ast.AST) -> bool:
    handlers = (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))
    return any(isinstance(node.type, ast.Name) and node.type.id == "Exception" for node in handlers)


def test_errors_are_caught_whole_at_the_named_borders_only() -> None:
    found = {name for name, tree in trees().items() if excepts_all(tree)}
    assert found == set(BORDERS)


@pytest.mark.parametrize("page", ["how-it-works.md", "../CONTRIBUTING.md"])
def test_the_pages_count_the_borders_as_they_are(page: str) -> None:
    text = " ".join((REPOSITORY / "docs" / page).read_text(encoding="utf-8").split())
    assert f"`except Exception` stands at {IN_WORDS[len(set(BORDERS.values()))]} borders" in text


def test_no_class_name_means_two_things() -> None:
    found: dict[str, list[str]] = {}
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name)
    twice = {name: places for name, places in found.items() if len(places) > 1}
    assert twice == {}


def test_no_function_name_means_two_things() -> None:
    found: dict[str, list[str]] = {}
    for path, tree in trees().items():
        for node in tree.body if path.startswith("buddybot/") else ():
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name != "main":
                found.setdefault(node.name, []).append(path)
    assert {name: places for name, places in found.items() if len(places) > 1 and name not in NAMESAKES} == {}
    assert [name for name in NAMESAKES if len(found.get(name, ())) < 2] == []


def test_a_folder_holds_what_one_can_see_at_a_glance() -> None:
    counts = Counter(str(Path(name).parent) for name in trees() if not name.endswith("__init__.py"))
    assert {folder: count for folder, count in counts.items() if count > CROWDED.get(folder, MOST_FILES)} == {}


def _matching(silent: re.Pattern[str]) -> list[str]:
    parts = ("buddybot", "adapters", "tests", "benchmarks", "training")
    paths = [path for part in parts for path in sorted((REPOSITORY / part).rglob("*.py"))]
    return [str(path.relative_to(REPOSITORY)) for path in paths if silent.search(path.read_text("utf-8"))]


def test_a_rule_of_the_linter_is_switched_off_only_with_the_reason() -> None:
    assert _matching(SWITCHED_OFF) == []


def test_an_error_of_the_type_checker_passes_only_with_the_reason() -> None:
    assert _matching(UNTYPED) == []


def test_a_part_of_the_product_is_replaced_only_with_the_reason() -> None:
    assert _matching(PATCHED) == []


@pytest.mark.parametrize(("after", "silent"), [(": S101", True), ("", True), (": S101 - why", False)])
def test_a_rule_switched_off_in_silence_would_be_found(after: str, silent: bool) -> None:
    assert bool(SWITCHED_OFF.search(f"# {'noqa'}{after}")) == silent


@pytest.mark.parametrize(("after", "silent"), [("[misc]", True), ("", True), ("[misc]  # why", False)])
def test_an_error_let_pass_in_silence_would_be_found(after: str, silent: bool) -> None:
    assert bool(UNTYPED.search(f"# {'type: ignore'}{after}")) == silent


@pytest.mark.parametrize(("after", "silent"), [("", True), ("  # why", False)])
def test_a_patch_in_silence_would_be_found(after: str, silent: bool) -> None:
    assert bool(PATCHED.search(f'patch{".setattr"}(Bus, "send", lost){after}')) == silent
