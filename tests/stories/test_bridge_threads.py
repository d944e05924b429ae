"""Threads and a forum on Discord, one talk on Telegram: the same channel, the same rules, the same help."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.adapter import Channel, ChannelKind, ChannelThreads
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Label, Outcome, Verdict
from buddybot.service.kernel.book import Book
from tests.discord import talks
from tests.discord.guilds import Room, Thread
from tests.discord.people import Person
from tests.stories.bridging import Bridge, bridged
from tests.stories.reading import asks_for, cry
from tests.stories.wires import until

LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN, threads=ChannelThreads.ALLOWED)
PORCH = Channel("porch", "Porch", kind=ChannelKind.OPEN, threads=ChannelThreads.POSTS)
ASK, ROPE = "who's got blues, dm me", "i cant do this anymore, i want to kill myself tonight"
SELLS = "blues for sale\n\nask me"
SCRIPT = {
    ASK: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING),
    SELLS: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING),
    ROPE: cry(Level.L3),
}
LONG = "so many words " * 280


@pytest.fixture
async def bridge(tmp_path: Path, book: Book) -> AsyncIterator[Bridge]:
    async with bridged(tmp_path, book, SCRIPT, (LOBBY, PORCH)) as made:
        made.guild.roles[made.guild.id].rights.update(create_public_threads=True, send_messages_in_threads=True)
        yield made


def told(person: Person) -> list[str]:
    return [*person.whispers(), *person.sees()]


def within(bridge: Bridge, room: Room) -> list[str]:
    found = sorted(
        (one for one in bridge.wire.world.written.values() if one.channel == room.id), key=lambda one: one.id
    )
    return [one.content.replace("\\", "") for one in found]


async def opened(bridge: Bridge, ben: Person) -> Thread:
    said = await ben.says_in(bridge.room("lobby"), "how do you get through sundays?")
    thread = await talks.opens(bridge, ben, bridge.room("lobby"), "how do you get through", said)
    await until(lambda: any("sundays" in text for text in bridge.forum.sees("Lobby")))
    return thread


async def test_a_thread_has_its_channel_s_rules_and_its_channel_s_help(bridge: Bridge) -> None:
    ben = await bridge.on_discord("ben")
    thread = await opened(bridge, ben)
    bad = await talks.answers(bridge, ben, thread, ASK)
    await until(lambda: bad.id not in bridge.wire.world.written)
    await until(lambda: any("asking for drugs" in text for text in told(ben)))
    cries = await talks.answers(bridge, ben, thread, ROPE)
    await until(lambda: any("I'm worried about you" in text for text in told(ben)))
    await until(lambda: any(ROPE in text for text in bridge.forum.sees("Lobby")))
    assert cries.id in bridge.wire.world.written, "a cry stays"
    assert not any(ASK in text for text in bridge.forum.sees("Lobby"))


async def test_talk_crosses_between_a_thread_and_telegram_equal_and_long(bridge: Bridge) -> None:
    ben, ann = await bridge.on_discord("ben"), bridge.fake.person("ann")
    thread = await opened(bridge, ben)
    await talks.answers(bridge, ben, thread, "i walk")
    await until(lambda: any("i walk" in text for text in bridge.forum.sees("Lobby")))
    opening, copy = bridge.forum.finds("sundays", "Lobby"), bridge.forum.finds("i walk", "Lobby")
    assert copy.reply_to is opening
    for words in ("me too", "me too", LONG):
        ann.posts(bridge.forum, words, "Lobby", reply_to=copy.text)
    await until(lambda: len(within(bridge, thread)) == 4)
    walks, *three = within(bridge, thread)
    assert walks == "i walk"
    assert [text.partition(":** ")[2] for text in three[:2]] == ["me too", "me too"]
    assert 1500 < len(three[2]) <= 2000
    note = next(
        one for one in bridge.wire.world.written.values() if one.channel == thread.id and "me too" in one.content
    )
    await bridge.bot.settle()  # as a tap of a person would, it comes after the platform's answer is kept
    await ben.reacts(note, "\N{THUMBS UP SIGN}")
    await until(lambda: any(each.reaction for each in bridge.forum.notes("Lobby")))


async def test_a_post_from_telegram_is_reported_in_its_thread_and_gone_with_the_thread(bridge: Bridge) -> None:
    ben, ann = await bridge.on_discord("ben"), bridge.fake.person("ann")
    thread = await opened(bridge, ben)
    await talks.answers(bridge, ben, thread, "i walk")
    await until(lambda: any("i walk" in text for text in bridge.forum.sees("Lobby")))
    ann.posts(bridge.forum, "walking is for the weak", "Lobby", reply_to=bridge.forum.finds("i walk", "Lobby").text)
    await until(lambda: len(within(bridge, thread)) == 2)
    copy = max((one for one in bridge.wire.world.written.values() if one.channel == thread.id), key=lambda one: one.id)
    await bridge.bot.settle()  # what just appeared is known by its id once the platform's answer is kept
    form = await ben.opens_report(copy, thread)
    await until(lambda: form.answers)
    await ben.submits(form, "that was mean", what="mean")
    await until(lambda: any("Sent." in text for text in told(ben)))
    await talks.deletes(bridge, thread)
    await until(lambda: not any("walk" in text for text in bridge.forum.sees("Lobby")))
    await until(lambda: any("took" in text or "removed" in text for text in ann.sees()[-2:]))
    assert any("sundays" in text for text in bridge.forum.sees("Lobby")), "what stood above it stays"


async def test_a_forum_s_posts_and_one_talk_on_telegram_are_the_same_channel(bridge: Bridge) -> None:
    ben, ann, porch = await bridge.on_discord("ben"), bridge.fake.person("ann"), bridge.room("porch")
    await ben.presses("I read the rules", room=next(iter(bridge.guild.threads(of=porch.id))))
    await until(lambda: ben.rights(porch).send_messages)
    ann.posts(bridge.forum, "good evening from far away", "Porch")
    (main,) = bridge.guild.threads(of=porch.id)
    await until(lambda: any("from far away" in text for text in within(bridge, main)))
    thread, first = await talks.posts(bridge, ben, porch, "first week", "i sleep badly")
    await until(lambda: any("i sleep badly" in text for text in bridge.forum.sees("Porch")))
    shown = bridge.forum.finds("i sleep badly", "Porch")
    assert "first week" in shown.text
    ann.posts(bridge.forum, "tea helps", "Porch", reply_to=shown.text)
    await until(lambda: any("tea helps" in text for text in within(bridge, thread)))
    selling, offer = await talks.posts(bridge, ben, porch, "blues for sale", "ask me")
    await until(lambda: offer.id not in bridge.wire.world.written)
    await until(lambda: selling.name == "Conversation")
    assert not any("blues" in text for text in bridge.forum.sees("Porch"))
    await ben.deletes(first)
    await until(lambda: not any("i sleep badly" in text for text in bridge.forum.sees("Porch")))
