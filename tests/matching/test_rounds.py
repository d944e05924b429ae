"""Rounds against the truth: the scalar score, brute force, and the exact relaxation."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import rarity, score
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.pairing import Edge, edge, edges
from buddybot.domain.matching.pairing import pair_up as plain
from buddybot.matching.crowd import gather
from buddybot.matching.rounds import Options, Round, pair_up, solve_round
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()
seeds = st.integers(0, 2**32 - 1)


def pool_of(count: int, seed: int, mentors: float = 0.08) -> tuple[Candidate, ...]:
    return invent(count, np.random.default_rng(seed), WEIGHTS, mentors=mentors)


def with_names(pool: tuple[Candidate, ...], seed: int) -> tuple[Candidate, ...]:
    """Let some people name others they may not meet."""
    rng = np.random.default_rng(seed)

    def changed(one: Candidate) -> Candidate:
        name = frozenset({f"p{rng.integers(len(pool) + 3)}"})
        return replace(one, blocked=name) if rng.random() < 0.5 else replace(one, previous=name)

    return tuple(changed(one) for one in pool)


def solve(pool: tuple[Candidate, ...], **options: int) -> Round:
    return solve_round(pool, NOON, WEIGHTS, Options(**options))


def best_total(found: list[Edge], free: dict[str, int]) -> float:
    """Return the best total there is, by trying everything."""

    @cache
    def best(at: int, places: tuple[tuple[str, int], ...]) -> float:
        if at == len(found):
            return 0.0
        without = best(at + 1, places)
        left, this = dict(places), found[at]
        if not (left[this.a.id] and left[this.b.id]):
            return without
        left[this.a.id] -= 1
        left[this.b.id] -= 1
        return max(without, this.worth + best(at + 1, tuple(left.items())))

    return best(0, tuple(free.items()))


@settings(max_examples=40)
@given(seeds)
def test_scores_and_limits_are_those_of_the_domain(seed: int) -> None:
    pool = with_names(pool_of(24, seed), seed)
    crowd, rare = gather(pool, NOON, WEIGHTS), rarity(pool)
    left, right = np.divmod(np.arange(len(pool) ** 2), len(pool))
    scores = crowd.scores(left, right)
    allowed = crowd.allowed(left, right, scores)
    for i, j, fast, may in zip(left, right, scores, allowed, strict=True):
        a, b = pool[i], pool[j]
        assert may == (edge(a, b, NOON, WEIGHTS, rare) is not None)
        if feasible(a, b, WEIGHTS):
            assert fast == pytest.approx(score(a, b, WEIGHTS, rare), abs=1e-9)


@settings(max_examples=60)
@given(st.integers(0, 12), seeds)
def test_a_small_round_is_the_best_there_is_with_capacities(count: int, seed: int) -> None:
    pool = with_names(pool_of(count, seed, mentors=0.12), seed)
    found = list(edges(pool, NOON, WEIGHTS))[:40]
    made = solve(pool)
    free = {one.id: one.places for one in pool}
    if len(found) < 40:
        assert made.total == pytest.approx(best_total(found, free), abs=1e-9)
    obeys_everything(pool, made)


def obeys_everything(pool: tuple[Candidate, ...], made: Round) -> None:
    by_id, rare = {one.id: one for one in pool}, rarity(pool)
    for pairing in made.pairs:
        a, b = (by_id[name] for name in pairing.members)
        found = edge(a, b, NOON, WEIGHTS, rare)
        assert found is not None
        assert pairing.score == pytest.approx(found.score, abs=1e-9)
    seats = [name for pairing in made.pairs for name in pairing.members]
    assert all(seats.count(one.id) <= one.places for one in pool)
    assert len({frozenset(pairing.members) for pairing in made.pairs}) == len(made.pairs)
    assert made.matched == len(set(seats))
    assert made.total <= made.bound + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_is_the_relaxation_over_all_pairs(seed: int) -> None:
    pool = pool_of(80, seed)
    found, place = list(edges(pool, NOON, WEIGHTS)), {one.id: i for i, one in enumerate(pool)}
    holds = np.zeros((len(pool), len(found)))
    for column, one in enumerate(found):
        holds[[place[one.a.id], place[one.b.id]], column] = 1
    relaxed = linprog([-e.worth for e in found], A_ub=holds, b_ub=[one.places for one in pool], bounds=(0, 1))
    made = solve(pool)
    assert relaxed.fun is not None
    assert made.bound == pytest.approx(-relaxed.fun, abs=1e-6)
    obeys_everything(pool, made)


def test_a_larger_round_obeys_every_limit_and_is_near_its_bound() -> None:
    pool = with_names(pool_of(3200, 5), 5)
    made = solve(pool)
    obeys_everything(pool, made)
    assert made.ratio > 0.997
    assert made == solve(pool)


def test_a_round_beats_the_plain_one() -> None:
    pool = pool_of(150, 3)
    by_id, rare = {one.id: one for one in pool}, rarity(pool)
    worth = 0.0
    for pairing in plain(pool, NOON, WEIGHTS):
        found = edge(by_id[pairing.members[0]], by_id[pairing.members[1]], NOON, WEIGHTS, rare)
        assert found is not None
        worth += found.worth
    assert solve(pool).total >= worth


def test_identical_people_are_all_paired() -> None:
    pool = tuple(Candidate(f"p{i}", "self", "thinking", frozenset({"listen"}), pace="few") for i in range(3001))
    made = solve(pool)
    assert made.matched == 3000
    assert made.ratio > 0.999


@pytest.mark.parametrize("count", [0, 1])
def test_too_small_a_pool_is_a_round_of_nothing(count: int) -> None:
    made = solve(pool_of(count, 1))
    assert (made.pairs, made.members, made.total, made.bound, made.ratio) == ((), count, 0, 0, 1)


def test_people_who_all_exclude_each_other_are_left_alone() -> None:
    pool = tuple(Candidate(f"p{i}", "self", languages=frozenset({f"x{chr(97 + i)}"})) for i in range(20))
    assert solve(pool).pairs == ()
    assert solve(pool).ratio == 1


def test_without_time_the_round_still_ends_with_a_bound() -> None:
    pool = pool_of(3100, 2)
    made = solve_round(pool, NOON, WEIGHTS, Options(time_limit=1e-9))
    obeys_everything(pool, made)
    assert made.pairs


@settings(max_examples=30)
@given(st.integers(2, 14), seeds, st.integers(1, 60))
def test_waiting_longer_never_lowers_ones_chance(count: int, seed: int, hours: int) -> None:
    pool = pool_of(count, seed)
    before = {name for pairing in pair_up(pool, NOON, WEIGHTS) for name in pairing.members}
    for index, one in enumerate(pool):
        if one.id in before and one.waiting_since is not None:
            longer = replace(one, waiting_since=one.waiting_since - timedelta(hours=hours))
            changed = (*pool[:index], longer, *pool[index + 1 :])
            assert any(one.id in pairing.members for pairing in pair_up(changed, NOON, WEIGHTS))
            break


def test_a_planted_minority_is_not_traded_away() -> None:
    crowd = pool_of(400, 8, mentors=0.0)
    open_to_all = Candidate(
        "", "self", "thinking", languages=frozenset({"xx"}), waiting_since=NOON - timedelta(hours=50)
    )
    few = tuple(
        replace(open_to_all, id=f"few{i}", life=one.life, pace=one.pace, help_wanted=one.help_wanted)
        for i, one in enumerate(crowd[:12])
    )
    alone = {name for pairing in pair_up(few, NOON, WEIGHTS) for name in pairing.members}
    together = {name for pairing in pair_up(crowd + few, NOON, WEIGHTS) for name in pairing.members}
    assert len(alone) >= 10
    assert len(alone) <= len(together & {one.id for one in few})
