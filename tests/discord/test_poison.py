"""Messages that the library can't parse: each fails alone, and what they say is heard all the same."""

import asyncio
import logging
from itertools import product

import pytest

from buddybot.adapter import Said
from tests.discord.faults import Fault
from tests.discord.house import House, KnowingNotebook, Notebook, open_house
from tests.discord.town import LOBBY, open_town
from tests.discord.wire import Wire, until
from tests.discord.world import Json

LACKING: Json = {"attachments": [{"id": "1", "filename": "canary.png"}]}
"""An attachment without its size and address."""
MADE_UP: tuple[Json, ...] = (
    LACKING,
    {"message_reference": "canary", "type": 19},
    {"sticker_items": [{"name": "canary"}]},
    {"poll": {"question": None}},
)


@pytest.mark.parametrize("poison", MADE_UP)
async def test_a_message_that_can_not_be_parsed_is_read_by_hand_and_ends_nothing(
    wire: Wire, poison: Json, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = KnowingNotebook()
    ann, ben = wire.person("ann"), wire.person("ben")
    async with open_house(wire, inbox):
        for each in (ann, ben):
            await each.says("hello")
        await until(lambda: len(inbox.texts()) == 2)
    await ann.says("i want to die", live=False, parts=poison)
    await ann.says("after it", live=False)
    await ben.says("missed", live=False)
    for _ in range(3):
        async with open_house(wire, inbox) as house:
            await until(lambda: len(inbox.texts()) == 5)
            await asyncio.sleep(0.1)
            assert house.running is not None
            assert not house.running.done()
    assert [text for text in inbox.texts() if text != "missed"] == ["hello", "hello", "i want to die", "after it"]
    assert caplog.text.count("that can't be parsed") == 1, "the cursor has passed it"
    assert ".py:" in caplog.text
    for planted in ("canary", "want to die", str(ann.channel), str(ann.user.id)):
        assert planted not in caplog.text


async def test_the_kind_of_what_came_along_is_named(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), KnowingNotebook()
    async with open_house(wire, inbox):
        await ann.says("hello")
        await until(inbox.texts)
    await ann.says("look", live=False, parts=LACKING)
    async with open_house(wire, inbox):
        await until(lambda: len(inbox.texts()) == 2)
    last = inbox.events[-1]
    assert isinstance(last, Said)
    assert last.attachments == ("document",)


async def test_what_is_not_even_a_message_is_passed_over(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    ann, inbox = wire.person("ann"), KnowingNotebook()
    async with open_house(wire, inbox):
        await ann.says("hello")
        await until(inbox.texts)
    broken = await ann.says("x", live=False)
    broken.breaks = True
    await ann.says("after it", live=False)
    async with open_house(wire, inbox):
        await until(lambda: "after it" in inbox.texts())
    assert inbox.texts() == ["hello", "after it"]
    assert "passed over" in caplog.text


async def test_in_a_channel_it_is_the_same(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        ann = await town.person("ann")
        await ann.says_in(town.room("lobby"), "before")
        await until(inbox.texts)
    await ann.says_in(town.room("lobby"), "i want to die", live=False, parts=LACKING)
    async with open_town(wire, inbox, (LOBBY,), waits=False):
        await until(lambda: "i want to die" in inbox.texts())
    (said,) = [each for each in inbox.events if isinstance(each, Said) and each.text == "i want to die"]
    assert said.origin.place is not None
    assert said.origin.address.account == str(ann.user.id)


async def test_one_history_that_can_not_be_read_does_not_end_the_reading_of_the_others(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = KnowingNotebook()
    ann, ben = wire.person("ann"), wire.person("ben")
    async with open_house(wire, inbox):
        for each in (ann, ben):
            await each.says("hello")
        await until(lambda: len(inbox.texts()) == 2)
    await ann.says("missed", live=False)
    wire.fails(Fault(f"GET /api/channels/{ben.channel}/messages", status=200, html=True))
    async with open_house(wire, inbox):
        await until(lambda: "missed" in inbox.texts())
        await until(lambda: "a history could not be read" in caplog.text)


OPTIONAL = ("referenced_message", "edited_timestamp", "position", "nonce", "application_id")
PRESENT: Json = {"position": 3, "nonce": "17", "application_id": "5", "edited_timestamp": None, "call": None}


@pytest.mark.parametrize(("name", "value"), [*product(OPTIONAL, (None,)), *PRESENT.items(), ("from_2027", [None])])
async def test_fields_that_may_be_there_absent_or_null_are_no_trouble(
    wire: Wire, house: House, name: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    ann = wire.person("ann")
    with caplog.at_level(logging.WARNING):
        await wire.sessions.dispatch("MESSAGE_CREATE", (await ann.says("quiet", live=False)).json() | {name: value})
        await until(house.inbox.texts)
    assert caplog.records == []
