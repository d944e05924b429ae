"""Every section of the conversation guide as it is spoken today, in each language, tapped and typed."""

import pytest

from buddybot.service.kernel.book import Book
from tests.stories.transcripts.script import LANGUAGES, Transcript, files, load, replay

ALL = tuple(load(path) for path in files())
SECTIONS = range(1, 21)


@pytest.mark.parametrize("told", ALL, ids=str)
async def test_the_bot_speaks_as_it_was_approved(told: Transcript, book: Book) -> None:
    """Run `python -m tests.stories.transcripts --write`, and read what changed as if you were the person."""
    assert await replay(told, book) == told.path.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_section_has_its_transcript(language: str) -> None:
    told = {int(one.path.stem[:2]) for one in ALL if one.language == language}
    assert told == set(SECTIONS)


def test_both_languages_tell_the_same() -> None:
    by_name = {language: {one.path.stem: one for one in ALL if one.language == language} for language in LANGUAGES}
    first, *others = by_name.values()
    for other in others:
        assert first.keys() == other.keys()
        assert {name: len(one.acts) for name, one in first.items()} == {
            name: len(one.acts) for name, one in other.items()
        }
