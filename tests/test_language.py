"""Translation coverage: what a language lacks is found, wherever it stands, and Spanish lacks nothing."""

import shutil
from pathlib import Path

import pytest

from buddybot.content import content_dir
from buddybot.content.files import ContentError
from buddybot.content.translation import Gap, translation_gaps
from buddybot.content.words import check_translations
from buddybot.tools.language import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the texts, to take something out of."""
    copy = tmp_path / "data"
    shutil.copytree(content_dir(), copy, ignore=shutil.ignore_patterns("training", "model", "*.onnx"))
    return copy


def test_spanish_lacks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["es"]) == 0
    assert capsys.readouterr().out == "es: complete\n"


def test_a_language_that_nobody_began_lacks_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["xx", "--brief"]) == 1
    *files, said = capsys.readouterr().out.splitlines()
    counts = {file: int(number) for number, file in (line.split() for line in files)}
    assert f"xx: {sum(counts.values())} texts are lacking" in said
    assert counts.keys() >= {
        "locales/xx/crisis.ftl",
        "smalltalk.toml",
        "crisis_replies.toml",
        "openers.toml",
        "claims.toml",
    }


def test_a_text_taken_out_is_found_with_its_english_and_its_note(data: Path) -> None:
    crisis = data / "locales" / "es" / "crisis.ftl"
    lines = crisis.read_text("utf-8").splitlines(keepends=True)
    crisis.write_text("".join(line for line in lines if not line.startswith("crisis-tired =")), "utf-8")
    (gap,) = translation_gaps(data, "es")
    assert gap == Gap("locales/es/crisis.ftl", "crisis-tired", "Got it. I hope you get some rest.", gap.note)
    assert "After [Just tired]." in gap.note


def test_a_row_of_a_table_taken_out_is_found(data: Path) -> None:
    claims = data / "claims.toml"
    lines = claims.read_text("utf-8").splitlines(keepends=True)
    first = next(line for line in lines if line.startswith("known.es"))
    claims.write_text("".join(line for line in lines if line != first), "utf-8")
    assert [(gap.file, gap.key) for gap in translation_gaps(data, "es")] == [("claims.toml", "naloxone_fentanyl.known")]


def test_a_whole_file_taken_out_is_found_text_by_text(data: Path) -> None:
    (data / "locales" / "es" / "oncall.ftl").unlink()
    gaps = list(translation_gaps(data, "es"))
    assert len(gaps) > 10
    assert {gap.file for gap in gaps} == {"locales/es/oncall.ftl"}


@pytest.mark.parametrize(
    ("name", "said", "fault"),
    [
        ("xx", "looking = Xx", "language-xx"),
        ("es", "no-such-key = Hola", "no-such-key"),
    ],
)
def test_a_language_without_a_name_or_with_a_key_of_its_own_is_refused(
    tmp_path: Path, name: str, said: str, fault: str
) -> None:
    locales = tmp_path / "locales"
    shutil.copytree(content_dir() / "locales", locales)
    (locales / name).mkdir(exist_ok=True)
    (locales / name / "more.ftl").write_text(f"{said}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=fault):
        check_translations(locales)
