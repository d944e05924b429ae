"""What is held open: bounds by network and in all, and a network that takes too much pays for it alone."""

import pytest
from buddybot_http.holding import Allowance, Holders
from hypothesis import given
from hypothesis import strategies as st


class House:
    """A crowd of numbers; `busy` ones may not be dropped for a neighbour."""

    def __init__(self, allowance: Allowance) -> None:
        self.busy: set[int] = set()
        self.dropped: list[int] = []
        self.crowd = Holders[int](allowance, lambda one: one not in self.busy, self.dropped.append)

    def fill(self, network: str, *numbers: int) -> list[bool]:
        return [self.crowd.admit(network, number) for number in numbers]


def test_a_network_at_its_bound_makes_room_at_its_own_expense() -> None:
    house = House(Allowance(100, 3))
    house.fill("ann", 10)
    assert all(house.fill("flood", 1, 2, 3, 4, 5))
    assert house.dropped == [1, 2]
    assert len(house.crowd) == 4


def test_a_network_whose_lines_are_all_in_use_gets_no_more() -> None:
    house = House(Allowance(100, 3))
    house.busy = {1, 2, 3}
    assert house.fill("flood", 1, 2, 3, 4) == [True, True, True, False]
    assert house.fill("ann", 10) == [True]
    assert house.dropped == []


def test_who_was_heard_lately_stays() -> None:
    house = House(Allowance(100, 3))
    house.fill("flat", 1, 2, 3)
    house.crowd.heard(1)
    house.crowd.heard(99)
    house.fill("flat", 4)
    assert house.dropped == [2]


def test_a_full_house_makes_room_at_the_expense_of_the_largest_network_even_of_lines_in_use() -> None:
    house = House(Allowance(4, 4))
    house.busy = {1, 2, 3}
    house.fill("flood", 1, 2, 3)
    house.fill("ann", 10)
    assert house.fill("ben", 11) == [True]
    assert house.dropped == [1]


def test_a_full_house_of_equals_sends_nobody_who_is_talking_away() -> None:
    house = House(Allowance(2, 2))
    house.busy = {1, 2}
    house.fill("ann", 1)
    house.fill("ben", 2)
    assert house.fill("cem", 3) == [False]
    house.busy.clear()
    assert house.fill("cem", 3) == [True]


def test_a_proxy_stands_for_many_networks() -> None:
    house = House(Allowance(10, 2))
    assert all(house.crowd.admit("proxy", number, shared=True) for number in range(10))


def test_leaving_twice_is_fine_and_gives_the_place_back() -> None:
    house = House(Allowance(10, 1))
    house.busy = {1}
    house.fill("ann", 1)
    house.crowd.leave(1)
    house.crowd.leave(1)
    assert house.fill("ann", 2) == [True]
    assert house.dropped == []


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=60))
def test_bounds_hold_and_a_newcomer_from_a_small_network_always_gets_in(steps: list[tuple[str, bool]]) -> None:
    house = House(Allowance(12, 5))
    held: dict[int, str] = {}
    for number, (network, busy) in enumerate(steps):
        if busy:
            house.busy.add(number)
        if house.crowd.admit(network, number):
            held[number] = network
        held = {one: where for one, where in held.items() if one not in house.dropped}
        assert len(house.crowd) == len(held) <= 12
        assert all(list(held.values()).count(one) <= 5 for one in "abcd")
    assert house.crowd.admit("somebody else", -1)


@pytest.mark.parametrize(("descriptors", "connections", "by_network"), [
    (16, 8, 4), (256, 128, 64), (1024, 512, 256), (4096, 3584, 512), (65_536, 8192, 512),
])  # fmt: skip
def test_the_rest_of_the_house_keeps_its_descriptors(descriptors: int, connections: int, by_network: int) -> None:
    room = Allowance.of(descriptors)
    assert (room.connections, room.by_network) == (connections, by_network)
    assert descriptors - room.connections >= min(512, descriptors // 2)
    assert room.streams.connections < room.connections
    assert room.streams.by_network < room.by_network
    assert Allowance.of(descriptors, 4).connections == 4
