"""Offers to be a mentor at the desk: what a lead sees, and what the form does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.domain.care.mentors import MentorState
from buddybot.service.kernel.book import Book
from tests.desk.house import House, open_desk, visit
from tests.stories.care.test_mentors import applied, mentor_of
from tests.stories.moderating import audit, code


@pytest.fixture
async def house(tmp_path: Path, book: Book) -> AsyncIterator[House]:
    async with open_desk(tmp_path, book) as opened:
        yield opened


async def test_a_lead_asks_reads_the_answer_and_says_yes(house: House) -> None:
    mia = await applied(house.bot)
    case = await code(house.bot)
    async with visit(house) as lead:
        await lead.enter(house.moderator("lead", "lead"))
        page = await lead.looks(case)
        assert "Offers to be a mentor" in page
        assert "Weeks here: 2" in page
        assert 'value="mute"' not in page
        await lead.does(case, "mentorship", answer="ask", question="hard")
        await mia.presses("Write an answer")
        await mia.says("I would rest first")
        assert "I would rest first" in await lead.looks(case)
        await lead.does(case, "mentorship", answer="yes")
        assert "I would rest first" not in await lead.looks(case)
    assert "A lead said yes" in mia.sees()[-1]
    mentor = await mentor_of(house.bot, mia)
    assert mentor is not None
    assert mentor.state is MentorState.APPROVED
    assert {"mentor-asked", "mentor-approved"} <= set(await audit(house.bot))


async def test_a_moderator_sees_that_it_is_for_a_lead_and_can_do_nothing(house: House) -> None:
    mia = await applied(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        page = await mo.looks(case)
        assert "A lead decides this" in page
        assert "Weeks here" not in page
        assert 'value="mentorship"' not in page
        await mo.does(case, "mentorship", answer="yes")
    mentor = await mentor_of(house.bot, mia)
    assert mentor is not None
    assert mentor.state is MentorState.APPLIED
