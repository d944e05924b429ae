"""The partner on arrival against the plain search through everyone."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.domain.matching.candidate import ENGLISH, Candidate
from buddybot.domain.matching.pairing import best_partner
from buddybot.matching import instant
from buddybot.matching.instant import WaitingCrowd
from buddybot.matching.kinds import Kinds
from buddybot.matching.tables import score_parts
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()


def with_names(pool: tuple[Candidate, ...], seed: int) -> tuple[Candidate, ...]:
    """Let people name others they may not meet, and some speak what few speak: more languages than have a bit."""
    rng = np.random.default_rng(seed)

    def changed(one: Candidate) -> Candidate:
        name = frozenset({pool[int(rng.integers(len(pool)))].id})
        spoken = one.languages if rng.random() < 0.7 else frozenset({f"language {rng.integers(90)}", "en"})
        return replace(one, blocked=name, languages=spoken - ({"en"} if rng.random() < 0.3 else set()) or ENGLISH)

    return tuple(changed(one) for one in pool)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.sampled_from((8, 1 << 15)))
def test_the_partner_on_arrival_is_the_one_a_search_through_all_finds(seed: int, count: int, block: int) -> None:
    rng = np.random.default_rng(seed)
    pool = with_names(invent(count + 8, rng, WEIGHTS), seed)
    crowd, waiting = WaitingCrowd(WEIGHTS, room=4), {one.id: one for one in pool[:count]}
    for one in waiting.values():
        crowd.add(one)
    for newcomer in pool[count:]:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(instant, "BLOCK", block)  # small ones: what one block finds spares the next some work
            found = crowd.best_partner(newcomer, NOON)
        assert found == best_partner(newcomer, tuple(waiting.values()), NOON, WEIGHTS)
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
        assert not crowd.knows(replace(one, **{"lane": "self", name: value}))  # type: ignore[arg-type]  # a field by its name
    for name in ("life", "help_wanted", "medicine", "substances", "not_ok"):
        assert not crowd.knows(replace(one, **{name: frozenset({"juggling"})}))  # type: ignore[arg-type]  # a field by its name


def test_nothing_is_kept_of_those_who_left() -> None:
    people = invent(300, np.random.default_rng(2), WEIGHTS)
    for part in score_parts(WEIGHTS):
        codes = [part.code(one) for one in people]
        kinds, fresh = Kinds(part), Kinds(part)
        numbers = [kinds.enter(code) for code in codes]
        for number in numbers:
            kinds.leave(number)
        assert kinds.points(codes[0]).tolist() == [fresh.points(codes[0])[0]] * len(kinds.points(codes[0]))
        again = kinds.enter(codes[-1])
        assert again <= max(numbers)
        alone = fresh.enter(codes[-1])
        assert kinds.points(codes[0])[again] == fresh.points(codes[0])[alone]


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
