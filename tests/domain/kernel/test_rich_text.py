"""Marks in the bot's own copy become spans; words of others are read for lists at most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.adapter import Span, Style
from buddybot.domain.kernel.rich_text import marked, spans_of


def drawn(spans: tuple[Span, ...]) -> list[tuple[str, str]]:
    return [(span.style.value, span.text) for span in spans]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("plain - and 1) inside", [("plain", "plain - and 1) inside")]),
        ("- one\n- two", [("item", "- "), ("plain", "one\n"), ("item", "- "), ("plain", "two")]),
        ("so:\n1) **Rub** hard", [("plain", "so:\n"), ("item", "1) "), ("strong", "Rub"), ("plain", " hard")]),
        ("**CALL 911 NOW.** Say", [("strong", "CALL 911 NOW."), ("plain", " Say")]),
    ],
)
def test_copy_is_read_for_strong_words_and_lists(text: str, spans: list[tuple[str, str]]) -> None:
    assert drawn(spans_of(text)) == spans


def test_stars_of_a_member_stay_stars() -> None:
    assert drawn(marked("Hi **Ann**")) == [("plain", "Hi **Ann**")]


@given(st.text("-1) \na*", max_size=30))
def test_no_letter_is_lost(text: str) -> None:
    assert "".join(span.text for span in marked(text)) == text
    assert "".join(span.text for span in spans_of(text)) == text.replace("**", "")
    assert all(span.style is not Style.LINK for span in spans_of(text))
