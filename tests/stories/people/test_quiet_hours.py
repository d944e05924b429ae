"""What nobody asked for wakes nobody: it waits for the morning, and so does the end of what it asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buddybot.adapter import Content, RetryLater
from buddybot.domain.kernel.conversations import Conversation, ConversationKind
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Choice, Span, Voice
from buddybot.domain.moderation.staff import Role
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.people.quiet_hours import QuietHours
from buddybot.service.kernel.quiet import deadline, spares
from buddybot.store.kernel.outbox import Spares
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot
from buddybot.testing.bot import MORNING

NIGHT = "12-20"
"""It is noon when a story begins."""


async def asleep(bot: TestBot, name: str, hours: str = NIGHT) -> Person:
    """Let somebody look for a buddy, and go to bed."""
    person = bot.person(name)
    await person.joins(
        lane="self",
        now="thinking",
        help_wanted=("listen", "normal"),
        local_time="+00:00",
        hours=("evening", "late_night"),
        life=("games", "pets"),
        pace="few",
        substances=("heroin",),
        age_band="25-34",
    )
    await person.says(f"/quiet {hours}")
    return person


def told(person: Person, words: str) -> int:
    return sum(words in text for text in person.sees())


def offers(person: Person) -> int:
    return sum(any(one.token.startswith("offer.") for one in shown.content.choices) for shown in person.chat())


async def member_of(bot: TestBot, person: Person) -> Member:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return member


# ── Offers ──────────────────────────────────────────────────────────────────────────────


async def test_an_offer_is_seen_at_once_by_who_is_up_and_in_the_morning_by_who_sleeps(bot: TestBot) -> None:
    ann = await asleep(bot, "ann")
    ben = await asleep(bot, "ben", "off")
    assert told(ben, "I found someone") == 1
    await bot.wait(hours=7, minutes=50)
    assert told(ann, "I found someone") == 0
    await bot.wait(minutes=10)
    assert told(ann, "I found someone") == 1
    await ann.presses("Say hello")
    await ben.presses("Say hello")
    assert told(ann, "Your chat is open") == told(ben, "Your chat is open") == 1


async def test_an_offer_can_be_answered_for_a_whole_day_from_when_it_can_be_seen(bot: TestBot) -> None:
    ann = await asleep(bot, "ann")
    ben = await asleep(bot, "ben", "off")
    await bot.wait(hours=34)
    await ann.presses("Say hello")
    await ben.presses("Say hello")
    assert told(ann, "Your chat is open") == 1


async def test_when_an_offer_ends_tells_nobody_the_hours_of_the_other(bot: TestBot) -> None:
    await asleep(bot, "ann", "11-14")
    await asleep(bot, "ben", "off")
    other = [await bot.house.store.read(lambda tx: tx.db.row("SELECT expires_at - made_at FROM offer"))]
    assert other[0] is not None
    assert timedelta(microseconds=other[0][0]) == timedelta(hours=36)


@pytest.mark.parametrize(
    ("hours", "lasts"), [(None, 24), ((12, 13), 36), ((12, 23), 36), ((13, 12), 24), ((11, 10), 48)]
)
def test_a_deadline_counts_from_the_morning_in_half_days(hours: tuple[int, int] | None, lasts: int) -> None:
    member = Member(MemberId("ann"), Stage.HOME, "en", MORNING, MORNING)
    quiet = None if hours is None else QuietHours(*hours)
    sleeper = replace(member, private=replace(member.private, quiet=quiet))
    assert deadline(MORNING, (member, sleeper), timedelta(hours=24)) == MORNING + timedelta(hours=lasts)


async def test_words_typed_at_night_answer_no_offer_that_was_not_seen(bot: TestBot) -> None:
    ann = await asleep(bot, "ann")
    ben = await asleep(bot, "ben", "off")
    await ben.presses("Say hello")
    await ann.says("yes")
    assert told(ann, "Your chat is open") == told(ben, "Your chat is open") == 0
    await bot.wait(hours=9)
    await ann.says("yes")
    assert told(ann, "Your chat is open") == told(ben, "Your chat is open") == 1


# ── Who is up after all ─────────────────────────────────────────────────────────────────


async def test_who_is_up_at_night_gets_what_people_said_and_no_questions(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(f"/quiet {NIGHT}")
    await ben.says("see you")
    await ben.uses("goodbye")
    await ben.presses("Just leave")
    await ann.sends_token("home.find")
    assert ann.hears()[-1].endswith("see you")
    assert told(ann, "has moved on. Endings can sting") == 1
    carl = await asleep(bot, "carl", "off")
    await ann.says("hello?")
    assert offers(carl) == 1
    assert offers(ann) == 1  # the one that she said yes to
    await bot.wait(hours=9)
    assert offers(ann) == 2


async def test_switching_quiet_hours_off_gives_all_that_waited(bot: TestBot) -> None:
    ann = await asleep(bot, "ann")
    await asleep(bot, "ben", "off")
    await ann.says("/crisis")
    assert told(ann, "I found someone") == 0
    await ann.says("/quiet off")
    assert told(ann, "I found someone") == 1
    await ann.says("yes")
    assert told(ann, "I'm asking") == 1


async def test_other_quiet_hours_are_another_morning(bot: TestBot) -> None:
    ann = await asleep(bot, "ann", "12-14")
    await asleep(bot, "ben", "off")
    await ann.says("/quiet 12-21")
    await bot.wait(hours=8)
    assert told(ann, "I found someone") == 0
    await bot.wait(hours=1)
    assert told(ann, "I found someone") == 1


# ── It is another hour by now ───────────────────────────────────────────────────────────


async def test_who_crossed_zones_meanwhile_is_not_woken_by_the_morning_of_before(bot: TestBot) -> None:
    ann = await asleep(bot, "ann", "12-14")
    await asleep(bot, "ben", "off")
    member = await member_of(bot, ann)
    moved = replace(member, private=replace(member.private, utc_offset=-60, zone=""))
    await bot.house.store.write(lambda tx: tx.members.save(moved))
    await bot.wait(hours=2, minutes=30)
    assert told(ann, "I found someone") == 0
    await bot.wait(hours=1)
    assert told(ann, "I found someone") == 1


async def test_what_a_platform_put_off_until_the_night_waits_for_the_morning(bot: TestBot) -> None:
    ann = await asleep(bot, "ann", "14-20")
    bot.platform.fails(ann.address.account, *(RetryLater(3600) for _ in range(3)))
    await asleep(bot, "ben", "off")
    await bot.wait(hours=7)
    assert told(ann, "I found someone") == 0
    await bot.wait(hours=2)
    assert told(ann, "I found someone") == 1


async def test_what_comes_later_than_now_wakes_nobody_who_was_up_when_it_was_written(bot: TestBot) -> None:
    ann = await asleep(bot, "ann", "13-20")
    me = await member_of(bot, ann)
    awake = replace(me, private=replace(me.private, quiet=QuietHours(13, 20)))

    def answer(tx: Tx) -> None:
        turn = replace(bot.house.engine.turn(tx), awake=frozenset({me.id}))
        turn.say(awake, "deal-thanks", due=turn.now + timedelta(hours=2))
        turn.say(awake, "own-skipped")

    await bot.house.store.write(answer)
    await bot.settle()
    assert ann.sees()[-1] == "Okay, skipped."
    await bot.wait(hours=7, minutes=50)
    assert told(ann, "I keep that in mind") == 0
    await bot.wait(minutes=10)
    assert told(ann, "I keep that in mind") == 1


# ── What goes at any hour ───────────────────────────────────────────────────────────────


async def test_somebody_on_call_is_asked_at_the_hours_they_named_and_hears_who_they_help(bot: TestBot) -> None:
    olga, ann = await asleep(bot, "olga"), await asleep(bot, "ann")
    for one in (olga, ann):
        await one.sends_token("home.stop")
    await olga.uses("oncall", hours="0-23")
    await ann.uses("now")
    await olga.presses("I can")
    assert told(ann, "is here for up to 60 minutes") == 1
    await olga.says("what happened")
    bot.clock.at += timedelta(minutes=2)
    await ann.says("I can't sleep")
    assert olga.hears()[-1].endswith("I can't sleep")
    assert ann.hears()[-1].endswith("what happened")


@pytest.mark.parametrize("on_shift", [True, False])
async def test_a_moderator_on_duty_is_up(bot: TestBot, *, on_shift: bool) -> None:
    mia = await asleep(bot, "mia")
    await bot.house.store.write(lambda tx: tx.staff.appoint_by_word(mia.address, Role.MODERATOR))
    if on_shift:
        await mia.says("/shift on")
    member = await member_of(bot, mia)
    await bot.house.store.write(lambda tx: bot.house.engine.turn(tx).say(member, "mod-story-none"))
    await bot.settle()
    before = len(mia.sees())
    await bot.wait(hours=1)
    assert len(mia.sees()) == before
    assert told(mia, "No story waits") == on_shift


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        (Content((Span("a note"),), Voice.MEMBER), ConversationKind.BUDDY, Spares.UNTIL_AWAKE),
        (Content((Span("it is over"),)), ConversationKind.BOT, Spares.UNTIL_AWAKE),
        (
            Content((Span("how is it?"),), choices=(Choice("going.1.good", "Good"),)),
            ConversationKind.BOT,
            Spares.UNTIL_MORNING,
        ),
        (
            Content((Span("report it?"),), choices=(Choice("report.1.yes", "Yes"),)),
            ConversationKind.BUDDY,
            Spares.UNTIL_AWAKE,
        ),
        (
            Content((Span("someone calls"),), choices=(Choice("call.1.can", "I can"),)),
            ConversationKind.BOT,
            Spares.NOBODY,
        ),
        (Content((Span("help"),), Voice.CRISIS), ConversationKind.BOT, Spares.NOBODY),
        (Content((Span("I'm here"),), Voice.MODERATOR), ConversationKind.MODERATOR, Spares.NOBODY),
        (Content((Span("a note"),), Voice.MEMBER), ConversationKind.TALK, Spares.NOBODY),
    ],
)
def test_what_a_message_is_says_whom_it_spares(content: Content, where: ConversationKind, found: Spares) -> None:
    assert spares(content, Conversation(where, "key")) is found
