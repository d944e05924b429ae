"""Floors, waits, the plain round and the partner on arrival."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.matching.candidate import Candidate, hours_waited
from buddybot.domain.matching.compatibility import DIGITS, rarity, score
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.pairing import Pairing, best_partner, edge, floor, pair_up, wait_bonus
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)


def waiting(name: str, hours: float, *, now: str | None = "thinking") -> Candidate:
    return Candidate(name, "self", now, waiting_since=NOW - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("hours", "needed", "bonus"),
    [
        (0, 0.6, 0.0),
        (5.99, 0.6, 0.0),
        (6, 0.6, 0.02),
        (11.99, 0.6, 0.02),
        (12, 0.5, 0.04),
        (24, 0.4, 0.08),
        (47.99, 0.4, 0.14),
        (48, 0.3, 0.16),
        (60, 0.3, 0.2),
        (600, 0.3, 0.2),
        (-3, 0.6, 0.0),
    ],
)
def test_waiting_lowers_the_floor_and_raises_the_order(hours: float, needed: float, bonus: float) -> None:
    one, other = waiting("a", hours), Candidate("b", "self")
    assert floor(one, other, NOW, WEIGHTS) == floor(other, one, NOW, WEIGHTS) == needed
    assert wait_bonus(one, NOW, WEIGHTS) == pytest.approx(bonus)
    assert hours_waited(other, NOW) == 0


def test_a_score_that_equals_the_floor_passes() -> None:
    silent, other = waiting("a", 12, now=None), Candidate("b", "self")
    found = edge(silent, other, NOW, WEIGHTS, rarity([silent, other]))
    assert found is not None
    assert found.score == pytest.approx(0.5)
    assert found.worth == pytest.approx(0.54)


def test_the_same_score_without_the_wait_is_no_edge() -> None:
    silent, other = waiting("a", 11.9, now=None), Candidate("b", "self")
    assert edge(silent, other, NOW, WEIGHTS, rarity([silent, other])) is None


def test_a_mentor_takes_as_many_as_they_have_places_for() -> None:
    mentor = Candidate("m", "self", role="mentor", capacity=2, waiting_since=NOW - timedelta(hours=48))
    pool = [mentor, *(Candidate(name, "self", role="mentee") for name in "abc")]
    assert [p.members for p in pair_up(pool, NOW, WEIGHTS)] == [("m", "a"), ("m", "b")]


def test_an_empty_pool_and_a_pool_of_one_pair_nobody() -> None:
    assert pair_up([], NOW, WEIGHTS) == pair_up([waiting("a", 99)], NOW, WEIGHTS) == ()


def test_a_newcomer_gets_the_partner_worth_most() -> None:
    newcomer = Candidate("n", "self", "thinking", frozenset({"listen"}), pace="few", age_band="25-34")
    same = Candidate("b", "self", "thinking", frozenset({"listen"}), pace="few", age_band="25-34")
    longer = Candidate("c", "self", "thinking", frozenset({"listen"}), pace="few", waiting_since=same.waiting_since)
    found = best_partner(newcomer, [newcomer, longer, same], NOW, WEIGHTS)
    assert found is not None
    assert found.members == ("n", "b")
    assert found == Pairing(("n", "b"), found.score, ("help_wanted", "similar_place", "pace"))


def test_a_newcomer_waits_for_the_round_when_nobody_fits_well() -> None:
    assert best_partner(Candidate("n", "self"), [waiting("a", 99)], NOW, WEIGHTS) is None


def some(key: str, most: int = 3) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(WEIGHTS.choices.many[key])), max_size=most)


def one_of(key: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *sorted(WEIGHTS.choices.single[key])])


def people(name: str) -> st.SearchStrategy[Candidate]:
    return st.builds(
        Candidate,
        id=st.just(name),
        lane=st.just("self"),
        now=st.sampled_from([None, *sorted(WEIGHTS.choices.now["self"])]),
        help_wanted=some("help_wanted"),
        not_ok=some("not_ok", 1),
        statements=some("statements", 1),
        utc_offset=st.sampled_from([None, 0, -300, 330]),
        hours=some("hours"),
        medicine=st.sampled_from([frozenset(), frozenset({"none"}), frozenset({"past"})]),
        life=some("life", 6),
        pace=one_of("pace"),
        substances=some("substances"),
        age_band=one_of("age_band"),
        near_age=st.booleans(),
        gender_pref=st.sampled_from(["any", "any", "women", "same"]),
        gender=one_of("gender"),
        role=st.sampled_from(["peer", "peer", "mentor", "mentee"]),
        capacity=st.integers(1, 3),
        blocked=st.frozensets(st.sampled_from("abcdefg"), max_size=1),
        waiting_since=st.sampled_from([None, *(NOW - timedelta(hours=h) for h in (-1, 6, 13, 30, 50))]),
    )


pools = st.integers(0, 7).flatmap(lambda n: st.tuples(*(people(name) for name in "abcdefg"[:n])))


@given(pools)
def test_a_round_never_breaks_a_limit_a_floor_or_a_capacity(pool: tuple[Candidate, ...]) -> None:
    by_id, rare = {one.id: one for one in pool}, rarity(pool)
    made = pair_up(pool, NOW, WEIGHTS)
    for pairing in made:
        a, b = (by_id[name] for name in pairing.members)
        assert feasible(a, b, WEIGHTS)
        assert round(pairing.score, DIGITS) >= floor(a, b, NOW, WEIGHTS)
        assert pairing.score == score(a, b, WEIGHTS, rare) == score(b, a, WEIGHTS, rare)
    seats = [name for pairing in made for name in pairing.members]
    assert all(seats.count(one.id) <= one.places for one in pool)
    assert len({frozenset(pairing.members) for pairing in made}) == len(made)


@given(people("a"), people("b"))
def test_a_score_is_symmetric_and_between_nothing_and_one(a: Candidate, b: Candidate) -> None:
    rare = rarity([a, b])
    assert score(a, b, WEIGHTS, rare) == score(b, a, WEIGHTS, rare)
    assert 0 <= score(a, b, WEIGHTS, rare) <= 1 + 1e-12
    assert feasible(a, b, WEIGHTS) is feasible(b, a, WEIGHTS)
