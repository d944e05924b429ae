from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.floods import flow_from, flow_text, parse_limits
from buddybot.domain.kernel.faults import Fault
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.talk.rate_limits import Print, RateLimits, SendRate, fingerprint, is_copy, is_new, remember, take

TABLE = read_toml(content_dir() / "floods.toml")
LIMITS = parse_limits(TABLE)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
KEY = b"key of a member"
HERE, A, B, C = (RoomId(name) for name in "habc")
AD = "hey i have some really good stuff from my guy, 20 each, fast and safe, just ask me here"
ORDINARY = (
    "hey how was your day, mine was long and i could not sleep much last night",
    "my dog ate the couch again so i spent the whole evening sewing it back together",
    "i went to the meeting yesterday and it was weird but i am glad i went anyway",
    "do you ever feel like the mornings are the worst part of the whole day for you",
    "so i started the new job and my boss is fine, the bus ride is what gets me",
    "i think i will call my sister this weekend, we have not talked since the summer",
)


def prints(text: str, limits: RateLimits = LIMITS) -> int:
    found = fingerprint(text, KEY, limits)
    assert found is not None
    return found


def distances(one: str, other: str) -> list[int]:
    """Return how far apart two notes are, for many members' keys: it is a matter of chance for each."""
    keys = [f"key {number}".encode() for number in range(100)]
    both = ((fingerprint(one, key, LIMITS), fingerprint(other, key, LIMITS)) for key in keys)
    return [(a ^ b).bit_count() for a, b in both if a is not None and b is not None]


def flow_of(*notes: tuple[RoomId, str]) -> SendRate:
    flow = SendRate(NOW)
    for room, text in notes:
        flow = remember(flow, room, prints(text), NOW, LIMITS)
    return flow


# ── Floods ──────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.floats(0, 20), max_size=120))
def test_never_more_than_the_burst_and_one_for_each_refill_passes(gaps: list[float]) -> None:
    flow, now, passed = SendRate(NOW), NOW, 0
    for gap in gaps:
        now += timedelta(seconds=gap)
        counted = take(flow, now, LIMITS)
        if counted is not None:
            flow, passed = counted, passed + 1
    assert passed <= LIMITS.burst + (now - NOW) / LIMITS.refill + 1


def test_a_flood_is_stopped_after_the_burst_and_a_wait_gives_room_again() -> None:
    flow = SendRate(NOW - DAY)
    for _ in range(LIMITS.burst):
        counted = take(flow, NOW, LIMITS)
        assert counted is not None
        flow = counted
    assert take(flow, NOW, LIMITS) is None
    assert take(flow, NOW + LIMITS.refill, LIMITS) is not None


@given(st.integers(1, 300))
def test_a_quiet_pace_is_never_stopped(notes: int) -> None:
    flow: SendRate | None = SendRate(NOW)
    for at in range(notes):
        assert flow is not None
        flow = take(flow, NOW + at * LIMITS.refill, LIMITS)
    assert flow is not None


# ── Copies ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "copy",
    [
        AD,
        AD.upper(),
        AD.replace("20", "25"),
        AD.replace("hey", "hello"),
        AD.replace("guy", "guy\u200b"),
        AD.replace("e", "é"),
        AD + " thanks",
        AD.replace(",", " -"),
    ],
)
def test_a_copy_with_small_changes_stays_close(copy: str) -> None:
    assert sum(bits <= LIMITS.alike for bits in distances(AD, copy)) >= 99
    flow = flow_of((A, AD), (B, AD))
    assert is_copy(flow, C, prints(copy), NOW, LIMITS)


@pytest.mark.parametrize("one", ORDINARY)
def test_ordinary_notes_are_far_from_each_other(one: str) -> None:
    for other in (*ORDINARY, AD):
        assert other == one or min(distances(one, other)) > LIMITS.alike


def test_the_same_words_to_one_person_again_are_no_copies() -> None:
    flow = flow_of((HERE, AD), (HERE, AD), (HERE, AD), (A, AD))
    assert not is_copy(flow, HERE, prints(AD), NOW, LIMITS)


def test_copies_are_forgotten_after_the_window() -> None:
    flow = flow_of((A, AD), (B, AD))
    later = NOW + LIMITS.window
    assert not is_copy(flow, C, prints(AD), later, LIMITS)
    assert remember(flow, C, None, later, LIMITS).prints == ()


def test_a_note_of_few_words_has_no_fingerprint_and_is_no_copy() -> None:
    assert fingerprint("hi how are you", KEY, LIMITS) is None
    assert not is_copy(flow_of((A, AD), (B, AD)), C, None, NOW, LIMITS)


def test_only_the_last_notes_of_a_room_are_kept() -> None:
    flow = SendRate(NOW)
    for bits in range(40):
        flow = remember(flow, A, bits, NOW, LIMITS)
    flow = remember(flow, B, 7, NOW, LIMITS)
    assert [one.bits for one in flow.prints if one.room == A] == list(range(40 - LIMITS.kept, 40))
    assert Print(B, 7, NOW) in flow.prints
    one_each = parse_limits({**TABLE, "copy_kept": 1})
    assert [one.bits for one in remember(flow, A, 99, NOW, one_each).prints] == [7, 99]


def test_the_same_words_of_two_people_can_not_be_told_to_be_the_same() -> None:
    other = fingerprint(AD, b"another key", LIMITS)
    assert other is not None
    assert (other ^ prints(AD)).bit_count() > LIMITS.alike


@given(st.text(max_size=2000))
def test_any_text_has_a_fingerprint_or_none_and_the_same_one_again(text: str) -> None:
    assert fingerprint(text, KEY, LIMITS) == fingerprint(text, KEY, LIMITS)


def test_a_very_long_note_is_read_only_so_far() -> None:
    assert fingerprint("spam " * 20_000, KEY, LIMITS) == fingerprint("spam " * 400, KEY, LIMITS)


# ── Newcomers ───────────────────────────────────────────────────────────────────────────


def test_somebody_is_new_for_two_weeks() -> None:
    assert is_new(NOW - 14 * DAY + SECOND, NOW, LIMITS)
    assert not is_new(NOW - 14 * DAY, NOW, LIMITS)


# ── At rest, and in the file ────────────────────────────────────────────────────────────


def test_a_pace_comes_back_as_it_was_written() -> None:
    for flow in (SendRate(NOW + timedelta(milliseconds=3)), flow_of((A, AD), (B, ORDINARY[0]))):
        assert flow_from(flow_text(flow)) == flow
        assert "stuff" not in flow_text(flow)


@pytest.mark.parametrize(
    ("key", "value", "fix"),
    [
        ("burst", 0, "1 or more"),
        ("burst", "many", "whole number"),
        ("copy_words", -1, "whole number"),
        ("copy_bits", 64, "less than 64"),
        ("brust", 4, "known here"),
    ],
)
def test_a_broken_table_names_its_key_and_what_to_do(key: str, value: object, fix: str) -> None:
    with pytest.raises(Fault, match=fix) as caught:
        parse_limits({**TABLE, key: value})
    assert caught.value.key == key


def test_newcomers_need_not_wait_where_an_operator_says_so() -> None:
    assert not is_new(NOW, NOW, parse_limits({**TABLE, "newcomer_days": 0}))
