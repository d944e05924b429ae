"""CodePauses that Discord asks for: kept by every loop and every delivery, each told once for all."""

import asyncio

import discord
import pytest
from buddybot_discord.timing import CodePauses, Doing

from buddybot.adapter import RetryLater
from tests.discord.faults import Fault
from tests.discord.house import KnowingNotebook, Notebook, open_house
from tests.discord.town import LOBBY, open_town
from tests.discord.wire import Wire, until

OPENING = "POST /api/users/@me/channels"
HISTORY = "GET /api/channels/.*/messages"


async def known(wire: Wire, count: int) -> KnowingNotebook:
    """An inbox that knows so many people by their accounts alone, as one of an older version did."""
    inbox = KnowingNotebook()
    async with open_house(wire, inbox):
        for number in range(count):
            await wire.person(f"p{number}").says("hello")
        await until(lambda: len(inbox.texts()) == count)
    inbox.forget_chats()
    return inbox


async def settled(wire: Wire) -> None:
    """Return when nothing more is asked for a while."""
    count = -1
    while count < len(wire.rest.log):
        count = len(wire.rest.log)
        await asyncio.sleep(0.3)


@pytest.mark.parametrize(
    ("status", "code", "retry_after"), [(403, 40003, 0), (403, 20026, 0), (400, 40003, 0), (429, 0, 120)]
)
async def test_one_refusal_to_open_stops_all_who_would_open(
    wire: Wire, status: int, code: int, retry_after: float
) -> None:
    inbox = await known(wire, 20)
    wire.fails(Fault(OPENING, status=status, code=code, retry_after=retry_after, times=1000))
    async with open_house(wire, inbox) as house:
        await until(lambda: wire.asked("POST", "/users/@me/channels"))
        await settled(wire)
        for _ in range(3):
            with pytest.raises(RetryLater) as raised:
                await house.shows(wire.person("ann"), "hello")
            assert raised.value.seconds
            assert raised.value.seconds > 60
    assert len(wire.asked("POST", "/users/@me/channels")) == 1


async def test_a_bot_flagged_for_spam_writes_to_nobody_meanwhile(wire: Wire) -> None:
    ann, ben = wire.person("ann"), wire.person("ben")
    async with open_house(wire) as house:
        await house.shows(ann, "one")
        await house.shows(ben, "one")
        wire.fails(Fault("POST /api/channels/.*/messages", status=403, code=20026, times=9))
        for each in (ann, ben, ann):
            with pytest.raises(RetryLater) as raised:
                await house.shows(each, "two")
            assert raised.value.seconds is not None
            assert 3590 < raised.value.seconds <= 3600
    assert len(wire.asked("POST", "/messages")) == 3


async def test_a_limit_of_one_channel_is_no_matter_of_another(wire: Wire) -> None:
    ann, ben = wire.person("ann"), wire.person("ben")
    async with open_house(wire) as house:
        wire.fails(Fault(f"POST /api/channels/{ann.channel}/messages", status=429, retry_after=60))
        with pytest.raises(RetryLater):
            await house.shows(ann, "hello")
        await house.shows(ben, "hello")
    assert ben.sees() == ["hello"]


async def test_a_whole_address_that_is_shut_out_asks_for_nothing(wire: Wire) -> None:
    inbox = await known(wire, 5)
    async with open_house(wire, inbox) as house:
        gateway = house.adapter._gateway
        assert gateway is not None
        # What the start itself asks for must be over, or it counts as asked for afterwards.
        await until(lambda: "directs" in gateway._readings and gateway._readings["directs"].done())
        await settled(wire)
        wire.fails(Fault("POST /api/channels/.*/messages", status=429, html=True))
        with pytest.raises(RetryLater):
            await house.shows(wire.person("ann"), "hello")
        count = len(wire.rest.log)
        for name in ("ben", "cem"):
            with pytest.raises(RetryLater):
                await house.shows(wire.person(name), "hello")
        assert len(wire.rest.log) == count


async def test_reading_back_waits_as_one_where_it_is_told_to(wire: Wire) -> None:
    inbox = KnowingNotebook()
    people = [wire.person(f"p{number}") for number in range(10)]
    async with open_house(wire, inbox):
        for each in people:
            await each.says("hello")
        await until(lambda: len(inbox.texts()) == 10)
    before = len(wire.asked("GET", "/messages"))
    wire.fails(Fault(HISTORY, status=429, retry_after=600, times=1000))
    async with open_house(wire, inbox, per_second="20"):
        await until(lambda: len(wire.asked("GET", "/messages")) > before)
        await settled(wire)
    assert len(wire.asked("GET", "/messages")) - before <= 2, "who was on the way meanwhile"


async def test_a_restart_opens_no_direct_message(wire: Wire) -> None:
    inbox = KnowingNotebook()
    ann = wire.person("ann")
    async with open_house(wire, inbox):
        await ann.says("hello")
        await until(inbox.texts)
    assert [each.chat for each in await inbox.correspondents("discord", "main")] == [str(ann.channel)]
    await ann.says("missed", live=False)
    async with open_house(wire, inbox):
        await until(lambda: "missed" in inbox.texts())
    assert wire.asked("POST", "/users/@me/channels") == []


async def test_setting_up_that_is_put_off_does_not_put_off_what_was_said_meanwhile(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        ann = await town.person("ann")
        await ann.says_in(town.room("lobby"), "before")
        await until(inbox.texts)
    await ann.says_in(town.room("lobby"), "i want to die", live=False)
    wire.fails(Fault("PUT /api/channels/.*/permissions/.*", status=503, times=1000))
    wire.fails(Fault("GET /api/channels/.*/pins", status=503, times=1000))
    wire.fails(Fault("GET /api/guilds/.*/auto-moderation/rules", status=503, times=1000))
    async with open_town(wire, inbox, (LOBBY,), waits=False):
        await until(lambda: "i want to die" in inbox.texts())


async def test_a_pause_is_over_when_it_is_over() -> None:
    long, pauses = CodePauses(), CodePauses()
    long.note(discord.RateLimited(3600), Doing.OPENING)
    assert (long.left(Doing.OPENING) > 0, long.left(Doing.READING)) == (True, 0)
    pauses.note(discord.RateLimited(0.05), Doing.OPENING)
    asked = []

    async def call() -> str:
        asked.append(pauses.left(Doing.OPENING))
        return "yes"

    assert await pauses.patiently(call, Doing.OPENING) == "yes"
    assert asked == [0]
