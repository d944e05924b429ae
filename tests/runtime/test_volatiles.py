"""That a note was passed on is told without a row of its own: after all rows, once, and by a row where it fails."""

import asyncio
import shutil
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from buddybot.adapter import Away, Mark, MessageId, NoteId, Passage, RetryLater, Unreachable
from buddybot.domain.kernel.messages import Address
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.outbox import SendPriority
from buddybot.store.kernel.receipts import Part
from buddybot.store.tx import Tx
from buddybot.store.volatile import Volatile
from buddybot.testing import TestBot, running
from tests.runtime.test_dispatch import NOTE, SECOND, Post, text
from tests.store.cast import ANN, NOW
from tests.waiting import comes

HERE = Address("web", "main", "account of ann")
MINE = MessageId("mine")


def told(passage: Passage = Passage.PASSED_ON, note: NoteId = NOTE, at: Address = HERE) -> Volatile:
    return Volatile(ANN, Mark(note, passage), at, MINE)


async def pass_on(post: Post, one: Volatile | None = None) -> None:
    def write(tx: Tx) -> None:
        tx.receipts.put(ANN, MINE, NOTE, Part.AUTHOR, NOW)
        tx.outbox.volatile.append(one or told())

    await post.store.write(write)


def passages(post: Post) -> list[Passage]:
    return [one.effect.passage for one in post.platform.given if isinstance(one.effect, Mark)]


async def test_it_is_told_after_the_commit_and_no_row_is_made(post: Post) -> None:
    await pass_on(post)
    await post.rest()
    (given,) = post.platform.given
    assert (given.effect, given.message, given.address) == (Mark(NOTE, Passage.PASSED_ON), MINE, HERE)
    assert await post.waiting(ANN) == 0
    assert post.service.told == []


async def test_it_is_told_of_nothing_that_did_not_happen(post: Post) -> None:
    def fail(tx: Tx) -> None:
        tx.outbox.volatile.append(told())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await post.store.write(fail)
    await post.rest()
    assert post.platform.given == []


async def test_it_lets_everything_else_go_first(post: Post) -> None:
    def write(tx: Tx) -> None:
        tx.outbox.volatile.append(told())
        tx.outbox.add(ANN, text("later"), NOW)
        tx.outbox.add(ANN, text("help"), NOW, SendPriority.CRISIS)

    await post.store.write(write)
    await post.rest()
    assert post.platform.texts() == ["help", "later"]
    assert isinstance(post.platform.given[-1].effect, Mark)


@pytest.mark.parametrize("trouble", [RetryLater(5), RetryLater(5, unknown=True), OSError("a bug in an adapter")])
async def test_what_the_platform_does_not_take_is_a_row_from_then_on(post: Post, trouble: Exception) -> None:
    post.platform.answers = [trouble]
    await pass_on(post)
    await post.rest()
    assert (passages(post), await post.waiting(ANN)) == ([Passage.PASSED_ON], 1)
    await post.wait(10 * SECOND)
    assert (passages(post), await post.waiting(ANN)) == ([Passage.PASSED_ON] * 2, 0)


async def test_whoever_is_away_by_then_is_told_on_return(post: Post) -> None:
    post.platform.answers = [Away()]
    await pass_on(post)
    await post.rest()
    assert await post.waiting(ANN) == 1
    await pass_on(post, told(note=NoteId("second")))
    await post.rest()
    assert passages(post) == [Passage.PASSED_ON]  # who is away is asked nothing meanwhile
    post.dispatcher.awake(HERE)
    await post.rest()
    assert passages(post) == [Passage.PASSED_ON] * 2
    assert await post.waiting(ANN) == 0


async def test_whoever_can_not_be_reached_any_more_is_known_to_be_gone(post: Post) -> None:
    post.platform.answers = [Unreachable(), Unreachable()]
    await pass_on(post)
    await post.rest()
    assert post.service.told == ["unreachable ann"]
    assert await post.waiting(ANN) == 0


async def test_what_is_on_a_platform_that_is_not_served_here_is_a_row(post: Post) -> None:
    await pass_on(post, told(at=Address("elsewhere", "main", "account of ann")))
    await post.rest()
    assert [one.address for one in post.platform.given] == [HERE]
    assert passages(post) == [Passage.PASSED_ON]


async def test_newer_news_of_a_note_is_never_overtaken(post: Post) -> None:
    def write(tx: Tx) -> None:
        tx.receipts.put(ANN, MINE, NOTE, Part.AUTHOR, NOW)
        tx.outbox.volatile.append(told())
        tx.outbox.add(ANN, Mark(NOTE, Passage.NOT_SENT), NOW)

    await post.store.write(write)
    await post.rest()
    assert passages(post) == [Passage.NOT_SENT]


async def test_newer_news_is_not_overtaken_by_a_second_try_either(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    post.platform.answers = [RetryLater(5)]
    await pass_on(post)
    await comes(post.platform.begun.wait())
    await post.add(ANN, Mark(NOTE, Passage.NOT_SENT))
    post.platform.gate.set()
    await post.rest()
    await post.wait(10 * SECOND)
    assert passages(post) == [Passage.PASSED_ON, Passage.NOT_SENT]


async def test_a_stop_writes_it_down_and_the_next_start_tells_it(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    await pass_on(post)
    await comes(post.platform.begun.wait())
    await post.dispatcher.stop()
    assert await post.waiting(ANN) == 1
    post.platform.gate.set()
    await post.restart()
    assert passages(post) == [Passage.PASSED_ON] * 2
    assert await post.waiting(ANN) == 0


async def test_whoever_is_erased_meanwhile_is_told_nothing_more(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    post.platform.answers = [RetryLater(5)]
    await pass_on(post)
    await comes(post.platform.begun.wait())
    await post.store.write(lambda tx: tx.members.forget(ANN))
    post.platform.gate.set()
    await post.rest()
    await post.wait(10 * SECOND)
    assert (len(post.platform.given), await post.waiting(ANN)) == (1, 0)


async def test_beside_other_processes_it_is_a_row_that_finds_whoever_serves_the_author(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await bot.house.store.write(partial(_share, "one of several"))
    bot.house.store.on_volatile = lambda volatile: pytest.fail(f"{volatile} would be nobody's")
    mine = await ann.says("hello")
    await bot.settle()
    assert ann.passage(mine) is Passage.PASSED_ON


def _share(process: str, tx: Tx) -> None:
    tx.db.process = process


# ── After a crash ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("later", [False, True])
async def test_after_a_crash_the_author_of_what_was_under_way_is_told_again(
    tmp_path: Path, book: Book, *, later: bool
) -> None:
    async with running(tmp_path / "before", book=book) as bot:
        ann, _ = await bot.pair("ann", "ben")
        store, clock = bot.house.store, bot.clock
        store.on_woken, store.on_volatile = _nothing, _nothing  # the crash comes before anybody is shown anything
        mine = await ann.says("hello")
        if later:  # its hours were over, and when it counts as passed on was drawn already
            await store.write(partial(_tell_later, mine, clock.at))
        shutil.copytree(tmp_path / "before", tmp_path / "after")
    async with running(tmp_path / "after", book=book, clock=clock, seed=2) as bot:
        assert "hello" in bot.person("ben").hears()[-1]
        assert bot.person("ann").passage(mine) is (None if later else Passage.PASSED_ON)
        await bot.wait(hours=1)
        assert bot.person("ann").passage(mine) is Passage.PASSED_ON


def _nothing(_: object) -> None:
    """Stand in for the dispatcher."""


def _tell_later(message: MessageId, now: datetime, tx: Tx) -> None:
    ((author, note),) = tx.outbox.interrupted()
    assert tx.receipts.message(author, note) == message
    tx.outbox.add(author, Mark(note, Passage.PASSED_ON), now, due=now + timedelta(hours=1))
