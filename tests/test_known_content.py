import re
import shutil
from pathlib import Path

import pytest

from buddybot.content import ContentError, content_dir
from buddybot.content.known import NAME, KnownContent
from buddybot.content.screening import load_sight


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for folder in ("lexicon", "locales", "crisis"):
        shutil.copytree(content_dir() / folder, tmp_path / "data" / folder)
    shutil.copy(content_dir() / "rules.toml", tmp_path / "data")
    return tmp_path / "data"


def known_again(house: Path, content: Path) -> bool:
    return KnownContent(house, content).holds()


def test_content_is_known_from_the_second_start_on_until_a_letter_of_it_changes(tmp_path: Path, content: Path) -> None:
    known = KnownContent(tmp_path, content)
    assert not known.holds()
    known.keep()
    assert known_again(tmp_path, content)
    for path in (content / "locales" / "es" / "crisis.ftl", content / "lexicon" / "phrases" / "en.toml"):
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert not known_again(tmp_path, content)
        path.write_bytes(before)
        assert known_again(tmp_path, content)
    (content / "lexicon" / "phrases" / "new.toml").touch()
    assert not known_again(tmp_path, content)


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe", b"0" * 64])
def test_a_memory_that_does_not_fit_is_none(tmp_path: Path, content: Path, kept: bytes) -> None:
    (tmp_path / NAME).write_bytes(kept)
    assert not known_again(tmp_path, content)


def test_where_nothing_can_be_kept_nothing_is_known_and_nothing_fails(tmp_path: Path, content: Path) -> None:
    known = KnownContent(tmp_path / "no-such-folder", content)
    assert not known.holds()
    known.keep()
    assert not known_again(tmp_path / "no-such-folder", content)


def test_a_pattern_that_is_none_is_found_before_anybody_writes_unless_all_was_whole_before(content: Path) -> None:
    phrases = content / "lexicon" / "phrases" / "en.toml"
    text = phrases.read_text(encoding="utf-8")
    phrases.write_text(re.sub(r"(?m)^says = \[$", 'says = [\n  "i (want to die",', text, count=1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"phrases: en\..*says = .*missing \)"):
        load_sight(content)
    load_sight(content, whole=True)
