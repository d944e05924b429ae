"""The succinct set answers as a set does, whatever somebody typed."""

from hypothesis import given
from hypothesis import strategies as st

from buddybot.content.succinct import SuccinctSet

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(st.sets(TEXTS), st.text(max_size=8))
def test_it_holds_what_a_set_holds(texts: set[str], typed: str) -> None:
    held = SuccinctSet(texts)
    assert set(held) == texts
    assert len(held) == len(texts)
    assert all(text in held for text in texts)
    assert (typed in held) is (typed in texts)


def test_half_a_letter_is_in_none() -> None:
    assert "\ud800" not in SuccinctSet(["a"])
