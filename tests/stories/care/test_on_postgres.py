"""Care and programmes on PostgreSQL: the same stories, on the tables of days, mentors, programmes and quiet rows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from buddybot.testing import TestBot, running
from tests.stories.care import test_mentors, test_milestones, test_remembrance, test_wisdom
from tests.stories.matching import test_waiting
from tests.stories.programmes import test_counted

Telling: TypeAlias = Callable[[TestBot], Awaitable[None]]
STORIES: tuple[Telling, ...] = (
    test_milestones.test_a_new_date_stands_beside_the_old_one_and_no_day_is_lost,
    test_milestones.test_it_gets_other_words_and_another_day,
    test_remembrance.test_a_day_is_kept_with_a_word_and_spoken_of_once_a_year,
    test_remembrance.test_word_hour_and_day_can_be_changed,
    test_mentors.test_the_whole_way_from_a_wish_to_a_leads_yes,
    test_mentors.test_it_can_be_taken_back_while_it_waits,
    test_wisdom.test_a_story_is_in_the_copy_of_its_author_and_sealed_at_rest,
    test_counted.test_when_the_programme_ends_nobody_is_asked_or_counted,
    test_waiting.test_a_day_without_anybody_is_told_after_quiet_hours,
)


@pytest.fixture
async def bot(tmp_path: Path, database: str) -> AsyncIterator[TestBot]:
    async with running(tmp_path, url=database) as made:
        yield made


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.__name__)
async def test_the_story_is_the_same_on_postgresql(bot: TestBot, story: Telling) -> None:
    await story(bot)
