"""A silence in a pair: one question to the silent one, a choice for the waiting one, and no blame for anybody."""

from datetime import timedelta
from pathlib import Path

from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.moderation.sanctions import Step
from buddybot.service.kernel.book import Book
from buddybot.service.moderation import casework, sanctions
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.moderation.sanctions import Order
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot, running
from tests.stories.reading import cry, scripted

ASK, TOLD = "Want to send a quick sign", "has been quiet"


def times(person: Person, words: str) -> int:
    return sum(words in text for text in person.sees())


async def muted(bot: TestBot, person: Person, lasts: timedelta) -> None:
    """Let moderators keep somebody from writing in their pair."""
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None

    def mute(tx: Tx) -> None:
        turn = bot.house.engine.turn(tx)
        (room,) = tx.rooms.open_of(member.id)
        case = casework.open_case(turn, CaseReport(Concern.MEAN, member.id, room.id))
        sanctions.sanction_member(turn, None, case, Order(Step.MUTE, 7, lasts, Severity.S2))

    await bot.house.store.write(mute)


async def waiting(bot: TestBot, first: str = "ann", second: str = "ben") -> tuple[Person, Person]:
    """Let the first of a pair ("few": four days) wait for the second, who has not answered."""
    ann, ben = await bot.pair(first, second)
    await ben.says("hello there")
    await bot.wait(minutes=5)
    await ann.says("hi, how was your day")
    return ann, ben


async def told(bot: TestBot, first: str = "ann", second: str = "ben") -> tuple[Person, Person]:
    ann, ben = await waiting(bot, first, second)
    await bot.wait(days=5, hours=1)
    assert TOLD in "".join(ann.sees())
    return ann, ben


async def test_the_silent_one_is_asked_first_and_the_waiting_one_a_day_later(bot: TestBot) -> None:
    ann, ben = await waiting(bot)
    await bot.wait(days=3, hours=23)
    assert (times(ben, ASK), times(ann, ASK)) == (0, 0)
    await bot.wait(hours=2)
    assert times(ben, ASK) == 1
    assert "wrote 4 days ago" in next(text for text in ben.sees() if ASK in text)
    assert times(ann, TOLD) == 0
    await bot.wait(hours=24)
    assert times(ann, TOLD) == 1
    await bot.wait(days=30)
    assert (times(ben, ASK), times(ann, TOLD)) == (1, 1)


async def test_a_note_ends_the_silence_and_the_next_one_is_a_new_one(bot: TestBot) -> None:
    ann, ben = await waiting(bot)
    await bot.wait(days=4, hours=1)
    await ben.says("sorry, long week")
    await bot.wait(days=3)
    assert times(ann, TOLD) == 0
    assert times(ben, ASK) == 1
    await bot.wait(days=2)
    assert times(ann, ASK) == 1


async def test_a_sign_is_passed_on_and_starts_the_clock_anew_without_a_second_question(bot: TestBot) -> None:
    ann, ben = await waiting(bot)
    await bot.wait(days=4, hours=1)
    await ben.says("I'm okay, busy")
    assert "they're okay, just busy" in ann.sees()[-1]
    await bot.wait(days=3, hours=23)
    assert times(ann, TOLD) == 0
    await bot.wait(days=2)
    assert (times(ann, TOLD), times(ben, ASK)) == (1, 1)


async def test_a_break_is_told_as_rest_and_does_not_count(bot: TestBot) -> None:
    ann, ben = await waiting(bot)
    await bot.wait(days=4, hours=1)
    await ben.says("i need a break")
    assert "not about you" in ann.sees()[-1]
    await bot.wait(days=10)
    assert times(ann, TOLD) == 0
    await bot.wait(days=3)
    assert times(ann, TOLD) == 1


async def test_remind_me_tomorrow_is_asked_once_more(bot: TestBot) -> None:
    ann, ben = await waiting(bot)
    await bot.wait(days=4, hours=1)
    await ben.says("remind me tomorrow")
    await bot.wait(days=1, minutes=1)
    assert times(ben, ASK) == 2
    assert "Remind me tomorrow" not in [choice.label for choice in ben.last().content.choices]
    assert times(ann, TOLD) == 0
    await bot.wait(days=1)
    assert times(ann, TOLD) == 1


async def test_quiet_hours_do_not_count_and_nothing_comes_in_them(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 0-12")
    await ben.says("hello there")
    await bot.wait(minutes=5)
    await ann.says("hi")
    await bot.wait(days=7, hours=6)
    assert times(ben, ASK) == 0
    await bot.wait(days=1)
    assert times(ben, ASK) == 1


async def test_leave_me_be_is_kept(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(seconds=1)
    for answer in ("skip", "skip", "nothing", "leave me be"):
        await ben.says(answer)
    await ben.says("hello there")
    await bot.wait(minutes=5)
    await ann.says("hi")
    await bot.wait(days=6)
    assert times(ben, ASK) == 0
    assert times(ann, TOLD) == 1


async def test_wait_three_more_days_is_asked_again_after_them(bot: TestBot) -> None:
    ann, _ = await told(bot)
    await ann.says("wait 3 more days")
    await bot.wait(days=2, hours=23)
    assert times(ann, TOLD) == 1
    await bot.wait(hours=2)
    assert times(ann, TOLD) == 2


async def test_someone_new_ends_it_kindly_and_who_comes_back_is_welcome(bot: TestBot) -> None:
    ann, ben = await told(bot)
    await ann.says("find someone new")
    assert "I'm looking" in ann.sees()[-1]
    assert "You are still welcome here" in ben.sees()[-1]
    await bot.wait(days=20)
    await ben.says("im back")
    assert "Good to see you. Nothing is lost." in ben.sees()[-1]
    assert "Ask my old buddy" not in [choice.label for choice in ben.last().content.choices]


async def test_an_open_door_leads_back_where_both_want_to(bot: TestBot) -> None:
    ann, ben = await told(bot)
    await ann.says("find someone new, keep the door open")
    await bot.wait(days=9)
    await ben.presses("I'm back")
    await ben.says("ask my old buddy")
    assert "You kept the door open" in ann.sees()[-1]
    await ann.says("yes")
    assert "both want to talk again" in ben.sees()[-1]
    await ben.says("i am here again")
    assert any("i am here again" in text for text in ann.hears())


async def test_a_door_that_is_closed_tells_nobody_why(bot: TestBot) -> None:
    ann, ben = await told(bot)
    await ann.presses("Find someone new, keep the door open")
    await ben.presses("I'm back")
    await ben.presses("Ask my old buddy")
    before = len(ben.sees())
    await ann.says("not now")
    assert len(ben.sees()) == before
    await ben.presses("Ask my old buddy")
    assert "nobody's fault" in ben.sees()[-1]


async def test_a_door_that_nobody_holds_any_more_is_closed_kindly(bot: TestBot) -> None:
    ann, ben = await told(bot)
    await ann.presses("Find someone new, keep the door open")
    await ann.says("/forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    await ben.presses("I'm back")
    assert "Good to see you. Nothing is lost." in ben.sees()[-1]
    assert "Ask my old buddy" not in [choice.label for choice in ben.last().content.choices]
    (room,) = await bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM room"))
    for verb in ("again", "yes"):
        await ben.sends_token(f"return.{room[0]}.{verb}")
        assert "nobody's fault" in ben.sees()[-1]


async def test_a_choice_that_came_too_late_breaks_nothing(bot: TestBot) -> None:
    ann, ben = await told(bot)
    await ben.says("here again, sorry")
    await ann.presses("Find someone new")
    assert "you two have written since" in ann.sees()[-1]
    await ann.says("good to hear")
    assert any("good to hear" in text for text in ben.hears())


async def test_three_silent_endings_rest_the_search_until_one_tap(bot: TestBot) -> None:
    _, ben = await told(bot)
    for number in range(3):
        ann = bot.person("ann" if not number else f"ann{number}")
        if number:
            await ann.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
            await ben.uses("find")
            await bot.wait(hours=1, seconds=1)
            for one in (ann, ben):
                await one.presses("Say hello")
            await ann.says("hi, i am new here")
            await bot.wait(days=5, hours=2)
        await ann.presses("Find someone new")
        await ann.uses("forget")
        await ann.presses("Erase all")
        await ann.presses("Yes, erase")
    await ben.uses("find")
    assert "I stopped looking for now" in ben.sees()[-1]
    await ben.says("i want to try again")
    assert "I'm looking" in ben.sees()[-1]


async def test_after_a_cry_for_help_the_silence_goes_the_crisis_way(tmp_path: Path, book: Book) -> None:
    words = "i want to be gone for good"
    async with running(tmp_path, book=scripted(book, {words: cry(Level.L2)})) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ben.says(words)
        await bot.wait(minutes=5)
        await ann.says("please write to me")
        await bot.wait(days=1, hours=1)
        assert times(ann, "That's a scary wait") == 1
        assert times(ben, ASK) == 0
        await bot.wait(days=30)
        assert times(ben, ASK) == 0
        assert times(ann, "That's a scary wait") == 1
        await ann.presses("Find someone new")
        member = await bot.house.store.read(lambda tx: tx.members.by_address(ben.address))
        assert member is not None
        assert member.private.silent_endings == ()


async def test_two_who_never_began_get_one_question_for_both(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=4, hours=1)
    assert times(ann, "Quiet in here") == times(ben, "Quiet in here") == 1
    await ann.says("yes")
    (question,) = [text for text in ann.sees() if "A question for you both" in text]
    assert question in ben.sees()
    await bot.wait(days=40)
    assert times(ann, "Quiet in here") == 1


async def test_two_of_whom_one_may_not_write_are_offered_no_question(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await muted(bot, ann, timedelta(days=6))
    await bot.wait(days=5)
    assert times(ann, "Quiet in here") == times(ben, "Quiet in here") == 0
    await bot.wait(days=10)
    assert times(ann, "Quiet in here") == times(ben, "Quiet in here") == 1


async def test_one_erased_in_the_middle_leaves_nothing_behind(bot: TestBot) -> None:
    ann, ben = await waiting(bot)
    await bot.wait(days=4, hours=1)
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    before = len(ann.sees())
    await bot.wait(days=40)
    assert len(ann.sees()) == before
    assert await bot.house.store.read(lambda tx: tx.timers.of_kind("silence", 9)) == []
