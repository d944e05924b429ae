"""Topics of the private chat: each conversation in its own, by the real bot, with buddies on another platform."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
import telegram
from buddybot_telegram.outbound import ApiCall, to_call
from buddybot_telegram.private_topics import PrivateTopics
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest

from buddybot.adapter import (
    Address,
    Content,
    Conversation,
    ConversationKind,
    Delivery,
    Notices,
    Send,
    Span,
)
from buddybot.service.kernel.book import Book
from buddybot.testing.contract import Recorder
from tests.stories.wires import until
from tests.telegram.arguments import Arguments
from tests.telegram.faults import Rejected as Answer
from tests.telegram.house import Shelf
from tests.telegram.lines import Line, connected
from tests.telegram.methods import Methods
from tests.telegram.people import Person
from tests.telegram.world import World

if TYPE_CHECKING:
    from buddybot_telegram.connection import BotApi


@pytest.fixture
async def line(tmp_path: Path, book: Book) -> AsyncIterator[Line]:
    async with connected(tmp_path, book, topics=True) as made:
        yield made


async def test_a_buddy_has_a_topic_of_their_alias_and_what_is_said_there_goes_to_them_alone(line: Line) -> None:
    alias = await line.meets()
    assert alias in line.ann.topics()
    assert any("hello over there" in text for text in line.ann.sees_in(alias))
    assert not any("hello over there" in text for text in line.ann.sees_in())

    line.ann.says("soup is on", topic=alias)
    await line.hears("soup is on")
    line.ann.says("/status", topic=alias)
    await until(lambda: "You have a buddy here" in line.ann.sees_in(alias)[-1])
    assert line.ben.hears()[-1].endswith("soup is on")


async def test_what_is_said_in_the_bots_topic_or_one_of_their_own_is_for_the_bot_alone(line: Line) -> None:
    alias = await line.meets()
    line.ann.says("you there?", topic=alias)
    await line.hears("you there?")
    await line.ben.says("here")
    await line.bot.settle()
    await line.goes_on()
    assert "Harbour" in line.ann.topics()
    line.ann.makes_topic("mine")
    for topic in ("Harbour", "mine"):
        heard = len(line.ann.sees_in(topic))
        line.ann.says("good evening", topic=topic)
        await until(lambda: len(line.ann.sees_in(topic)) > heard)
    assert line.ben.hears()[-1].endswith("you there?")


async def test_outside_of_topics_the_plain_chat_goes_on_as_ever(line: Line) -> None:
    alias = await line.meets()
    line.ann.says("from an old app")
    await line.hears("from an old app")
    copy = next(text for text in line.ann.sees_in(alias) if "hello over there" in text)
    line.ann.says("and a reply", reply_to=copy)
    await line.hears("and a reply")


async def test_an_ended_talk_says_so_in_its_name_and_nothing_said_there_reaches_anybody(line: Line) -> None:
    alias = await line.meets()
    await line.ben.says("/goodbye")
    await line.ben.taps("goodbye.*.silent")
    await until(lambda: f"{alias} (ended)" in line.ann.topics())
    heard = line.ben.hears()
    line.ann.says("one more thing", topic=f"{alias} (ended)")
    await until(lambda: "over" in line.ann.sees_in(f"{alias} (ended)")[-1])
    assert line.ben.hears() == heard


async def test_a_topic_deleted_by_hand_is_made_again_and_old_replies_go_without(line: Line) -> None:
    alias = await line.meets()
    line.ann.says("first", topic=alias)
    await line.hears("first")
    line.ann.deletes_topic(alias)
    await line.ben.says("still here", reply_to=line.ben.chat()[-1])
    await line.bot.settle()
    assert any("still here" in text for text in line.ann.sees_in(alias))
    line.ann.says("second", topic=alias)
    await line.hears("second")


async def test_topics_turned_off_midway_and_on_again(line: Line) -> None:
    alias = await line.meets()
    line.fake.world.has_topics(on=False)
    for number in range(3):
        await line.ben.says(f"note {number}")
    await line.bot.settle()
    assert line.ann.sees_in()[-3:] == [f"{alias}: note {number}" for number in range(3)]
    assert len(line.fake.asked("createForumTopic")) <= 2  # one refusal is enough
    line.ann.says("in the plain chat")
    await line.hears("in the plain chat")
    line.fake.world.has_topics()
    line.ann.says("back in it", topic=alias)
    await line.hears("back in it")
    await line.ben.says("so am I")
    await line.bot.settle()
    assert any("so am I" in text for text in line.ann.sees_in(alias))


async def test_a_server_that_passes_over_a_lost_topic_is_seen_through(line: Line) -> None:
    await line.meets()
    line.fake.world.deaf = True
    line.fake.world.has_topics(on=False)
    made = len(line.fake.asked("createForumTopic"))
    for number in range(4):
        await line.ben.says(f"note {number}")
    await line.bot.settle()
    assert [text.partition(": ")[2] for text in line.ann.sees_in()][-4:] == [f"note {number}" for number in range(4)]
    assert len(line.fake.asked("createForumTopic")) == made


async def test_after_a_restart_each_conversation_finds_its_topic(line: Line) -> None:
    alias = await line.meets()
    made = len(line.fake.asked("createForumTopic"))
    await line.starts()
    await line.ben.says("good morning")
    await line.bot.settle()
    assert any("good morning" in text for text in line.ann.sees_in(alias))
    assert len(line.fake.asked("createForumTopic")) == made
    line.ann.says("morning", topic=alias)
    await line.hears("morning")


# ── Nothing is ever shown or heard in the wrong room ────────────────────────────────────


@dataclass(slots=True)
class Direct:
    """The pretend Bot API without its wire."""

    world: World

    async def call(self, endpoint: str, arguments: Mapping[str, object] | None = None) -> object:
        method = Methods(self.world).named(endpoint)
        assert method is not None
        try:
            return method(Arguments(dict(arguments or {})))
        except Answer as refused:
            raise BadRequest(refused.description.removeprefix("Bad Request: ")) from None


ROOMS = {"a1": "Clear Robin", "b2": "Calm Otter", "c3": "Clear Robin"}
STEPS = st.one_of(
    st.tuples(st.just("show"), st.sampled_from(["", *ROOMS])),
    st.tuples(st.just("end"), st.sampled_from(sorted(ROOMS))),
    st.tuples(st.just("say"), st.integers(-1, 9)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.sampled_from(["own", "on", "off", "deaf", "hears", "restart"]), st.just("")),
)


@dataclass(slots=True)
class Chat:
    """One person's chat, and what each of its topics was made for."""

    world: World
    ann: Person
    inbox: Recorder
    topics: PrivateTopics
    meant: dict[int, str] = field(default_factory=dict)

    @classmethod
    def opened(cls, world: World, inbox: Recorder) -> "Chat":
        api = cast("BotApi", Direct(world))
        made = PrivateTopics(api, inbox, Shelf(bare=True), Notices(logging.getLogger(__name__), "Telegram"))
        made.learn(world.bot)
        return cls(world, Person(world, "ann", 1000), inbox, made)

    def here(self) -> list[int]:
        return list(self.world.topics.get(1000, {}))

    async def shows(self, key: str, *, over: bool) -> None:
        kind = ConversationKind.BUDDY if key else ConversationKind.BOT
        talk = Conversation(kind, key, (ROOMS[key],) if key else (), "Me", over)
        before = self.here()
        effect = Send(Content((Span("words"),), conversation=talk))
        delivery = Delivery(1, Address("telegram", "4242", "1000"), effect)
        await self.topics.carry_out(delivery, to_call(delivery), self._carry_out)
        self.meant |= {topic: key for topic in self.here() if topic not in before}
        shown = self.world.notes[-1].thread
        assert shown is None or self.meant[shown] == key

    async def _carry_out(self, _: Delivery, call: ApiCall) -> object:
        return await cast("Direct", self.topics._api).call(call.endpoint, call.arguments)

    async def says(self, topic: int | None) -> None:
        message = telegram.Message.de_json(dict(self.ann.says("words").json()), None)
        if topic is not None:
            raw = {**self.world.notes[-1].json(), "message_thread_id": topic, "is_topic_message": True}
            message = telegram.Message.de_json(raw, None)
        who = Address("telegram", "4242", "1000")
        thread = self.topics.heard_in(who, message)
        assert thread == ("" if topic is None else str(topic))
        # What is over, or was made long ago, may be forgotten: then it is the bot's, never another room's.
        shown = [key for key, every in (await self.inbox.threads(who)).items() if thread in every.split()]
        assert topic is None or shown in ([], [self.meant[topic]])


async def lives(steps: list[tuple[str, str | int]]) -> None:
    world, inbox = World(), Recorder()
    world.has_topics()
    chat = Chat.opened(world, inbox)
    for step, what in steps:
        here = chat.here()
        match step:
            case "show" | "end":
                await chat.shows(str(what), over=step == "end")
            case "say":
                if int(what) < 0 or here:
                    await chat.says(here[int(what) % len(here)] if int(what) >= 0 else None)
            case "delete" if here:
                world.topics[1000][here[int(what) % len(here)]].deleted = True
            case "own":
                chat.meant[world.add_topic(1000, "mine").id] = ""
            case "on" | "off":
                world.has_topics(on=step == "on")
            case "deaf" | "hears":
                world.deaf = step == "deaf"
            case "restart":
                chat = replace(Chat.opened(world, inbox), meant=chat.meant)


@given(steps=st.lists(STEPS, min_size=3, max_size=25))
def test_nothing_is_shown_or_heard_in_the_wrong_room(steps: list[tuple[str, str | int]]) -> None:
    asyncio.run(lives(steps))
