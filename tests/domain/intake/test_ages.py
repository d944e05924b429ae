"""Which numbers are somebody's own age at the gate, and which belong to a date, a time to come, or another person."""

import pytest

from buddybot.domain.intake.understanding import AnswerReader
from buddybot.service.kernel.book import Book

OWN = (
    "18",
    "19",
    "i am 20",
    "im 25",
    "i'm 34 years old",
    "yes im 40",
    "just turned 18",
    "tengo 30",
    "tengo 22 años",
    "my brother is 20 and im 25",
    "52 yo",
    "i am 18+",
    "over 21",
    "28 female",
    "99",
    "my son is 20 and i am 45",
)
NOT_THEIRS_NOW = (
    "21 march 2010",
    "25 december 2011",
    "born 30 may 2012",
    "18 tomorrow",
    "18 in two months",
    "my brother is 20",
    "18 next year",
    "I turn 18 soon",
    "almost 18",
    "im 17 going on 18",
    "i was born on the 25th",
    "dob 05/21/2009",
    "05-21-2009",
    "my mom is 45",
    "she is 22",
    "i'll be 18 in june",
    "turning 18 in a week",
    "18 in 3 days",
    "not 18 until summer",
    "18 mañana",
    "cumplo 18 en dos meses",
    "mi hermano tiene 20",
    "nací el 21 de marzo de 2010",
    "casi 18",
    "under 18",
    "my brother is 20 and i am not",
    "30 de mayo",
    "sept 19",
)


def read(book: Book, text: str) -> tuple[str, ...]:
    question = next(one for one in book.gates.questions if one.key == "age")
    return AnswerReader(book.vocabulary, question).read(text).of("age")


@pytest.mark.parametrize("text", OWN)
def test_an_age_of_their_own_is_taken(book: Book, text: str) -> None:
    assert read(book, text) == ("yes",)


@pytest.mark.parametrize("text", NOT_THEIRS_NOW)
def test_a_date_a_time_to_come_and_somebody_else_never_count_as_yes(book: Book, text: str) -> None:
    assert read(book, text) in {(), ("no",)}
