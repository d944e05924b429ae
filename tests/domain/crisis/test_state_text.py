from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.crisis.conversation import Check, CrisisState, Due, Press, Signal
from buddybot.domain.crisis.state_text import care_from, care_text
from buddybot.domain.kernel.levels import Level, SideLane
from tests.domain.crisis.crisis_room import Person

HAPPENINGS = st.one_of(
    st.builds(Signal, st.sampled_from(Level), st.frozensets(st.sampled_from(SideLane)), delivered=st.booleans()),
    st.builds(Press, st.sampled_from(["care.exit.not-meant", "care.check.stop", "care.check.better", "care.tell.no"])),
    st.builds(Due, st.sampled_from(Check)),
)


@given(st.lists(HAPPENINGS, max_size=8))
def test_the_conversation_goes_on_after_a_restart_as_if_nothing_had_been(
    happenings: list[Signal | Press | Due],
) -> None:
    ann = Person(in_chat=True)
    for what in happenings:
        ann.happens(what)
        assert care_from(care_text(ann.state)) == ann.state


def test_nothing_to_remember_is_an_empty_text() -> None:
    assert care_text(CrisisState()) == ""
    assert care_from("") == CrisisState()


def test_a_state_stored_by_an_older_version_is_still_read() -> None:
    old = (
        '{"level": 3, "lane": "od", "asked": "self-harm", "opened_at": "2026-11-23T10:00:00+00:00",'
        ' "hushed": 1, "hushed_until": "2026-11-24T10:00:00.000123+00:00", "awaited": true, "buddy_may_know": false}'
    )
    assert care_from(old.replace('"od"', f'"{next(iter(SideLane))}"')) == CrisisState(
        level=Level(3),
        lane=next(iter(SideLane)),
        asked="self-harm",
        opened_at=datetime(2026, 11, 23, 10, tzinfo=UTC),
        hushed=Level(1),
        hushed_until=datetime(2026, 11, 24, 10, 0, 0, 123, tzinfo=UTC),
        awaited=True,
        buddy_may_know=False,
    )


def test_what_a_newer_version_added_is_left_aside() -> None:
    assert care_from('{"level": 2, "added_later": {"a": 1}}') == CrisisState(level=Level.L2)


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "7", '{"level": 9}', '{"lane": "Z"}', '{"said_at": "soon"}', '{"said_at": "2026-11-23T10:00"}'],
)
def test_a_record_that_cannot_be_read_is_a_fresh_start(text: str) -> None:
    assert care_from(text) == CrisisState()
