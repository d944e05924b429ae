"""The contact grammar: what leads out of the room, what only looks like it."""

from functools import cache

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Certainty
from buddybot.rules.contact import contacts_in, phone_certainty, spoken_digits
from buddybot.rules.decide import Screener


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def kinds(text: str) -> list[str]:
    return [contact.kind for contact in contacts_in(screener().sight.folding.plain(text), screener().policy.help_lines)]


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("five five five oh one two three", "5550123"),
        ("double five 5 triple one", "555111"),
        ("seis cinco cinco", "655"),
    ],
)
def test_numbers_in_words_become_digits(words: str, digits: str) -> None:
    assert spoken_digits(words) == digits


@pytest.mark.parametrize("digits", ["", "0", "0000000"])
def test_a_number_no_plan_knows_is_doubtful(digits: str) -> None:
    assert phone_certainty(digits) is Certainty.DOUBTFUL


def test_a_wall_of_numbers_asks_the_plans_only_so_often() -> None:
    wall = " and ".join(["212-456-7890"] * 12)
    found = contacts_in(screener().sight.folding.plain(wall), screener().policy.help_lines)
    assert [contact.certainty for contact in found] == [Certainty.VALIDATED] * 8 + [Certainty.DOUBTFUL] * 4
