"""Whole conversations of people in danger, typed as they are typed: what each sees, and what must not happen."""

from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from tests.conversations.play import Play
from tests.conversations.script import Written, load
from tests.conversations.sights import FORBIDDEN, sight
from tests.conversations.stages import house, set_up

ALL = tuple(load())


@pytest.mark.parametrize("written", ALL, ids=str)
async def test_everybody_sees_what_they_need_and_nothing_that_hurts(
    tmp_path: Path, book: Book, written: Written
) -> None:
    told = written.conversation
    async with house(tmp_path, book) as bot:
        await set_up(bot, told.start, locale=told.locale, shift=told.shift)
        if wrong := await Play(bot, told).run():
            pytest.fail(wrong, pytrace=False)


def test_there_are_many_and_each_has_its_name() -> None:
    names = [str(one) for one in ALL]
    assert len(set(names)) == len(names) >= 80


@pytest.mark.parametrize("key", FORBIDDEN)
def test_what_nobody_may_read_can_be_told_by_its_words(key: str) -> None:
    assert all(len(words) > 10 for words in sight(key))
