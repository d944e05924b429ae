from datetime import timedelta
from itertools import product

import pytest

from buddybot.domain.kernel.ids import MemberId, OfferId
from buddybot.domain.matching.offers import AskedParty, Offer, OfferFate, OfferReply
from buddybot.testing import MORNING

ANN, BEN, DAY = MemberId("ann"), MemberId("ben"), timedelta(days=1)


def offer(a: OfferReply = OfferReply.NONE, b: OfferReply = OfferReply.NONE) -> Offer:
    asked = (AskedParty(ANN, "Slow River", a), AskedParty(BEN, "Blue Harbor", b))
    return Offer(OfferId("o"), asked, 0.5, (), "1", MORNING, MORNING + DAY)


@pytest.mark.parametrize(("a", "b"), list(product(OfferReply, OfferReply)))
def test_only_two_yeses_make_a_pair_and_one_no_ends_it(a: OfferReply, b: OfferReply) -> None:
    fate = offer(a, b).fate(MORNING)
    if a is b is OfferReply.YES:
        assert fate is OfferFate.MADE
    elif {a, b} & {OfferReply.PASS, OfferReply.KNOWN}:
        assert fate is OfferFate.PASSED
    else:
        assert fate is OfferFate.OPEN


def test_an_open_offer_runs_out_at_its_very_moment() -> None:
    assert offer(OfferReply.YES).fate(MORNING + DAY - timedelta(seconds=1)) is OfferFate.OPEN
    assert offer(OfferReply.YES).fate(MORNING + DAY) is OfferFate.EXPIRED
    assert offer(OfferReply.YES, OfferReply.YES).fate(MORNING + DAY) is OfferFate.MADE


def test_each_side_finds_its_own_seat_and_the_other() -> None:
    found = offer().seat(BEN)
    assert found is not None
    assert found.alias == "Blue Harbor"
    assert offer().other(BEN).member == ANN
    assert offer().seat(MemberId("cyn")) is None


def test_a_reply_changes_one_side_only() -> None:
    answered = offer().answered(BEN, OfferReply.YES)
    assert [one.reply for one in answered.asked] == [OfferReply.NONE, OfferReply.YES]
    assert [one.reply for one in answered.answered(BEN, OfferReply.PASS).asked] == [OfferReply.NONE, OfferReply.PASS]


def test_more_time_is_granted_once_to_each() -> None:
    later = offer(OfferReply.YES).postponed(BEN, DAY)
    assert later is not None
    assert later.expires_at == MORNING + 2 * DAY
    assert [one.postponed for one in later.asked] == [False, True]
    assert [one.reply for one in later.asked] == [OfferReply.YES, OfferReply.NONE]
    assert later.postponed(BEN, DAY) is None
    again = later.postponed(ANN, DAY)
    assert again is not None
    assert again.expires_at == MORNING + 3 * DAY


def test_a_stranger_is_granted_nothing() -> None:
    assert offer().postponed(MemberId("cyn"), DAY) is None


def test_aliases_are_in_no_repr() -> None:
    assert "River" not in repr(offer())
