import importlib.util
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from buddybot.adapter import COMMANDS, Address, Command, Content, Create, Delivery, Send, Span
from tests import docs_commands, docs_crisis_paths

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TREES = (
    *("buddybot", "adapters", "data", "docs", "tests", "benchmarks", "training", "changelog", "requirements"),
    *(".ci", ".github", ".devcontainer"),
)
# Written in two parts, so that this file does not name what it looks for.
ELSEWHERE = re.compile("|".join(("/wo" + r"rk/", "/wo" + r"rk\b(?!\w)", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/")))
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    return FENCE.sub("", read(page))


def slug(heading: str) -> str:
    """Return the anchor that both MkDocs and code hosts make of a heading."""
    plain = re.sub(r"[^\w\s-]", "", heading.replace("`", "")).strip().lower()
    return re.sub(r"\s+", "-", plain)


def anchors(page: Path) -> set[str]:
    return {slug(line.lstrip("#")) for line in prose(page).splitlines() if line.startswith("#")}


def links(page: Path) -> Iterator[tuple[str, str]]:
    for found in LINK.finditer(prose(page)):
        target, _, anchor = found["target"].partition("#")
        if "://" not in target and not target.startswith("mailto:"):
            yield target, anchor


def files() -> Iterator[Path]:
    # In a second worktree .git is a file, and says where the first one is.
    ours = (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    yield from (path for path in ours if not path.name.startswith(".coverage"))
    for tree in TREES:
        yield from (path for path in (ROOT / tree).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def all_docs() -> str:
    return "\n".join(read(page) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in links(page):
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(there), f"{page.name}: {target}#{anchor}"


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A heading\n[one](gone.md) [two](page.md#no-such) [three](#a-heading)\n", encoding="utf-8")
    assert list(links(page)) == [("gone.md", ""), ("page.md", "no-such"), ("", "a-heading")]
    assert anchors(page) == {"a-heading"}


def test_every_page_stands_in_the_table_of_contents() -> None:
    named = set(re.findall(r"[\w/-]+\.md", read(ROOT / "mkdocs.yml")))
    assert {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")} == named


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name)
def test_a_decision_has_its_date_its_state_and_its_four_parts(page: Path) -> None:
    number = page.name[:4]
    text = read(page)
    assert re.match(
        rf"# {number}\. .+\n\n\*2\d{{3}}-\d\d-\d\d, (accepted|replaced by \[\d{{4}}\]\(\d{{4}}-[\w-]+\.md\))\.\*\n",
        text,
    )
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:4] == ["Context", "Decision", "Instead of", "Consequences"]
    assert f"| [{number}]({page.name}) |" in read(DOCS / "decisions" / "index.md")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_explained_somewhere(command: Command) -> None:
    assert f"`/{command.name}`" in all_docs()


def test_the_page_of_commands_is_current() -> None:
    assert read(docs_commands.PAGE) == docs_commands.page(), "run: python -m tests.docs_commands --write"


def test_the_page_for_clinicians_is_current() -> None:
    assert read(docs_crisis_paths.PAGE) == docs_crisis_paths.page(), "run: python -m tests.docs_crisis_paths --write"


def test_every_file_of_content_is_mentioned() -> None:
    named = set(re.findall(r"`(data/[^`]+)`", all_docs()))
    files = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "data").rglob("*")) if path.is_file()]
    lost = [path for path in files if not any(fnmatch(path, f"{name}*") for name in named) and "README" not in path]
    assert lost == []


def test_every_file_that_is_mentioned_is_there() -> None:
    named = set(re.findall(r"`((?:data|tests|benchmarks|training|buddybot|requirements)/[^`<>\s]+)`", all_docs()))
    assert sorted(name for name in named if not list(ROOT.glob(name))) == []


def test_every_dependency_is_explained() -> None:
    page = read(DOCS / "dependencies.md")
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *PYPROJECT["dependency-groups"]["build"]]
    wanted += [each for extra in project["optional-dependencies"].values() for each in extra]
    names = {re.split(r"[\[<>=]", each)[0] for each in wanted} - {"buddybot"}
    assert sorted(name for name in names if f"| `{name}` |" not in page) == []


def test_every_benchmark_is_listed() -> None:
    page = read(DOCS / "performance.md")
    scripts = {path.name for path in (ROOT / "benchmarks").glob("*.py")}
    assert sorted(name for name in scripts if f"benchmarks/{name}" not in page) == []


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    guilty = []
    for path in files():
        try:
            text = read(path)
        except UnicodeDecodeError:
            continue
        guilty += [f"{path.relative_to(ROOT)}: {found.group()}" for found in ELSEWHERE.finditer(text)]
    assert guilty == []


def test_the_quick_starts_name_only_what_make_can_do() -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", DOCS / "index.md", DOCS / "run.md"):
        asked = [
            line.split()[1] for block in FENCE.findall(read(page)) for line in block.splitlines() if "make " in line
        ]
        assert asked, page.name
        assert set(asked) <= targets, page.name


def test_the_readme_says_just_the_two_commands() -> None:
    blocks = FENCE.findall(read(ROOT / "README.md"))
    assert blocks == ["```sh\nmake run\nmake test\n```"]


async def test_the_adapter_of_the_guide_delivers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = [block for block in FENCE.findall(read(DOCS / "write-an-adapter.md")) if block.startswith("```python")]
    spec = importlib.util.spec_from_file_location("buddybot_shell", _saved(tmp_path, code))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    create: Create = module.create
    adapter = create({})
    note = Delivery(7, Address("shell", "main", "x"), Send(Content((Span("hi"),), author="Otter")))

    assert await adapter.deliver(note) == "out-7"
    assert capsys.readouterr().out == "Otter: hi\n"


def _saved(folder: Path, code: str) -> str:
    path = folder / "buddybot_shell.py"
    path.write_text(code.removeprefix("```python\n").removesuffix("```"), encoding="utf-8")
    return str(path)


def entries() -> list[tuple[str, str]]:
    return re.findall(r"^\*\*(.+)\*\*\n((?:: .+\n)+)", read(DOCS / "glossary.md"), re.MULTILINE)


def test_the_glossary_is_whole() -> None:
    words = [word.lower() for word, _ in entries()]
    assert len(words) == read(DOCS / "glossary.md").count("\n**") > 80
    assert words == sorted(set(words))


@pytest.mark.parametrize(("word", "told"), entries(), ids=lambda one: one[:20])
def test_a_word_of_the_glossary_says_where_it_is_and_what_others_call_it(word: str, told: str) -> None:
    found = re.search(r"^:   \*In\* `(?P<place>[^`]+)`\. \*Elsewhere:\* .+\.$", told, re.MULTILINE)
    assert found, word
    place = found["place"]
    assert (ROOT / place).exists() or importlib.util.find_spec(place), word


def test_the_drawing_shows_the_rooms_as_they_are() -> None:
    drawn = set(re.findall(r'data-room="([^"]+)"', read(DOCS / "images" / "rooms.svg")))
    rooms = {
        f"{layer}/{folder.name}"
        for layer in ("domain", "service", "store")
        for folder in (ROOT / "buddybot" / layer).iterdir()
        if (folder / "__init__.py").is_file()
    }
    assert drawn == rooms
