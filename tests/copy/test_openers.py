"""First words: enough of them in each lane, whole in both languages, short and plain, one question each."""

import pytest

from buddybot.domain.care.openers import Meeting, Opener, suits
from buddybot.service.kernel.book import Book
from buddybot.testing import practice_book
from tests.copy.reading import grade, words_of
from tests.copy.test_copy import BANNED, FEWEST_WORDS, GRADE_WITH_NAMES, SLANG, found
from tests.copy.test_languages import BANNED as BANNED_ELSEWHERE

OPENERS = practice_book().openers
LANES = ("self", "family", "bereaved")
FEWEST, LONGEST = 60, 80
EACH = pytest.mark.parametrize("opener", OPENERS, ids=[one.key for one in OPENERS])


@pytest.mark.parametrize("lane", LANES)
def test_a_lane_has_enough(lane: str) -> None:
    hours = (None, 6, 12, 19, 23)
    meetings = [Meeting(lane, hour, talked=True) for hour in hours]
    assert len({one.key for one in OPENERS if any(suits(one, each) for each in meetings)}) >= FEWEST


@EACH
def test_it_is_whole_in_every_language_and_one_question(opener: Opener) -> None:
    book: Book = practice_book()
    assert set(opener.words) == set(book.words.locales())
    for language, text in opener.words.items():
        assert text.count("?") == 1, text
        assert (language != "es") or text.count("¿") == 1, text
        assert len(text) <= LONGEST, text
        assert "!" not in text, text


@EACH
def test_it_is_plain_and_kind(opener: Opener) -> None:
    english, spanish = opener.words["en"], opener.words["es"]
    assert not found(BANNED + SLANG, english), english
    assert not found(BANNED_ELSEWHERE["es"], spanish), spanish
    assert len(words_of(english)) < FEWEST_WORDS or grade(english) <= GRADE_WITH_NAMES, english


def test_no_two_ask_the_same() -> None:
    for language in ("en", "es"):
        said = [one.said(language) for one in OPENERS]
        assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("meeting", "keys"),
    [
        (Meeting("bereaved", 12), {"ate", "laugh", "craving-night", "miss-most"}),
        (Meeting("self", 12, tender=True), {"ate", "bored", "tell-me"}),
        (Meeting("family", 12, avoid=frozenset({"family", "faith"}), talked=True), {"who-for", "pray"}),
        (Meeting("self", 12, talked=True), {"no-sleep", "morning-first", "breathe"}),
        (Meeting("self", None), {"no-sleep", "hold-on"}),
        (Meeting("self", 23, shown=frozenset({"no-sleep", "song"})), {"no-sleep", "song"}),
    ],
)
def test_what_does_not_fit_is_not_offered(meeting: Meeting, keys: set[str]) -> None:
    assert not keys & {one.key for one in OPENERS if suits(one, meeting)}
    assert any(suits(one, meeting) for one in OPENERS)
