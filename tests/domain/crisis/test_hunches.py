"""A hunch: nothing but statistics speaks of L3 or L4, so it is asked about first, and an everyday line ends it."""

from dataclasses import replace

import pytest

from buddybot.domain.crisis.conversation import Signal, TypedWords
from buddybot.domain.crisis.steps import CHECK_INS
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.moderation.cases import CasePriority
from tests.domain.crisis.crisis_room import Person

L0, L1, L2, L3, L4 = Level
HUNCH = Signal(L4, weighed=True, hunch=True, own=True)
EVERYDAY = TypedWords(calm=True)


def test_a_hunch_is_asked_about_once_before_anybody_is_told_to_call() -> None:
    ann = Person()
    reply = ann.happens(HUNCH)

    assert ann.told == ["sure"]
    assert reply.alert is not None
    assert (reply.alert.priority, ann.state.level) == (CasePriority.P1, L2)


@pytest.mark.parametrize("lane", [None, SideLane.ALONE, SideLane.OVERDOSE])
def test_a_hunch_of_a_lane_is_asked_about_too(lane: SideLane | None) -> None:
    ann = Person()
    ann.happens(replace(HUNCH, lanes=frozenset({lane} if lane else ())))

    assert ann.told == ["sure"]


@pytest.mark.parametrize("words", [EVERYDAY, TypedWords(("okay",)), TypedWords(("no",)), TypedWords(("tired",))])
def test_an_everyday_line_or_an_i_am_fine_in_any_words_ends_a_hunch(words: TypedWords) -> None:
    ann = Person()
    ann.happens(HUNCH)
    reply = ann.happens(words)

    assert ann.told[-1] == "okay"
    assert (reply.state.level, reply.state.signed_at) == (None, None)
    assert set(CHECK_INS) <= set(reply.cancel)


def test_a_hunch_ends_in_silence_beside_a_buddy_and_no_rule_acts_on_doubt_for_a_day() -> None:
    ann = Person()
    ann.happens(HUNCH)
    reply = ann.happens(replace(EVERYDAY, alone=False))

    assert ann.told == []
    assert (reply.state.level, reply.state.hunch) == (L0, False)
    assert reply.state.signed_at is not None


def test_where_the_buddy_asked_something_an_everyday_line_may_be_the_answer() -> None:
    ann = Person()
    ann.happens(HUNCH)
    ann.state = replace(ann.state, crossed=True)

    assert ann.happens(replace(EVERYDAY, alone=False)).state.level is L2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (TypedWords(("yes",)), "now"),
        (TypedWords(("unsure",)), "wish"),
        (TypedWords(("not-breathing",)), "overdose"),
        (TypedWords(("took",)), "now"),
        (TypedWords(signal=HUNCH), "now"),
        (TypedWords(signal=Signal(L4, own=True)), "now"),
        (TypedWords(signal=Signal(L3, own=True)), "danger"),
    ],
)
def test_whatever_bears_a_hunch_out_is_answered_as_danger(words: TypedWords, says: str) -> None:
    ann = Person()
    ann.happens(HUNCH)
    ann.happens(words)

    assert ann.told[-1] == says


def test_words_that_are_neither_leave_it_open_and_nobody_is_told_to_call_again() -> None:
    ann = Person()
    ann.happens(HUNCH)
    ann.happens(TypedWords())

    assert ann.told[-1].startswith("still-")
    assert not ann.told[-1].startswith("still-now")
    assert ann.state.hunch


@pytest.mark.parametrize("level", [L1, L2, L3, L4])
def test_in_a_crisis_that_was_told_plainly_a_hunch_counts_as_told(level: Level) -> None:
    ann = Person()
    ann.writes(level)
    ann.happens(HUNCH)

    assert ann.told[-1].startswith("now")


def test_plain_danger_is_never_ended_by_an_everyday_line() -> None:
    ann = Person()
    ann.writes(L4)
    reply = ann.happens(EVERYDAY)

    assert ann.told[-1].startswith("still-now")
    assert reply.state.level is L4
