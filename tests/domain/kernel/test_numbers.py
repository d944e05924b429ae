"""Whole numbers as they are typed: whatever comes, what is returned lies within its bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.kernel.numbers import whole_number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", 1),
        (" 90 ", 90),
        ("007", 7),
        ("0", None),
        ("000", None),
        ("91", None),
        ("0001500", None),
        ("0001" + "9" * 12, None),
        ("9" * 5000, None),
        ("0" * 5000 + "3", 3),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("1_0", None),
        ("٣", None),
        ("²", None),
        ("3 days", None),
        ("", None),
    ],
)
def test_a_number_is_read_within_its_bounds_or_not_at_all(typed: str, meant: int | None) -> None:
    assert whole_number(typed, 1, 90) == meant


@given(st.text("0123456789 +-.", max_size=30), st.integers(0, 50), st.integers(50, 10**7))
def test_what_is_read_lies_within_the_bounds_and_is_what_was_typed(typed: str, least: int, most: int) -> None:
    found = whole_number(typed, least, most)
    assert found is None or (least <= found <= most and found == int(typed))
