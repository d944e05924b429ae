import ast
from pathlib import Path

import pytest

import buddybot

ROOT = Path(buddybot.__file__).parent
SYNCHRONOUS = ("domain", "rules", "service", "store", "matching")


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


def test_errors_are_caught_whole_at_the_named_borders_only() -> None:
    borders = {
        "runtime/delivery/dispatch.py",
        "runtime/engine.py",
        "runtime/storage/group_commit.py",
        "runtime/judges.py",
        "runtime/rounds.py",
        "runtime/second/encoder.py",
        "runtime/second/reader.py",
    }
    found = {
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name) and node.type.id == "Exception"
    }
    assert found <= borders
