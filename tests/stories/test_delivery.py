import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from buddybot.adapter import Away, Capabilities, Delivery, MessageId, Passage, RetryLater, Send, Unreachable
from buddybot.domain.kernel.messages import Mark, Origin, Said
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running


def words(person: Person) -> list[str]:
    return [text.partition(": ")[2] for text in person.hears()]


async def settled_pair(bot: TestBot) -> tuple[Person, Person]:
    """Return a pair that was asked for its deal already: from now on only what they write is on its way."""
    ann, ben = await bot.pair("ann", "ben")
    await bot.tick()
    return ann, ben


async def test_a_reply_that_was_delayed_is_not_overtaken(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.rate_limits(ben.address.account, 30)
    await ann.says("first")
    await ann.says("second")
    assert words(ben) == []
    await bot.wait(seconds=30)
    assert words(ben) == ["first", "second"]


async def test_a_rate_limit_delays_only_its_recipient(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    cyn, dee = await bot.pair("cyn", "dee")
    bot.platform.rate_limits(ben.address.account, 30)
    await ann.says("slow")
    await cyn.says("fast")
    assert words(ben) == []
    assert words(dee) == ["fast"]
    assert ann.sees()


async def test_somebody_away_gets_everything_in_order_on_return(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.fails(ben.address.account, Away())
    message = await ann.says("one")
    await ann.says("two")
    assert words(ben) == []
    bot.house.engine.awake(ben.address)
    await bot.settle()
    assert words(ben) == ["one", "two"]
    assert ann.passage(message) is Passage.PASSED_ON


async def test_an_author_sees_nothing_of_whether_the_other_one_is_there(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    there = await ann.says("you are here")
    shown = len(bot.platform.deliveries)
    bot.platform.fails(ben.address.account, Away())
    away = await ann.says("you are not")
    marks = [one for one in bot.platform.deliveries[shown:] if isinstance(one.effect, Mark)]
    assert ann.passage(there) is ann.passage(away) is Passage.PASSED_ON
    assert len(marks) == 1
    bot.house.engine.awake(ben.address)
    await bot.settle()
    await bot.wait(hours=3)
    assert words(ben)[-1] == "you are not"
    assert [one for one in bot.platform.deliveries[shown:] if isinstance(one.effect, Mark)] == marks


async def test_somebody_away_is_tried_again_even_without_a_sign_of_life(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.steps_away(ben.address.account)
    await ann.says("one")
    await bot.wait(seconds=31)
    assert words(ben) == ["one"]


async def test_a_note_that_waited_for_a_week_is_dropped_and_its_author_told(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.fails(ben.address.account, *[Away()] * 50000)
    message = await ann.says("are you there")
    await bot.sleep(days=6)
    assert not any("did not get through" in text for text in ann.sees())
    await bot.sleep(days=2)
    assert any("waited 7 days and did not get through" in text for text in ann.sees())
    assert ann.passage(message) is Passage.NOT_SENT
    bot.platform.recovers(ben.address.account)
    bot.house.engine.awake(ben.address)
    await bot.settle()
    assert words(ben) == []


async def test_a_note_that_many_tries_could_not_deliver_is_parked_and_its_author_told(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.fails(ben.address.account, *[ValueError("a bug in the adapter")] * 8)
    message = await ann.says("hello")
    await bot.wait(hours=2)
    assert "did not get through. I tried many times" in ann.sees()[-1]
    assert ann.passage(message) is Passage.NOT_SENT
    await ann.says("hello again")
    assert words(ben) == ["hello again"]


async def test_the_platforms_own_waits_do_not_count_as_tries(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.fails(ben.address.account, *[RetryLater(60)] * 20)
    await ann.says("hello")
    await bot.wait(minutes=21)
    assert words(ben) == ["hello"]


async def test_an_attempt_that_may_have_arrived_is_repeated_and_says_so(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.fails(ben.address.account, RetryLater(unknown=True))
    await ann.says("hello")
    await bot.wait(seconds=5)
    last = next(d for d in reversed(bot.platform.deliveries) if d.address == ben.address)
    assert last.repeat
    assert words(ben) == ["hello\n(may be a repeat)"]


class Stumbling(FakePlatform):
    """Takes the first part of a message in several parts, then asks for a break."""

    stumbles = False

    async def deliver(self, delivery: Delivery) -> MessageId:
        message = await super().deliver(delivery)
        if self.stumbles and isinstance(delivery.effect, Send):
            self.stumbles = False
            self.fails(delivery.address.account, RetryLater(5))
        return message


async def test_only_the_rest_of_a_long_note_is_tried_again(tmp_path: Path, book: Book) -> None:
    platform = Stumbling(capabilities=Capabilities(max_text=500))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann, ben = await settled_pair(bot)
        platform.stumbles = True
        before = len(platform.deliveries)
        note = " ".join(f"day{number} was okay" for number in range(50))
        await ann.says(note)
        await bot.wait(seconds=6)
        to_ben = [d for d in platform.deliveries[before:] if d.address == ben.address]
        assert [d.repeat for d in to_ben] == [False, False]
        assert " ".join(words(ben)[-2:]) == note


async def test_a_buddy_who_blocked_the_bot_closes_the_room_kindly(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bot.platform.fails(ben.address.account, Unreachable())
    await ann.says("hello")
    assert "I can't reach" in ann.sees()[-1]
    assert "nothing you did" in ann.sees()[-1]
    await ann.says("/find")
    assert "I'm looking" in ann.sees()[-1]


async def test_leaving_the_platform_closes_the_room_and_the_search(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    await ben.leaves()
    assert "I can't reach" in ann.sees()[-1]
    cyn = bot.person("cyn")
    await cyn.joins(lane="family")
    await cyn.leaves()
    await cyn.leaves()
    assert await bot.house.store.read(lambda tx: tx.pool.waiting()) == []
    await ben.says("hi")
    assert "not looking" in ben.sees()[-1]


async def test_the_same_event_twice_is_done_once(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    for _ in range(3):
        await ann.says("hello", event="the-same")
    assert words(ben) == ["hello"]


async def test_the_same_event_at_the_same_time_is_done_once(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    event = Said(Origin("twin", ann.address), "hello", MessageId("m-twin"))
    await asyncio.gather(*(bot.door.put(event) for _ in range(10)))
    await bot.settle()
    assert words(ben) == ["hello"]


async def test_a_repeated_event_is_known_after_a_restart(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        ann, _ = await settled_pair(bot)
        await ann.says("hello", event="the-same")
        platform, clock = bot.platform, bot.clock
    async with running(tmp_path, book=book, platform=platform, clock=clock, seed=2) as bot:
        await bot.person("ann").says("hello", event="the-same")
        assert words(bot.person("ben")) == ["hello"]


async def test_what_waits_at_the_end_is_delivered_after_the_next_start(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        ann, ben = await settled_pair(bot)
        bot.platform.fails(ben.address.account, RetryLater(60))
        message = await ann.says("hello")
        platform, clock = bot.platform, bot.clock
    clock.at += timedelta(minutes=2)
    async with running(tmp_path, book=book, platform=platform, clock=clock, seed=2) as bot:
        ann, ben = bot.person("ann"), bot.person("ben")
        assert words(ben) == ["hello"]
        assert ann.passage(message) is Passage.PASSED_ON
        await ben.says("back to you", reply_to=ben.last())
        assert ann.last().reply_to == message


FORGED = (
    *("", ".", "..", "offer", "offer..yes", "note.", "ask", "ask.", "ask..", "tick.", "care.", "home.", "command.xx"),
    *("forget.", "pending.x.anyway", "report..none", "block.x.yes", "goodbye.x.standard", "answers.", "\x00"),
    *("💥" * 10, "x" * 4000),
)


@pytest.mark.parametrize("token", FORGED)
async def test_a_forged_token_does_no_harm_in_any_place(bot: TestBot, token: str) -> None:
    ann, ben = await settled_pair(bot)
    stranger = bot.person("cyn")
    for one in (ann, stranger):
        await one.sends_token(token)
        assert not any("Something broke" in text for text in one.sees())
    await ann.says("still here")
    assert words(ben) == ["still here"]


async def test_no_token_at_all_does_no_harm(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.sends_token()
    assert "That button is from before" in "".join(ann.sees())


@pytest.mark.parametrize("text", ["/", "/nonsense", "/nonsense with words", "/HELP", "/help@buddy_bot", "//", "/ help"])
async def test_an_unknown_command_is_answered_with_what_there_is(bot: TestBot, text: str) -> None:
    ann, ben = await settled_pair(bot)
    await ann.says(text)
    if text == "/":
        return
    assert "/crisis" in ann.sees()[-1]
    assert words(ben) == []


async def test_an_unknown_native_command_is_answered_too(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.uses("nonsense", some="thing")
    assert "I don't know that command" in "".join(ann.sees())


async def test_a_message_of_a_megabyte_is_refused_with_the_limit(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    await ann.says("word " * 200_000)
    assert "4,000 letters or less" in ann.sees()[-1]
    assert words(ben) == []


async def test_a_megabyte_in_the_questions_and_at_first_contact(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("a" * 1_000_000)
    assert "too long" in ann.sees()[-1]
    await ann.presses("Find a buddy") if "BuddyBot" in ann.sees()[-1] else await ann.uses("find")
    await ann.says("b" * 1_000_000)
    assert "too long" in ann.sees()[-1]


async def test_control_and_direction_characters_never_reach_the_buddy(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    await ann.says("hel\x00lo \u202eevil\u202c \x1b[31mred\x7f")
    assert words(ben) == ["hello evil [31mred"]
    await ann.says("\u200b\u202e\x00")
    assert "no words" in ann.sees()[-1]


async def test_a_flood_of_emoji_is_passed_on_whole_or_refused_with_a_word(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    flood = "😀" * 3999
    await ann.says(flood)
    assert words(ben) == [flood] or ann.last().content.choices


async def test_a_lone_surrogate_does_not_break_the_store(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    await ann.says("half \ud83d emoji")
    assert words(ben) == ["half  emoji"]


async def test_a_long_note_is_split_but_keeps_every_word(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform(capabilities=Capabilities(max_text=500))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann, ben = await settled_pair(bot)
        text = " ".join(f"day{number} was okay" for number in range(100))
        await ann.says(text)
        assert " ".join(words(ben)) == text
        sends = [d.effect for d in platform.deliveries if isinstance(d.effect, Send)]
        assert all(len(send.content.text) <= 500 for send in sends)


async def test_no_number_that_people_see_counts_what_others_write(bot: TestBot) -> None:
    ann, ben = await settled_pair(bot)
    bea, _ = await bot.pair("bea", "cem")
    seen: list[int] = []
    for others in range(12):
        for number in range(others):
            await bea.says(f"note {number} of {others}")
        await bot.wait(minutes=10)
        await ann.uses("status")
        seen.append(next(d.id for d in reversed(bot.platform.deliveries) if d.address == ann.address))
    assert all(0 < number < 2**53 for number in seen)
    assert len(set(seen)) == len(seen)
    assert seen != sorted(seen)
    assert min(abs(after - before) for before, after in pairwise(seen)) > 10_000
    assert ben.hears() == []


async def test_each_try_of_one_thing_has_the_same_number_also_after_a_restart(tmp_path: Path, book: Book) -> None:
    platform = Counting()
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann, ben = await settled_pair(bot)
        platform.fails(ben.address.account, RetryLater(60, unknown=True))
        platform.numbers.clear()
        await ann.says("hello")
        clock = bot.clock
    clock.at += timedelta(minutes=2)
    async with running(tmp_path, book=book, platform=platform, clock=clock, seed=2):
        numbers = [number for account, number in platform.numbers if account == ben.address.account]
        assert len(numbers) == 2
        assert len(set(numbers)) == 1


class Counting(FakePlatform):
    """Notes the number of each try."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[tuple[str, int]] = []

    async def deliver(self, delivery: Delivery) -> MessageId:
        self.numbers.append((delivery.address.account, delivery.id))
        return await super().deliver(delivery)
