"""Planted words in what moderators type and platforms say; then all that is told of a house, and every copy of it."""

import logging
from pathlib import Path

import pytest

from buddybot.runtime.watching.exposition import exposition
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running
from tests.keeping.crowded import backed_up, store_in
from tests.stories.moderating import cases, staffed
from tests.stories.test_canary import CANARIES, TEXT, every_path, files_with_a_canary, lines_with_a_canary, talk


async def moderated(bot: TestBot) -> None:
    """Have a moderator type a canary wherever one can be typed."""
    mo = staffed(bot, "mo", "lead")
    await mo.uses("shift", state="on")
    for one in await cases(bot):
        await acts_on(mo, one.id[:8])
    await mo.uses("lookup", alias=TEXT)
    await mo.uses("announce", channel=TEXT, text=TEXT)
    await mo.uses("case", case=TEXT)
    await mo.uses("desk", state=TEXT)


async def acts_on(mo: Person, case: str) -> None:
    await mo.uses("claim", case=case)
    await mo.uses("note", case=case, text=f"{TEXT} a note")
    await mo.uses("say", case=case, text=f"{TEXT} to the person")
    await mo.uses("remind", case=case, rule="1", reason=f"{TEXT} was not kind to say to somebody here")
    await mo.uses("merge", case=case, into=TEXT)
    await mo.uses("case", case=case)
    assert any(f"{TEXT} a note" in one for one in mo.sees())  # so it was taken in
    await mo.uses("release", case=case, text=TEXT)


async def test_no_figure_no_board_no_answer_and_no_copy_holds_what_was_typed(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    house, outside = tmp_path / "house", tmp_path / "outside"
    house.mkdir()
    (outside / "elsewhere").mkdir(parents=True)
    async with running(house, book=book) as bot:
        ann, ben = await every_path(bot)
        await talk(bot, ann, ben)
        await moderated(bot)
        bot.house._adapters["fake"].problem = ValueError(*CANARIES)
        watch = HouseWatch(bot.house, store_in(house), bot.house.engine.operate)
        vitals, answer = await watch.vitals(), await watch.answer("vitals", {})
        told = [exposition(vitals), repr(await watch.board()), repr(answer), repr(vitals), await watch.unready()]
        made = await backed_up(house, outside)
        assert made.path.exists()
        assert files_with_a_canary(tmp_path) == []
    assert [one for one in CANARIES if any(one in words for words in told)] == []
    assert "ValueError" in told[1]
    assert lines_with_a_canary(caplog) == []
