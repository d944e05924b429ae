import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from buddybot.config import Settings
from buddybot.config.tables import ChannelSettings, MatchingSettings, OperatorSettings
from buddybot.content import ContentError, content_dir
from buddybot.content.library import load_book, warnings
from buddybot.domain.kernel.places import Channel, ChannelKind
from buddybot.service.kernel.book import Book


def test_the_operators_settings_are_part_of_the_book() -> None:
    settings = Settings(
        matching=MatchingSettings(round_minutes=5), operator=OperatorSettings(contact="mail@example.org")
    )
    practice = load_book(content_dir(), settings).practice
    assert (practice.round_every, practice.contact) == (timedelta(minutes=5), "mail@example.org")


def test_channels_of_the_settings_are_part_of_the_book() -> None:
    settings = Settings(channels=(ChannelSettings(key="nights", title="Nights", lanes=("family",), slow=5),))
    channel = Channel("nights", "Nights", "", ChannelKind.ANONYMOUS, ("family",), "en", 5)
    assert load_book(content_dir(), settings).channels == (channel,)


def test_content_is_read_anew_only_where_a_file_of_it_changed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(content_dir(), folder)
    first = load_book(folder, Settings())
    again = load_book(folder, Settings(matching=MatchingSettings(round_minutes=5)))
    assert again.screener is first.screener
    assert again.practice.round_every == timedelta(minutes=5) != first.practice.round_every
    text = (folder / "questions.toml").read_text(encoding="utf-8")
    (folder / "questions.toml").write_text(text.replace('kind = "single"', 'kind = "mingle"'), encoding="utf-8")
    with pytest.raises(ContentError, match="mingle"):
        load_book(folder, Settings())


def test_help_lines_that_nobody_checked_for_long_are_named(book: Book) -> None:
    assert list(warnings(book, date(2040, 1, 1)))


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("care.toml", "repeat_minutes = 10", 'repeat_minutes = "often"', "care.toml: repeat_minutes"),
        ("questions.toml", 'kind = "single"', 'kind = "riddle"', "questions.toml: "),
        ("crisis/us.toml", "", "[[lines]]\n", "us.toml"),
        ("first_layer.toml", "[selling]", "[selling]\nprice = 1", "first_layer.toml: selling.price"),
        ("channels.toml", "joins = 8", "joins = 0", "channels.toml: joins"),
        ("matching.toml", "hours = 0.20", "hours = 0.30", "matching.toml: "),
    ],
)
def test_a_broken_file_is_named_with_its_key_and_nothing_starts(
    tmp_path: Path, name: str, before: str, after: str, told: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(content_dir(), folder)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(before, after, 1) if before else "this = = broken\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_book(folder, Settings())
    assert told in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("intake.ftl", "question-pace"),
        ("intake.ftl", "choice-pace-few"),
        ("intake.ftl", "more-consent-more"),
        ("asking.ftl", "short-pace"),
        ("intake.ftl", "question-age"),
    ],
)
def test_a_question_without_its_words_is_told_of_before_anybody_comes_to_it(
    tmp_path: Path, file: str, key: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(content_dir(), folder)
    path = folder / "locales" / "en" / file
    kept = path.read_text(encoding="utf-8").replace(f"\n{key} = ", f"\ngone-{key} = ")
    path.write_text(kept, encoding="utf-8")
    with pytest.raises(ContentError, match=rf"{file}: {key} = 'missing': write what people read there"):
        load_book(folder, Settings())
