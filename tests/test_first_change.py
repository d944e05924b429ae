"""Walks through docs/your-first-change.md: makes each change on a copy of the tree, and runs each command there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "your-first-change.md"
COPIED = ("buddybot", "adapters", "data", "tests", "docs", "pyproject.toml", "Makefile", "README.md", "CONTRIBUTING.md")
BLOCK = re.compile(
    r"(?:^<!-- (?P<deed>change|append|create) (?P<path>\S+) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    body: str
    deed: str
    path: str


def blocks() -> Iterator[Block]:
    for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        yield Block(found["kind"], found["body"], found["deed"] or "", found["path"] or "")


def changed(text: str, diff: str) -> str:
    """Apply a diff without places: its lines before must stand in the text, once."""
    before = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[0] in " -")
    after = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[0] in " +")
    assert text.count(before) == 1, before
    return text.replace(before, after)


def do(block: Block, tree: Path) -> None:
    path = tree / block.path
    match block.deed:
        case "change":
            path.write_text(changed(path.read_text(encoding="utf-8"), block.body), encoding="utf-8")
        case "append":
            path.write_text(path.read_text(encoding="utf-8") + block.body, encoding="utf-8")
        case _:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")


def run(command: str, tree: Path) -> str:
    """Run a command of the page in the copy, and return what it printed; only that the words are missing may fail."""
    words = {"PYTHONPATH": os.pathsep.join(map(str, (tree, tree / "adapters", tree / "site", tree / "our-rules")))}
    words |= {"PIP_TARGET": str(tree / "site"), "PIP_NO_INDEX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", command],
        cwd=tree,
        env={**os.environ, **words},
        check=False,
        capture_output=True,
        text=True,
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0 or "question-first_word" in output, f"{command}\n{output[-4000:]}"
    return output


def commands(body: str) -> list[str]:
    """Return the commands of a block, one with its lines of input each; cloned and set up is what this test runs in."""
    found = re.findall(r"^(?:.*<<'END'\n(?:.*\n)*?END|.+)$", body, re.MULTILINE)
    return [command for command in found if not re.match(r"(?:git|cd|make) ", command)]


def copied(tree: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    (tree / ".venv").symlink_to(Path(sys.executable).parents[1])


def test_the_first_change_works_as_the_page_says(tmp_path: Path) -> None:
    tree = tmp_path / "buddybot"
    tree.mkdir()
    copied(tree)
    printed = ""
    for block in blocks():
        if block.deed:
            do(block, tree)
        elif block.kind == "text":
            assert [line for line in block.body.splitlines() if line not in printed] == []
        else:
            printed = "\n".join(run(command, tree) for command in commands(block.body))


def test_no_block_of_the_page_is_passed_over() -> None:
    assert PAGE.read_text(encoding="utf-8").count("```") == 2 * len(list(blocks()))
    assert {block.kind for block in blocks() if not block.deed} == {"sh", "text"}
