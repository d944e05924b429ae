"""Whatever people do in channels and beside them: no name they go by elsewhere is ever seen there."""

import asyncio
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.adapter import Capabilities, Channel, ChannelKind
from buddybot.store.tx import Tx
from buddybot.testing import FakePlace, FakePlatform, Person, TestBot, practice_book, running

CHANNELS = (Channel("nights", "Nights"), Channel("days", "Days"), Channel("lobby", "Lobby", kind=ChannelKind.OPEN))
TEXTS = (
    "good evening",
    "call me at 212 555 0147",
    "i want to kill myself with a rope",
    "you are a worthless idiot, shut up",
    "the needle was in his arm and blood everywhere, i shot up 80mg in the vein",
)
ACTIONS = ("nights", "days", "lobby", "buddy", "edit", "react", "enter", "leave")
PEOPLE = 3
BOOK = replace(practice_book(), channels=CHANNELS)


def names_of(person: Person, tx: Tx) -> tuple[list[str], list[str]]:
    """Return the names somebody goes by elsewhere, and their aliases in channels."""
    member = tx.members.by_address(person.address)
    assert member is not None
    elsewhere = [room.alias_of(member.id) for room in tx.rooms.all_of(member.id)]
    if member.private.nickname:
        elsewhere.append(member.private.nickname)
    return elsewhere, [alias for _, alias in tx.channels.seats_of(member.id)]


async def act(bot: TestBot, spots: dict[str, FakePlace], person: Person, action: str, text: str) -> None:
    match action:
        case "nights" | "days":
            await person.presses_in(spots[action], f"channel.{action}.write", text)
        case "lobby":
            await person.posts(spots[action], text)
        case "buddy":
            await person.says(text)
        case "edit" | "react":
            shown = spots["lobby"].shown()
            if shown and action == "edit" and shown[-1].own:
                await person.rewrites(spots["lobby"], shown[-1].id, text)
            elif shown:
                await person.reacts_in(spots["lobby"], shown[-1].id, "❤")
        case "enter":
            await person.comes_to(spots["lobby"])
            await person.presses_in(spots["lobby"], "channel.lobby.enter")
        case _:
            await person.goes_from(spots["lobby"])
    await bot.settle()


async def story(steps: list[tuple[int, str, str]]) -> None:
    can = Capabilities(places=True)
    here, other = FakePlatform(capabilities=can), FakePlatform("other", can)
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), book=BOOK, platform=here, others=(other,)) as bot:
            people = [bot.person(name, names=(f"Real {name.title()}",)) for name in ("ann", "ben", "cyn")]
            await bot.pair("ann", "ben")
            await people[2].joins(lane="self")
            spots = {channel.key: await bot.place(channel.key) for channel in CHANNELS}
            far = [await bot.place(channel.key, on=other) for channel in CHANNELS]
            for who, action, text in steps:
                await act(bot, spots, people[who], action, text)
            shown = [one for spot in (*spots.values(), *far) for one in spot.shown() if not one.own]
            seen = "\n".join(f"{one.content.author}: {one.content.text}" for one in shown)
            here_only: list[str] = []
            for person in people:
                elsewhere, channels = await bot.house.store.read(partial(names_of, person))
                assert not set(elsewhere) & set(channels)
                assert len(set(channels)) == len(channels)
                here_only += channels
                for name in (*elsewhere, person.address.account, *person.names):
                    assert name not in seen
            assert {one.content.author for one in shown} <= {*here_only, ""}


@given(st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(ACTIONS), st.sampled_from(TEXTS)), max_size=12))
@settings(max_examples=15)
def test_no_name_from_elsewhere_is_ever_seen_in_a_channel(steps: list[tuple[int, str, str]]) -> None:
    asyncio.run(story(steps))
