from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.people.members import Member, Private, Stage
from buddybot.testing import MORNING

MEMBER = Member(MemberId("m1"), Stage.HOME, "en", MORNING, MORNING)


def test_nobody_is_on_a_break_who_did_not_ask_for_one() -> None:
    assert not MEMBER.paused(MORNING)


def test_a_break_lasts_up_to_its_end_and_not_a_moment_longer() -> None:
    resting = Member(MemberId("m1"), Stage.HOME, "en", MORNING, MORNING, paused_until=MORNING + timedelta(hours=1))
    assert resting.paused(MORNING)
    assert resting.paused(MORNING + timedelta(minutes=59, seconds=59))
    assert not resting.paused(MORNING + timedelta(hours=1))


def test_what_is_private_is_in_no_repr() -> None:
    private = Private(nickname="Blue Canary", country="XK", gates="answers", intake="answers", subject="room", care="c")
    shown = repr(Member(MemberId("m1"), Stage.HOME, "en", MORNING, MORNING, private=private)) + repr(private)
    assert not any(word in shown for word in ("Canary", "XK", "answers", "room"))
