"""An answer that counts only as a whole message forgives one slip, but never one that makes another answer."""

import pytest

from buddybot.domain.intake.understanding import AnswerReader
from buddybot.testing import practice_book

BOOK = practice_book()


def read(question: str, text: str) -> tuple[str, ...]:
    asked = next(one for one in BOOK.gates.questions if one.key == question)
    return AnswerReader(BOOK.vocabulary, asked).read(text).of(question)


@pytest.mark.parametrize("text", ["ok i agre", "i agre", "i agreee", "yes i agere", "sonds good", "i acept"])
def test_one_slip_is_forgiven(text: str) -> None:
    assert read("consent", text) == ("agree",)


@pytest.mark.parametrize("text", ["i dont agre", "i do not agee", "no thakns"])
def test_a_no_with_a_slip_stays_a_no(text: str) -> None:
    assert read("consent", text) == ("no",)


@pytest.mark.parametrize("text", ["i disagreee with you all", "agr", "i age", "not agree", "i would never agree"])
def test_what_is_further_off_or_denied_agrees_to_nothing(text: str) -> None:
    assert read("consent", text) != ("agree",)


@pytest.mark.parametrize(("text", "key"), [("im 17", "no"), ("im 18", "yes"), ("i am 16", "no")])
def test_a_number_is_no_slip_of_another(text: str, key: str) -> None:
    assert read("age", text) == (key,)
