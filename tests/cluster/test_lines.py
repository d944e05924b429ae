"""A page whose requests go to any of two processes: streams at one, doings and acknowledgements at the other."""

import asyncio

import pytest

from buddybot.runtime.cluster.bus import Bus
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.service.kernel.book import Book
from tests.cluster.pages import joined, tells, two_with_a_browser


async def test_what_is_said_at_one_process_is_answered_over_a_line_at_the_other(
    database: str, places: StorePaths, book: Book
) -> None:
    async with two_with_a_browser(database, places, book) as (one, other, ann), ann.tab(one) as tab:
        await ann.do(other, "join")
        first, _ = await tab.next()
        await tab.takes(first, other)
        await ann.do(other, "invoke", command="help")
        await tab.reads("/", other)
        await tab.sees_all_settled(database)
        numbers = [number for number, _ in tab.shown]
        assert len(numbers) == len(set(numbers))


async def test_lines_at_two_processes_show_the_same_in_order_and_either_acknowledges(
    database: str, places: StorePaths, book: Book
) -> None:
    async with two_with_a_browser(database, places, book) as (one, other, ann):
        member = await joined(ann, one)
        async with ann.tab(one) as phone, ann.tab(other) as laptop:
            for number in range(6):
                at = (one, other)[number % 2]
                await tells(at, member, f"note {number}")
                shown = await phone.next()
                assert shown == await laptop.next()
                assert shown[1] == f"note {number}"
                await phone.takes(shown[0], (other, one)[number // 2 % 2])
            await tells(one, member, *(f"more {number}" for number in range(20)))
            await asyncio.gather(phone.reads("more 19", other), laptop.reads("more 19", one))
            assert phone.shown == laptop.shown
            assert [words for _, words in phone.shown[6:]] == [f"more {number}" for number in range(20)]
            await laptop.sees_all_settled(database)


async def test_a_browser_that_comes_back_at_another_process_gets_what_it_had_not_taken(
    database: str, places: StorePaths, book: Book
) -> None:
    async with two_with_a_browser(database, places, book) as (one, other, ann):
        member = await joined(ann, one)
        async with ann.tab(one) as tab:
            await tells(one, member, "first", "second", "third")
            first, _ = await tab.next()
            # It has the first, says so at nobody, and its line is gone without a word.
            async with ann.tab(other, last=str(first)) as again:
                assert await again.next() != (first, "first")
                assert again.shown[0][1] == "second"
                await again.takes(again.shown[0][0], one)
                await again.reads("third", other)
                await again.sees_all_settled(database)


async def test_what_nobody_was_there_for_is_shown_wherever_they_come_back(
    database: str, places: StorePaths, book: Book
) -> None:
    async with two_with_a_browser(database, places, book) as (one, other, ann):
        member = await joined(ann, one)
        await tells(one, member, "while you were away")
        await one.house.dispatcher.idle()
        await other.house.dispatcher.idle()
        for at in (other, one, other):
            async with ann.tab(at) as tab:
                assert (await tab.next())[1] == "while you were away"
        async with ann.tab(one) as tab:
            await tab.reads("while you were away", other)
            await tab.sees_all_settled(database)


async def test_an_orderly_end_gives_back_what_nobody_had_taken(database: str, places: StorePaths, book: Book) -> None:
    async with two_with_a_browser(database, places, book) as (one, other, ann):
        member = await joined(ann, one)
        async with ann.tab(one) as tab:
            await tells(other, member, "on its way", "waiting")
            flying, _ = await tab.next()
            await one.ends()
            with pytest.raises(EOFError):
                await tab.next()
        async with ann.tab(other) as again:
            assert await again.next() == (flying, "on its way")
            await again.takes(flying, other)
            await again.reads("waiting", other)
            await again.sees_all_settled(database)


async def test_who_is_about_to_stop_says_so_to_the_proxy_and_serves_on_meanwhile(
    database: str, places: StorePaths, book: Book
) -> None:
    async with two_with_a_browser(database, places, book) as (one, other, ann), ann.tab(one) as tab:
        assert [await ann.health(at) for at in (one, other)] == [200, 200]
        assert one.house.take_leave() > 2  # a proxy that looks every two seconds has looked by then
        assert [await ann.health(at) for at in (one, other)] == [503, 200]
        await ann.do(one, "join")
        await tab.takes((await tab.next())[0], one)


async def test_a_lost_acknowledgement_costs_a_moment_and_no_message(
    database: str, places: StorePaths, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two_with_a_browser(database, places, book, 0.2) as (one, other, ann):
        member = await joined(ann, one)
        async with ann.tab(one) as tab:
            monkeypatch.setattr(Bus, "send", _says_nothing)  # words between processes that are lost
            await tells(one, member, "first", "second")
            number, _ = await tab.next()
            await tab.takes(number, other)
            with pytest.raises(EOFError):
                await tab.next()
        monkeypatch.undo()
        async with ann.tab(other, last=str(number)) as again:
            # It was taken back before the browser's word came: it is shown again under the number that is known.
            assert await again.next() == (number, "first")
            await again.takes(number, one)
            await again.reads("second", one)
            await again.sees_all_settled(database)


async def _says_nothing(*_: object) -> None:
    """Lose it."""
