"""Retry with back-off, log-once notices, bounded memory, ids that never repeat."""

import asyncio
import logging
from collections.abc import MutableMapping
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.adapter import (
    BackgroundTasks,
    Notices,
    RetryLater,
    Unreachable,
    backoff,
    expiring,
    lru,
    unique_event,
    until_answered,
    utc_now,
    words_or,
)
from tests.adapter.village import Ledger


class Line:
    """A platform that answers after some failures; it counts calls, and seconds waited instead of waiting."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.calls = 0
        self.waited: list[float] = []

    async def asks(self) -> str:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return "answer"

    async def sleeps(self, seconds: float) -> None:
        self.waited.append(seconds)

    async def answer(self, meaning: Exception | None = None, pauses: list[float] | None = None) -> str:
        return await until_answered(
            self.asks,
            failures=(OSError, RetryLater),
            meaning=lambda error: meaning or error if isinstance(error, OSError) else error,
            pauses=pauses,
            sleep=self.sleeps,
        )


def test_back_off_doubles_up_to_its_most() -> None:
    assert list(islice(backoff(1, 5), 5)) == [1, 2, 4, 5, 5]


async def test_a_passing_failure_is_tried_again_with_growing_pauses() -> None:
    line = Line(*[OSError("down")] * 3)
    assert await line.answer(RetryLater()) == "answer"
    assert line.calls == 4
    assert line.waited == list(islice(backoff(), 3))


async def test_the_platform_is_left_alone_for_as_long_as_it_asks() -> None:
    line = Line(RetryLater(600), RetryLater(0.001), OSError())
    await line.answer(RetryLater(3600))
    assert line.waited == [600, 0.2, 3600]


@pytest.mark.parametrize("meant", [Unreachable(), None])
async def test_a_refusal_for_good_is_raised_at_once(meant: Exception | None) -> None:
    refused = OSError("no")
    line = Line(refused)
    with pytest.raises((Unreachable, OSError)) as raised:
        await line.answer(meant)
    assert raised.value is (meant or refused)
    assert line.calls == 1
    assert raised.value.__cause__ is None, "a library's error may hold a token"


async def test_what_is_no_failure_of_the_line_is_raised_untranslated() -> None:
    with pytest.raises(KeyError):
        await Line(KeyError("bug")).answer(RetryLater())


async def test_tries_that_are_counted_end_in_a_time_out() -> None:
    line = Line(*[OSError()] * 9)
    with pytest.raises(TimeoutError):
        await line.answer(RetryLater(), [1, 2])
    assert line.calls == 2


def test_the_operator_is_told_once_and_again_after_a_change(caplog: pytest.LogCaptureFixture) -> None:
    notices = Notices(logging.getLogger("somewhere"), "somewhere")
    for sentence in ("no right", "no right", "no room"):
        notices.say(sentence)
    notices.forget()
    notices.say("no right")
    assert caplog.messages == [f"somewhere: no {each}" for each in ("right", "room", "right")]


async def test_what_fails_in_the_background_is_logged_by_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise ValueError("somebody's words")

    background = BackgroundTasks(logging.getLogger("somewhere"))
    background.run(fails())
    await background.end()
    assert caplog.messages == ["something in the background failed (ValueError)"]
    assert "words" not in caplog.text


async def test_the_background_ends_with_the_adapter_what_can_end_soon_and_what_would_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done, never = asyncio.Event(), asyncio.Event()

    async def soon() -> None:
        await asyncio.sleep(0)
        done.set()

    async def late() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            never.set()

    background = BackgroundTasks(logging.getLogger("somewhere"))
    background.run(soon())
    background.run(late())
    await background.end(grace=0.01)
    assert done.is_set()
    assert never.is_set()
    await background.end()
    assert caplog.messages == []


@given(st.lists(st.integers(0, 30)), st.integers(1, 10))
def test_a_full_memory_forgets_what_was_used_longest_ago_and_no_more(keys: list[int], most: int) -> None:
    memory: MutableMapping[int, bool] = lru(most)
    for key in keys:
        memory[key] = True
    latest = list(dict.fromkeys(reversed(keys)))[:most]
    assert set(memory) == set(latest)


def test_an_expiring_memory_is_bounded_too() -> None:
    memory: MutableMapping[int, int] = expiring(2, 600)
    memory.update({1: 1, 2: 2, 3: 3})
    assert dict(memory) == {2: 2, 3: 3}


def test_an_expired_entry_is_gone() -> None:
    memory: MutableMapping[int, int] = expiring(2, 0)
    memory[1] = 1
    assert memory.get(1) is None


class Phrases(Ledger):
    """Words of one language that knows one string."""

    def words(self, locale: str, key: str) -> str:
        return {"greeting": f"hello in {locale}"}[key]


def test_an_optional_string_has_a_default_where_no_language_has_it() -> None:
    assert words_or(Phrases(), "es", "greeting", "hi") == "hello in es"
    assert [words_or(Phrases(), "es", "farewell", *more) for more in ((), ("bye",))] == ["", "bye"]


def test_event_ids_never_repeat_and_the_clock_knows_its_zone() -> None:
    assert len({unique_event("left") for _ in range(1000)}) == 1000
    assert utc_now().utcoffset() is not None
