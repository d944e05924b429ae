from datetime import timedelta
from itertools import product

import pytest

from buddybot.domain.kernel.ids import MemberId, OfferId
from buddybot.domain.matching.offers import Asked, Fate, Offer, Reply
from buddybot.testing import MORNING

ANN, BEN, DAY = MemberId("ann"), MemberId("ben"), timedelta(days=1)


def offer(a: Reply = Reply.NONE, b: Reply = Reply.NONE) -> Offer:
    asked = (Asked(ANN, "Slow River", a), Asked(BEN, "Blue Harbor", b))
    return Offer(OfferId("o"), asked, 0.5, (), "1", MORNING, MORNING + DAY)


@pytest.mark.parametrize(("a", "b"), list(product(Reply, Reply)))
def test_only_two_yeses_make_a_pair_and_one_no_ends_it(a: Reply, b: Reply) -> None:
    fate = offer(a, b).fate(MORNING)
    if a is b is Reply.YES:
        assert fate is Fate.MADE
    elif {a, b} & {Reply.PASS, Reply.KNOWN}:
        assert fate is Fate.PASSED
    else:
        assert fate is Fate.OPEN


def test_an_open_offer_runs_out_at_its_very_moment() -> None:
    assert offer(Reply.YES).fate(MORNING + DAY - timedelta(seconds=1)) is Fate.OPEN
    assert offer(Reply.YES).fate(MORNING + DAY) is Fate.EXPIRED
    assert offer(Reply.YES, Reply.YES).fate(MORNING + DAY) is Fate.MADE


def test_each_side_finds_its_own_seat_and_the_other() -> None:
    found = offer().seat(BEN)
    assert found is not None
    assert found.alias == "Blue Harbor"
    assert offer().other(BEN).member == ANN
    assert offer().seat(MemberId("cyn")) is None


def test_a_reply_changes_one_side_only() -> None:
    answered = offer().answered(BEN, Reply.YES)
    assert [one.reply for one in answered.asked] == [Reply.NONE, Reply.YES]
    assert [one.reply for one in answered.answered(BEN, Reply.PASS).asked] == [Reply.NONE, Reply.PASS]


def test_more_time_is_granted_once_to_each() -> None:
    later = offer(Reply.YES).postponed(BEN, DAY)
    assert later is not None
    assert later.expires_at == MORNING + 2 * DAY
    assert [one.postponed for one in later.asked] == [False, True]
    assert [one.reply for one in later.asked] == [Reply.YES, Reply.NONE]
    assert later.postponed(BEN, DAY) is None
    again = later.postponed(ANN, DAY)
    assert again is not None
    assert again.expires_at == MORNING + 3 * DAY


def test_a_stranger_is_granted_nothing() -> None:
    assert offer().postponed(MemberId("cyn"), DAY) is None


def test_aliases_are_in_no_repr() -> None:
    assert "River" not in repr(offer())
