import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.talk.rooms import Room, RoomKind, Seat, fresh_alias
from buddybot.testing import MORNING

ANN, BEN = MemberId("ann"), MemberId("ben")
ROOM = Room(RoomId("r"), RoomKind.PAIR, (Seat(ANN, "Slow River"), Seat(BEN, "Blue Harbor")), MORNING)
FIRSTS, SECONDS = ("Slow", "Blue"), ("River", "Harbor")
ALL = [f"{first} {second}" for first in FIRSTS for second in SECONDS]


def test_each_goes_by_an_alias_of_their_own() -> None:
    assert (ROOM.alias_of(ANN), ROOM.alias_of(BEN)) == ("Slow River", "Blue Harbor")


def test_the_others_are_everyone_but_oneself() -> None:
    assert [seat.member for seat in ROOM.others(ANN)] == [BEN]


def test_a_stranger_has_no_alias_here() -> None:
    with pytest.raises(StopIteration):
        ROOM.alias_of(MemberId("cyn"))


def test_aliases_are_in_no_repr() -> None:
    assert "River" not in repr(ROOM)


@given(seed=st.integers(), taken=st.lists(st.sampled_from([*ALL, *(name.upper() for name in ALL)]), max_size=3))
def test_a_fresh_alias_is_not_one_that_is_taken_in_any_spelling(seed: int, taken: list[str]) -> None:
    drawn = fresh_alias(random.Random(seed), FIRSTS, SECONDS, taken)
    assert drawn in ALL
    assert drawn.casefold() not in {name.casefold() for name in taken}


def test_when_all_are_taken_one_comes_back_rather_than_none() -> None:
    assert fresh_alias(random.Random(1), FIRSTS, SECONDS, ALL) in ALL
