"""What moderators type behind a command: signs around words, spans of time in words, yes and no, in both languages."""

# ruff: noqa: E501 - a table is read by its rows

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.dialog.misspelt_commands import misspelt_staff_command
from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.moderation.typed_arguments import chosen, typed_arguments
from buddybot.testing import practice_book

SPANS = practice_book().replies.spans
MUTED = {"case": "ab12cd34", "rule": "1", "hours": "24", "reason": "that was mean"}


@pytest.mark.parametrize(
    "rest",
    [
        "ab12cd34 1 24 that was mean", "ab12cd34  1\n24\nthat was mean", '"ab12cd34" 1 24 "that was mean"', "“ab12cd34”, 1, 24, that was mean",
        "#ab12cd34 1 24h that was mean", "<ab12cd34> rule 1 24 hours that was mean", "case ab12cd34 rule 1 1d that was mean",
        "ab12cd34 1 a day that was mean", "ab12cd34 1 un día that was mean", "ab12cd34 1 24 horas that was mean", "ab12cd34 1. 1 day 'that was mean'",
        "ab12cd34 1 veinticuatro horas «that was mean»",
    ],
)  # fmt: skip
def test_a_mute_is_read_however_it_is_typed(rest: str) -> None:
    assert typed_arguments(BY_WORD["mute"], rest, SPANS) == MUTED


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("1h30", 5400), ("1 h 30 min", 5400), ("an hour", 3600), ("una hora", 3600), ("1 hour and 30 minutes", 5400), ("1 hora y 30 minutos", 5400),
        ("two days", 172800), ("dos días", 172800), ("a week", 604800), ("30s", 30), ("90m", 5400), ("2 d", 172800),
    ],
)  # fmt: skip
def test_spans_of_time(words: str, seconds: int) -> None:
    assert SPANS.seconds(words) == seconds


@pytest.mark.parametrize(
    "words", ["", "24", "an", "hours", "-5 h", "1h 30 40", "soon", "forever", "1 2 h", "h h", "9" * 40 + "h"]
)
def test_no_spans_of_time(words: str) -> None:
    assert SPANS.seconds(words) is None or words.startswith("-")


@pytest.mark.parametrize(
    "rest", ["ab12cd34 1 1h30 why", "ab12cd34 1 -5 why", "ab12cd34 1 soon why", "ab12cd34 1 1.5h why"]
)
def test_what_is_no_whole_number_of_hours_stays_as_it_was_typed(rest: str) -> None:
    hours = typed_arguments(BY_WORD["mute"], rest, SPANS)["hours"]
    assert not hours.isdigit()


def test_what_stands_behind_the_last_id_belongs_to_nothing_and_an_alias_has_two_words() -> None:
    assert typed_arguments(BY_WORD["close"], "ab12cd34 please", SPANS) == {"case": "ab12cd34"}
    assert typed_arguments(BY_WORD["lookup"], '"Silver Canyon"', SPANS) == {"alias": "Silver Canyon"}
    assert typed_arguments(BY_WORD["slowmode"], "nights off", SPANS) == {"channel": "nights", "seconds": "0"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("on", "on"),
        ("ON", "on"),
        ("yes", "on"),
        ("sí", "on"),
        ("off", "off"),
        ("no", "off"),
        ("please", None),
        ("maybe", None),
        ("onn", None),
    ],
)
def test_on_and_off_are_never_guessed(word: str, meant: str | None) -> None:
    replies = practice_book().replies
    state = BY_WORD["lock"].parameters[-1]
    assert chosen(state, word, replies.families["yes"], replies.families["no"]) == meant


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("mtue", "mute"),
        ("wran", "warn"),
        ("clsoe", "close"),
        ("quarentine", "quarantine"),
        ("banana", ""),
        ("help", ""),
        ("", ""),
    ],
)
def test_a_misspelt_command_of_moderators_is_named(word: str, name: str) -> None:
    found = misspelt_staff_command(word)
    assert (found.name if found else "") == name


@given(
    st.sampled_from(sorted(name for name, one in BY_WORD.items() if one.group in {"mod", "casework"})),
    st.text(max_size=60),
)
def test_nothing_that_is_typed_is_given_to_what_a_command_does_not_have(name: str, rest: str) -> None:
    command = BY_WORD[name]
    found = typed_arguments(command, rest, SPANS)
    assert set(found) <= {one.name for one in command.inputs}
    assert all(value for value in found.values())
