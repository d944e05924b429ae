"""What a stranger's tools find in the repository: types, hooks, forms, and one list of checks."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml  # comes with mkdocs

ROOT = Path(__file__).parents[1]
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
YAML = sorted([*(ROOT / ".github").rglob("*.yml"), ROOT / ".pre-commit-config.yaml"])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def recipe(target: str) -> list[str]:
    """Return the commands of one target of the Makefile, as a shell sees them."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", read("Makefile"), re.MULTILINE)
    assert found, target
    return [line.strip().lstrip("@").replace("$(BIN)/", "") for line in found[1].splitlines()]


def test_every_package_of_the_wheel_says_that_it_is_typed(tmp_path: Path) -> None:
    build = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path))
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packages = {name.split("/")[0] for name in names if name.endswith("/__init__.py")}
    assert packages >= {"buddybot", "buddybot_web", "buddybot_desk", "buddybot_http"}
    assert sorted(package for package in packages if f"{package}/py.typed" not in names) == []


def test_what_ci_runs_is_what_contributors_run() -> None:
    last = read(".ci/run").strip().splitlines()[-1]
    assert last == "make check"
    assert "run: .ci/run" in read(".github/workflows/check.yml")


PARTS = (
    *("ruff format", "ruff check", "mypy", "lint-imports", "tests.locks", "buddybot check", "mkdocs build --strict"),
    *("tests.fuzz", "pytest"),
)


def test_coverage_is_held_against_its_floor() -> None:
    assert [command for command in recipe("coverage") if "--cov" in command or "coverage_floor" in command]


@pytest.mark.parametrize("part", PARTS)
def test_the_one_list_of_checks_is_whole(part: str) -> None:
    assert any(part in command for command in recipe("check"))


def test_a_hook_runs_only_what_the_check_runs() -> None:
    (local,) = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert local["repo"] == "local"
    checks = recipe("check")
    for hook in local["hooks"]:
        command = hook["entry"].removeprefix(".venv/bin/").removesuffix(" --force-exclude")
        assert any(line.startswith(command) for line in checks), hook["id"]


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_the_forms_and_hooks_are_yaml(path: Path) -> None:
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_no_real_persons_words(form: Path) -> None:
    body = yaml.safe_load(form.read_text(encoding="utf-8"))["body"]
    first = body[0]
    assert first["type"] == "markdown"
    assert re.search(r"\*\*(Never paste what a real person wrote|Please don't tell how or for whom)", str(first))
    ids = [field["id"] for field in body[1:]]
    assert len(ids) == len(set(ids))


def test_the_dev_container_has_the_oldest_python_we_promise() -> None:
    image = json.loads(read(".devcontainer/devcontainer.json"))["image"]
    (oldest,) = re.findall(r'requires-python = ">=([\d.]+)"', read("pyproject.toml"))
    assert image.split(":")[1].startswith(f"{oldest}-")


def test_an_owner_is_named_for_paths_that_exist() -> None:
    paths = [line.split()[0] for line in read(".github/CODEOWNERS").splitlines() if line and line[0] in "*/"]
    assert paths[0] == "*"
    assert [path for path in paths[1:] if not list(ROOT.glob(path.strip("/")))] == []
