from buddybot_http.limits import Buckets
from buddybot_web.limits import Limits


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
    limits = Limits()
    assert limits.network_of("192.0.2.7") != limits.network_of("192.0.2.8")
    assert limits.network_of("2001:db8:1:2::1") == limits.network_of("2001:db8:1:2:ffff::9")
    assert limits.network_of("2001:db8:1:2::1") != limits.network_of("2001:db8:1:3::1")
    assert limits.network_of("") == limits.network_of("")
    assert "192" not in limits.network_of("192.0.2.7")
    assert limits.network_of("192.0.2.7") != Limits().network_of("192.0.2.7")
