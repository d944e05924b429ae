import pytest
from buddybot_http.limits import Buckets
from buddybot_http.security import last_forwarded
from buddybot_web.limits import Limits
from multidict import CIMultiDict

from tests.web.house import Library, open_house
from tests.web.visitor import visit


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_then_it_waits_for_the_rate() -> None:
    clock = Clock()
    buckets = Buckets(3, 0.5, clock)
    assert [buckets.take("ann") for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.take("ben") == 0
    clock.now = 2
    assert buckets.take("ann") == 0
    assert buckets.take("ann") > 0


def test_a_rest_fills_the_bucket_and_no_further() -> None:
    clock = Clock()
    buckets = Buckets(2, 1, clock)
    buckets.take("ann")
    clock.now = 1000
    assert [buckets.take("ann") > 0 for _ in range(3)] == [False, False, True]


def test_a_crowd_is_forgotten_when_it_has_rested_and_the_busy_are_not() -> None:
    clock = Clock()
    buckets = Buckets(1, 0.001, clock)
    for number in range(10_001):
        buckets.take(f"passer-by {number}")
    clock.now = 2000
    assert buckets.take("ann") == 0
    assert len(buckets._levels) == 1
    assert buckets.take("ann") > 0


def test_a_crowd_that_never_rests_pushes_out_the_oldest_and_not_the_busy() -> None:
    buckets = Buckets(2, 0.001, Clock())
    assert [buckets.take("ann") > 0 for _ in range(3)] == [False, False, True]
    for number in range(9_999):
        buckets.take(f"passer-by {number}")
    assert buckets.take("ann") > 0
    for number in range(20_000):
        buckets.take(f"newcomer {number}")
    assert len(buckets._levels) == 10_000


def test_a_network_is_one_address_or_one_household_and_never_the_address_itself() -> None:
    limits = Limits(Library())
    assert limits.network_of("192.0.2.7") != limits.network_of("192.0.2.8")
    assert limits.network_of("2001:db8:1:2::1") == limits.network_of("2001:db8:1:2:ffff::9")
    assert limits.network_of("2001:db8:1:2::1") != limits.network_of("2001:db8:1:3::1")
    assert limits.network_of("") == limits.network_of("")
    assert "192" not in limits.network_of("192.0.2.7")
    assert limits.network_of("192.0.2.7") != Limits(Library()).network_of("192.0.2.7")


def test_what_holds_things_open_is_a_whole_provider_of_addresses_that_cost_nothing() -> None:
    limits = Limits(Library())
    assert limits.place_of("2001:db8:1:2::1") == limits.place_of("2001:db8:1:3::1")
    assert limits.place_of("2001:db8:1:2::1") != limits.place_of("2001:db8:2:2::1")
    assert limits.place_of("192.0.2.7") != limits.place_of("192.0.2.8")


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (["192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9", "192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9, 203.0.113.8", "203.0.113.7 ,192.0.2.1 "], "192.0.2.1"),
        (["192.0.2.1:4711"], "192.0.2.1"),
        (["2001:db8::1"], "2001:db8::1"),
        (["[2001:db8::1]"], "2001:db8::1"),
        (["[2001:db8::1]:4711"], "2001:db8::1"),
        (["fe80::1%eth0"], "fe80::1"),
        (["[fe80::1%eth0]:4711"], "fe80::1"),
        (["::ffff:192.0.2.1"], "192.0.2.1"),
        (["[::ffff:192.0.2.1]:4711"], "192.0.2.1"),
        (["unknown"], ""),
        (["192.0.2.1, "], ""),
        (["203.0.113.9", ""], ""),
        (["192.0.2.1:port"], ""),
        (["[192.0.2.1"], ""),
        ([], ""),
    ],
)
def test_a_proxys_last_word_is_the_address_whatever_the_sender_put_before(lines: list[str], address: str) -> None:
    assert last_forwarded(lines) == address


async def test_each_guess_of_nine_words_counts_however_a_proxy_writes_its_line() -> None:
    async with open_house({"proxy": "127.0.0.1"}) as house, visit(house) as ann:
        said = {"forged": "203.0.113.{}", "real": "192.0.2.1:40{:02}"}
        answers = []
        for number in range(12):
            lines = CIMultiDict(
                [("X-Page-Token", ann.token), *(("X-Forwarded-For", one.format(number)) for one in said.values())]
            )
            async with ann.session.post("/api/return", json={}, headers=lines) as answer:
                answers.append(answer.status)
        assert answers == [422] * 8 + [429] * 4


async def test_without_a_trusted_proxy_nobody_says_where_they_come_from() -> None:
    async with open_house({"proxy": "192.0.2.9"}) as house, visit(house) as ann:
        answers = [(await ann.post("return", {}, X_Forwarded_For=f"203.0.113.{number}"))[0] for number in range(12)]
        assert answers == [422] * 8 + [429] * 4
