"""The opinion by itself: what it remembers, what it forgets, and that long messages are not watered down."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.rules import opinion
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.opinion import Opinion, OpinionWeights, _Rows, letters_of
from buddybot.rules.words import cut

LEXICON = Lexicon({"en": {"end": frozenset({"die"})}})


def small(terms: dict[str, int]) -> Opinion:
    rows = {term: row for row, term in enumerate(terms)}
    weights = OpinionWeights(
        labels=("crisis",),
        terms=rows,
        weights=struct.pack(f"{len(terms)}b", *terms.values()),
        rarity=struct.pack(f"<{len(terms)}e", *[1.0] * len(terms)),
        scale=(1.0,),
        bias=(0.0,),
        full=(1e-3,) * 4,
    )
    return Opinion(weights, LEXICON)


def score(model: Opinion, text: str, *signs: str) -> float:
    words = cut(text)
    (found,) = model.scores(words, LEXICON.typed(words.joined), signs)
    return found


def test_words_letters_kinds_and_signs_all_count() -> None:
    model = small({"die": 1, "#<di": 1, "&end": 1, "&&frame endself": 1})
    assert score(model, "die") == pytest.approx(3.0)
    assert score(model, "die", "&&frame endself") == pytest.approx(4.0)
    assert score(model, "dim") == pytest.approx(1.0)
    assert score(model, "") == 0.0


def test_a_cry_in_a_long_story_is_not_watered_down() -> None:
    model = small({"die": 1, "and": -1})
    story = "and " * 200
    assert score(model, f"{story} die die die die {story}") > score(model, story)


def test_more_new_words_than_can_be_remembered_are_still_read() -> None:
    model = small({"#<w1": 1})
    for start in range(0, 21_000, 400):
        score(model, " ".join(f"w{number}" for number in range(start, start + 400)))
    assert score(model, "w1") == pytest.approx(1.0)
    assert len(model._words) <= opinion._REMEMBERED


def test_one_message_may_cost_only_so_many_new_words() -> None:
    model = small({"#<w1": 1})
    score(model, " ".join(f"w{number}" for number in range(3_000)))
    assert len(model._words) == opinion._NEW_WORDS


@given(st.lists(st.lists(st.integers(-128, 127), min_size=3, max_size=3), min_size=1, max_size=40), st.integers(1, 90))
def test_sums_of_whole_rows_are_sums_of_their_columns(rows: list[list[int]], times: int) -> None:
    lengths = struct.pack(f"<{len(rows)}e", *range(len(rows)))
    table = struct.pack(f"{3 * len(rows)}b", *(weight for row in rows for weight in row))
    held = _Rows(OpinionWeights(("a", "b", "c"), {}, table, lengths, (1.0,) * 3, (0.0,) * 3, (1.0,) * 4))
    for found in (
        held.total(list(range(len(rows)))),
        tuple(map(sum, zip(*map(held.row, range(len(rows))), strict=True))),
    ):
        assert held.columns(times * found[0]) == tuple(times * sum(column) for column in zip(*rows, strict=True))
        assert found[1] == sum(length * length for length in range(len(rows)))
    assert held.total([]) == (0, 0.0)


def test_telling_words_are_those_that_spoke_for_the_label() -> None:
    model = small({"die": 2, "want": 1, "pizza": -1})
    assert model.telling(cut("want die pizza"), "crisis") == ["die", "want"]


def test_a_word_is_cut_into_runs_with_its_borders() -> None:
    assert list(letters_of("ab")) == ["#<a", "#ab", "#b>", "#<ab", "#ab>", "#<ab>"]
