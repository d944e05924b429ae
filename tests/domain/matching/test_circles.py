"""Circles: everyone fits everyone, all share hours, and nobody sits in two."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.circles import best_to_join, form_circles, may_join, mean_score, shared_week
from buddybot.domain.matching.compatibility import rarity
from buddybot.domain.matching.limits import feasible
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()
BLOCKS = ("morning", "afternoon", "evening", "weekend")


def people(count: int) -> st.SearchStrategy[tuple[Candidate, ...]]:
    one = st.builds(
        Candidate,
        id=st.just(""),
        lane=st.just("self"),
        now=st.sampled_from(["using", "thinking", "steady_year", None]),
        not_ok=st.frozensets(st.sampled_from(["still_using"]), max_size=1),
        utc_offset=st.sampled_from([None, 0, 360]),
        hours=st.frozensets(st.sampled_from(BLOCKS), max_size=2),
        pace=st.sampled_from(["many", "weekly", None]),
        role=st.just("peer"),
    )
    return st.lists(one, min_size=count, max_size=count).map(
        lambda found: tuple(replace(each, id=f"p{i}") for i, each in enumerate(found))
    )


@given(st.integers(0, 11).flatmap(people))
def test_in_a_circle_everyone_fits_everyone_and_all_share_hours(pool: tuple[Candidate, ...]) -> None:
    by_id = {one.id: one for one in pool}
    circles = form_circles(pool, WEIGHTS)
    for circle in circles:
        members = [by_id[name] for name in circle.members]
        assert 3 <= len(members) <= 6
        assert all(feasible(a, b, WEIGHTS) for a, b in combinations(members, 2))
        assert shared_week(members, WEIGHTS).bit_count() >= 3
        assert circle.score == pytest.approx(mean_score(members, WEIGHTS, rarity(pool)))
    seats = [name for circle in circles for name in circle.members]
    assert len(seats) == len(set(seats))


def alike(name: str, pace: str = "few") -> Candidate:
    return Candidate(name, "self", "thinking", pace=pace, utc_offset=0, hours=frozenset({"evening"}))


def test_a_circle_stops_growing_where_the_mean_would_fall() -> None:
    pool = [alike("a"), alike("b"), alike("c"), alike("d", "many")]
    assert [set(circle.members) for circle in form_circles(pool, WEIGHTS)] == [{"a", "b", "c"}]


def test_seven_alike_make_one_full_circle() -> None:
    assert [len(circle.members) for circle in form_circles([alike(name) for name in "abcdefg"], WEIGHTS)] == [6]


def test_an_open_circle_is_filled_with_the_best_of_those_who_may_join() -> None:
    circle, rare = [alike("a"), alike("b"), alike("c")], rarity([])
    blocked = replace(alike("x"), blocked=frozenset({"b"}))
    early = replace(alike("y"), hours=frozenset({"morning"}))
    assert not may_join(early, circle, WEIGHTS)
    assert best_to_join(circle, [blocked, early], WEIGHTS, rare) is None
    found = best_to_join(circle, [blocked, alike("d", "many"), alike("e")], WEIGHTS, rare)
    assert found == alike("e")
    assert best_to_join([alike(name) for name in "abcdef"], [alike("g")], WEIGHTS, rare) is None


def test_hours_shared_two_by_two_are_not_enough_for_three() -> None:
    a = replace(alike("a"), hours=frozenset({"morning", "evening"}))
    b = replace(alike("b"), hours=frozenset({"evening", "afternoon"}))
    c = replace(alike("c"), hours=frozenset({"morning", "afternoon"}))
    assert may_join(a, [b], WEIGHTS)
    assert not may_join(c, [a, b], WEIGHTS)
    assert form_circles([a, b, c], WEIGHTS) == ()
