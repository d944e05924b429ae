from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.people.nickname import LONGEST, NicknameProblem, composed, offers, problem_with
from tests.domain.intake.sitting import VOCABULARY

WORDS = VOCABULARY.nicknames
NAMES = ("jessica_m92", "Jess", "@jm")
P = NicknameProblem


@pytest.mark.parametrize(
    ("nickname", "problem"),
    [
        ("Blue Harbor", None),
        ("Night Owl 7", None),
        ("Løvetann", None),
        ("猫猫", None),
        ("Red ❤️", None),
        ("x", P.SHORT),
        ("🦦🦦", P.SHORT),
        ("", P.SHORT),
        ("a" * 21, P.LONG),
        ("Quiet\u202eMaple", P.SIGNS),
        ("Quiet\u200bMaple", P.SIGNS),
        ("Qui\x07et", P.SIGNS),
        ("me@mail.com", P.CONTACT),
        ("add me @bob", P.CONTACT),
        ("http://x.io/a", P.CONTACT),
        ("mysite.com", P.CONTACT),
        ("555 123 4567", P.CONTACT),
        ("t.me/abc", P.CONTACT),
        ("Fentanyl Fan", P.WORD),
        ("h3roin", P.WORD),
        ("Dope Boy", P.WORD),
        ("junkie", P.WORD),
        ("h i t l e r", P.WORD),
        ("Mod Mike", P.ROLE),
        ("d0ctor love", P.ROLE),
        ("Admin", P.ROLE),
        ("BuddyBot", P.ROLE),
        ("Jessica", P.CLOSE),
        ("jessica92", P.CLOSE),
        ("jesica", P.CLOSE),
        ("xx Jess xx", P.CLOSE),
        ("jm", P.CLOSE),
        ("jamboree", None),
        ("jhon smith 420", P.REAL),
        ("Maria Lopez", P.REAL),
        ("Ben", None),
        ("Amber River", None),
        ("Big John", None),
        ("Tired Ben", None),
    ],
)
def test_a_nickname_gives_nobody_away(nickname: str, problem: NicknameProblem | None) -> None:
    assert problem_with(composed(nickname), NAMES, WORDS) == problem


def test_names_of_signs_only_are_like_nothing() -> None:
    assert problem_with("Otter", ("___", ""), WORDS) is None


def test_three_different_nicknames_are_offered_and_each_would_do() -> None:
    found = offers(WORDS, Random(7))

    assert len(set(found)) == 3


def test_every_nickname_that_can_be_offered_would_do() -> None:
    for first in WORDS.first:
        for second in WORDS.second:
            assert problem_with(f"{first} {second}", (), WORDS) is None


@given(st.text(max_size=60))
def test_any_text_is_judged_and_what_passes_is_short_and_clear(text: str) -> None:
    nickname = composed(text)
    if problem_with(nickname, NAMES, WORDS) is None:
        assert 2 <= len(nickname) <= LONGEST
        assert "@" not in nickname
