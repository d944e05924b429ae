import os
from pathlib import Path

import pytest

from buddybot.content import ContentError, content_dir, read_text, read_toml


def test_the_data_files_are_found() -> None:
    assert (content_dir() / "questions.toml").is_file()


def test_a_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('a = 1\n[b]\nc = "d"\n', encoding="utf-8")
    assert read_toml(path) == {"a": 1, "b": {"c": "d"}}


def test_line_ends_of_other_systems_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\n")
    assert read_text(path) == "one\ntwo\n"


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("a = 1\nb = \n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"a\.toml: syntax = .*line 2.*: mend the TOML") as caught:
        read_toml(path)
    assert (caught.value.file, caught.value.key, caught.value.fix) == (
        str(path),
        "syntax",
        "mend the TOML at the line named",
    )


def test_a_missing_file_a_folder_and_bytes_that_are_no_text_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="put the file back"):
        read_text(tmp_path / "missing.txt")
    with pytest.raises(ContentError, match="make the file readable"):
        read_text(tmp_path)
    path = tmp_path / "latin.txt"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(ContentError, match="encoding = 'byte 3': save the file as UTF-8"):
        read_text(path)
    assert os.fspath(path) in str(caught_by(path))


def caught_by(path: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        read_text(path)
    return caught.value
