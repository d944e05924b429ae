"""The opinion by itself: what it remembers, what it forgets, and that long messages are not watered down."""

import numpy as np
import pytest

from buddybot.rules import opinion
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.opinion import Opinion, OpinionWeights, letters_of
from buddybot.rules.words import cut

LEXICON = Lexicon({"en": {"end": frozenset({"die"})}})


def small(terms: dict[str, float]) -> Opinion:
    rows = {term: row for row, term in enumerate(terms)}
    weights = OpinionWeights(
        labels=("crisis",),
        terms=rows,
        weights=np.array([[weight] for weight in terms.values()], dtype=np.int8),
        scale=np.ones(1, dtype=np.float32),
        squares=np.ones(len(terms), dtype=np.float32),
        bias=np.zeros(1, dtype=np.float32),
        full=np.full(4, 1e-3, dtype=np.float32),
    )
    return Opinion(weights, LEXICON)


def score(model: Opinion, text: str, *signs: str) -> float:
    words = cut(text)
    (found,) = model.scores(words, LEXICON.typed(words.joined), signs)
    return found


def test_words_letters_kinds_and_signs_all_count() -> None:
    model = small({"die": 1.0, "#<di": 1.0, "&end": 1.0, "&&frame endself": 1.0})
    assert score(model, "die") == pytest.approx(3.0)
    assert score(model, "die", "&&frame endself") == pytest.approx(4.0)
    assert score(model, "dim") == pytest.approx(1.0)
    assert score(model, "") == 0.0


def test_a_cry_in_a_long_story_is_not_watered_down() -> None:
    model = small({"die": 1.0, "and": -1.0})
    story = "and " * 200
    assert score(model, f"{story} die die die die {story}") > score(model, story)


def test_more_new_words_than_can_be_remembered_are_still_read() -> None:
    model = small({"#<w1": 1.0})
    for start in range(0, 21_000, 400):
        score(model, " ".join(f"w{number}" for number in range(start, start + 400)))
    assert score(model, "w1") == pytest.approx(1.0)
    assert len(model._words) <= opinion._REMEMBERED


def test_one_message_may_cost_only_so_many_new_words() -> None:
    model = small({"#<w1": 1.0})
    score(model, " ".join(f"w{number}" for number in range(3_000)))
    assert len(model._words) == opinion._NEW_WORDS


def test_telling_words_are_those_that_spoke_for_the_label() -> None:
    model = small({"die": 2.0, "want": 1.0, "pizza": -1.0})
    assert model.telling(cut("want die pizza"), "crisis") == ["die", "want"]


def test_a_word_is_cut_into_runs_with_its_borders() -> None:
    assert list(letters_of("ab")) == ["#<a", "#ab", "#b>", "#<ab", "#ab>", "#<ab>"]
