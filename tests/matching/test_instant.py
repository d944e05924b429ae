"""The partner on arrival against the plain search through everyone."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.domain.matching.pairing import best_partner
from buddybot.matching.instant import WaitingCrowd
from buddybot.matching.kinds import PARTS, Kinds
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(0, 60))
def test_the_partner_on_arrival_is_the_one_a_search_through_all_finds(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    pool = invent(count + 8, rng, WEIGHTS)
    crowd, waiting = WaitingCrowd(WEIGHTS, room=4), {one.id: one for one in pool[:count]}
    for one in waiting.values():
        crowd.add(one)
    for newcomer in pool[count:]:
        found = crowd.best_partner(newcomer, NOON)
        wanted = best_partner(newcomer, tuple(waiting.values()), NOON, WEIGHTS)
        assert found == wanted
        crowd.add(newcomer)
        waiting[newcomer.id] = newcomer
        if found is not None:
            for name in found.members:
                crowd.remove(name)
                del waiting[name]
        assert len(crowd) == len(waiting)


def test_answers_of_another_version_are_known_to_be_so() -> None:
    (one,) = invent(1, np.random.default_rng(1), WEIGHTS)
    crowd = WaitingCrowd(WEIGHTS)
    assert crowd.knows(one)
    strange = {"lane": "", "now": "elsewhere", "pace": "never", "age_band": "0-7", "gender": "x"}
    for name, value in strange.items():
        assert not crowd.knows(replace(one, **{"lane": "self", name: value}))  # type: ignore[arg-type]
    assert not crowd.knows(replace(one, life=frozenset({"juggling"})))


def test_nothing_is_kept_of_those_who_left() -> None:
    people = invent(60, np.random.default_rng(2), WEIGHTS)
    kinds = Kinds(PARTS[0], WEIGHTS)
    numbers = [kinds.enter(one) for one in people]
    kinds.against(people[0], np.array(numbers))
    for number in numbers:
        kinds.leave(number)
    (again,) = [kinds.enter(one) for one in people[-1:]]
    assert again < len(set(numbers))
    fresh = Kinds(PARTS[0], WEIGHTS)
    expected = fresh.against(people[0], np.array([fresh.enter(people[-1])]))
    assert kinds.against(people[0], np.array([again])).tolist() == expected.tolist()


def test_someone_who_left_or_came_twice_is_found_as_they_are_now() -> None:
    (one, other) = invent(2, np.random.default_rng(1), WEIGHTS)
    crowd = WaitingCrowd(WEIGHTS)
    crowd.add(one)
    crowd.add(one)
    crowd.remove(other.id)
    assert len(crowd) == 1
    assert one.id in crowd
    assert crowd.best_partner(one, NOON + timedelta(hours=1)) is None
    crowd.remove(one.id)
    assert crowd.best_partner(other, NOON) is None
