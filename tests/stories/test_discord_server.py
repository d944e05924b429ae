"""A server on Discord with the whole bot in it: the real core, the real adapter, our own wire; and another platform."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from buddybot_discord import create

from buddybot.adapter import COMMANDS, Capabilities, Channel, ChannelKind, utc_now
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Certainty, Contact, Label, Outcome, Verdict
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, FakePlace, FakePlatform, TestBot, running
from tests.discord.guilds import Guild, Role, Room
from tests.discord.people import Person
from tests.discord.town import all_rights
from tests.discord.wire import Wire, open_wire
from tests.discord.world import Written
from tests.stories.reading import asks_for, cry, scripted
from tests.stories.wires import OnDiscord, comes_in, until

NIGHTS = Channel("nights", "Nights")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
STAFF = Channel("staff", "Staff", kind=ChannelKind.MODERATORS)
ATTACK, BACK = "you are a worthless idiot, shut up", "no, you are the idiot here"
CALL = "call me at 212 555 0147 any time"
ROPE = "i cant do this anymore, i want to kill myself tonight"
HARASSED = asks_for(Verdict(Outcome.HOLD, "harassment"), Label.HARASSMENT)
PHONE = (Contact(11, 23, "phone", Certainty.VALIDATED),)
ANSWERS: Mapping[str, str | tuple[str, ...]] = {
    "lane": "self",
    "now": "thinking",
    "help_wanted": ("listen", "normal"),
    "hours": "evening",
    "pace": "few",
}
SCRIPT = {
    ATTACK: HARASSED,
    BACK: HARASSED,
    CALL: asks_for(Verdict(Outcome.NUDGE, "pii"), Label.PII, contacts=PHONE),
    ROPE: cry(Level.L3),
}


class Server:
    """The server, the bot, and the other platform."""

    def __init__(self, wire: Wire, guild: Guild, bot: TestBot, mods: Role) -> None:
        self.wire, self.guild, self.bot, self.mods = wire, guild, bot, mods

    def room(self, key: str) -> Room:
        return self.guild.named(key)

    async def person(self, name: str, *roles: Role) -> Person:
        made = self.wire.person(name)
        await made.comes(*roles)
        return made

    async def member(self, name: str) -> Person:
        """Somebody who answered the bot's questions."""
        talker = OnDiscord(self.wire, name)
        await talker.person.comes()
        await comes_in(talker)
        return talker.person

    async def let_in(self, name: str) -> Person:
        """Somebody who may write in the lobby."""
        person = await self.person(name)
        await until(lambda: not person.rights(self.room("lobby")).send_messages)
        await person.presses("I read the rules", room=self.room("lobby"))
        await until(lambda: person.rights(self.room("lobby")).send_messages)
        return person

    def shown(self, key: str) -> list[str]:
        """What stands in a channel beside what is pinned."""
        room = self.room(key)
        found = [
            each for each in self.wire.world.written.values() if each.channel == room.id and each.id not in room.pins
        ]
        return [each.content.replace("\\", "") for each in sorted(found, key=lambda each: each.id)]


def hears(person: Person) -> list[str]:
    """What the bot said to them, in private or where they pressed."""
    return [*person.whispers(), *person.sees()]


def stands(written: Written, wire: Wire) -> bool:
    return written.id in wire.world.written


@asynccontextmanager
async def served(wire: Wire, folder: Path, book: Book) -> AsyncIterator[Server]:
    """Run the bot in the server until the end of the block."""
    guild = wire.world.guild or wire.world.open_guild(bot_may=all_rights())
    mods = next((role for role in guild.roles.values() if role.name == "Mods"), None) or guild.role("Mods")
    adapter = create(wire.settings(guild=str(guild.id), moderators="Mods"))
    other = FakePlatform("other", Capabilities(places=True))
    clock = Clock(utc_now())
    sessions = len(wire.sessions.all)
    async with running(folder, book=book, platform=other, others=(adapter,), clock=clock) as bot:
        engine = bot.house.engine
        listening = asyncio.create_task(adapter.run(AdapterInbox(engine, "discord"), COMMANDS, engine))
        server = Server(wire, guild, bot, mods)
        await until(lambda: len(wire.sessions.all) > sessions)
        for one in book.channels:
            await until(lambda: any(room.name == one.key and room.pins for room in guild.rooms.values()))
        try:
            yield server
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening


@pytest.fixture
def book(book: Book) -> Book:
    return scripted(replace(book, channels=(NIGHTS, LOBBY, STAFF)), SCRIPT)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with open_wire() as opened:
        yield opened


@pytest.fixture
async def server(wire: Wire, tmp_path: Path, book: Book) -> AsyncIterator[Server]:
    async with served(wire, tmp_path, book) as made:
        yield made


@pytest.fixture
async def elsewhere(server: Server) -> dict[str, FakePlace]:
    """The same channels on the other platform."""
    return {key: await server.bot.place(key) for key in ("nights", "lobby")}


async def test_a_newcomer_reads_first_and_writes_after_the_rules(server: Server) -> None:
    ann, lobby = await server.person("ann"), server.room("lobby")
    await until(lambda: not ann.rights(lobby).send_messages)
    await until(lambda: any("Welcome to Lobby" in text for text in server.shown("lobby")))
    await ann.presses("I read the rules", room=lobby)
    await until(lambda: ann.rights(lobby).send_messages)
    await until(lambda: any("You can write in Lobby now" in text for text in hears(ann)))
    assert ann.sees() == [], "the answer to a press is shown where they pressed"


async def test_an_open_channel_is_read_along_and_crosses_over(server: Server, elsewhere: dict[str, FakePlace]) -> None:
    ann, lobby = await server.let_in("ann"), server.room("lobby")
    kept = await ann.says_in(lobby, "good evening all")
    await until(lambda: any("good evening all" in text for text in elsewhere["lobby"].sees()))
    assert "ann" not in " ".join(elsewhere["lobby"].sees()).lower().split()
    unkind = await ann.says_in(lobby, ATTACK)
    await until(lambda: not stands(unkind, server.wire))
    await until(lambda: any("attack on a person" in text for text in hears(ann)))
    contact = await ann.says_in(lobby, CALL)
    await until(lambda: not stands(contact, server.wire))
    await until(lambda: any("any time" in text for text in server.shown("lobby")))
    assert not any("0147" in text for text in (*server.shown("lobby"), *elsewhere["lobby"].sees()))
    assert not any("worthless" in text for text in elsewhere["lobby"].sees())
    await ann.edits(kept, "good night all")
    await until(lambda: any("good night all" in text for text in elsewhere["lobby"].sees()))
    await ann.deletes(kept)
    await until(lambda: not any("good night all" in text for text in elsewhere["lobby"].sees()))


async def test_a_cry_for_help_stays_and_moderators_are_called(server: Server) -> None:
    ann, lobby = await server.let_in("ann"), server.room("lobby")
    mod = await server.person("mo", server.mods)
    said = await ann.says_in(lobby, ROPE)
    await until(lambda: any("I'm worried about you" in text for text in hears(ann)))
    assert stands(said, server.wire)
    await until(lambda: any(room.name == "staff-cases" for room in server.guild.channels()))
    await server.bot.tick()
    await until(server.guild.threads)
    (case,) = server.guild.threads()
    told = [each.content for each in (*mod.reads_in(case), *mod.reads_in(server.room("staff")))]
    assert not any("ann" in text.split() or ROPE in text for text in told)
    await mod.presses("I take it", room=case)
    await until(lambda: any("yours" in text.lower() for text in hears(mod)))


async def test_a_post_by_a_form_is_seen_everywhere_and_can_be_answered(
    server: Server, elsewhere: dict[str, FakePlace]
) -> None:
    ann, nights = await server.member("ann"), server.room("nights")
    form = await ann.presses("Write", room=nights)
    await until(lambda: form.answers)
    await ann.submits(form, "cannot sleep")
    await until(lambda: any("cannot sleep" in text for text in elsewhere["nights"].sees()))
    await until(lambda: any("cannot sleep" in text for text in server.shown("nights")))
    (shown,) = [text for text in server.shown("nights") if "cannot sleep" in text]
    assert shown.startswith("**")
    assert "ann" not in shown.lower().split()
    ben = server.bot.person("ben")
    await ben.joins(**ANSWERS)
    post = next(each for each in elsewhere["nights"].shown() if "cannot sleep" in each.text)
    await ben.presses_in(elsewhere["nights"], "channel.nights.write", "me neither", under=post)
    await until(lambda: any("me neither" in text for text in server.shown("nights")))
    answer = next(each for each in server.wire.world.written.values() if "me neither" in each.content)
    assert answer.body["message_reference"] == {
        "message_id": str(
            next(each.id for each in server.wire.world.written.values() if "cannot sleep" in each.content)
        ),
        "fail_if_not_exists": False,
    }


async def test_the_pinned_button_works_after_a_restart(wire: Wire, tmp_path: Path, book: Book) -> None:
    async with served(wire, tmp_path, book) as before:
        ann = await before.member("ann")
    async with served(wire, tmp_path, book) as after:
        form = await ann.presses("Write", room=after.room("nights"))
        await until(lambda: form.answers)
        await ann.submits(form, "still up")
        await until(lambda: any("still up" in text for text in after.shown("nights")))
    assert all(len(room.pins) == 1 for room in after.guild.channels() if room.kind == 0)


async def test_two_at_odds_rest_by_a_time_out_and_a_moderator_can_end_it(server: Server) -> None:
    ann, ben = await server.let_in("ann"), await server.let_in("ben")
    lobby = server.room("lobby")
    await ann.says_in(lobby, ATTACK)
    await until(lambda: any("attack on a person" in text for text in hears(ann)))
    await ben.says_in(lobby, BACK)
    await until(lambda: len(server.guild.silenced) == 2)
    assert not ann.rights(lobby).send_messages
    await until(lambda: any("both of you" in text for text in hears(ann)))


async def test_moderators_commands_need_the_role(server: Server) -> None:
    ann, mod = await server.person("ann"), await server.person("mo", server.mods)
    for who in (ann, mod):
        await who.uses("mod queue", room=server.room("lobby"))
        await until(who.sees)
    await until(lambda: any("moderators" in text.lower() for text in ann.sees()))
    assert ann.sees() != mod.sees()
    await mod.uses("mod lock", room=server.room("lobby"), channel="lobby", state="on")
    await until(lambda: not ann.rights(server.room("lobby")).send_messages)
    await mod.uses("mod slowmode", room=server.room("lobby"), channel="lobby", seconds="30")
    await until(lambda: server.room("lobby").slow == 30)


async def test_a_message_is_reported_from_its_menu_and_a_case_opens(
    server: Server, elsewhere: dict[str, FakePlace]
) -> None:
    ann, ben = await server.let_in("ann"), await server.let_in("ben")
    said = await ben.says_in(server.room("lobby"), "a sour thing to say")
    await until(lambda: any("a sour thing" in text for text in elsewhere["lobby"].sees()))
    form = await ann.opens_report(said, room=server.room("lobby"))
    await until(lambda: form.answers)
    await ann.submits(form, "that was sour", what="mean")
    await until(lambda: any("Sent." in text for text in hears(ann)))
    mod = await server.person("mo", server.mods)
    await mod.uses("mod queue", room=server.room("lobby"))
    await until(lambda: any("P2" in text or "P1" in text or "P3" in text for text in mod.sees()))


async def test_a_channel_that_was_deleted_holds_up_nobody_else(server: Server, elsewhere: dict[str, FakePlace]) -> None:
    ann, lobby = await server.let_in("ann"), server.room("lobby")
    nights = server.room("nights")
    del server.guild.rooms[nights.id]
    await server.wire.sessions.dispatch("CHANNEL_DELETE", nights.json())
    ben = server.bot.person("ben")
    await ben.joins(**ANSWERS)
    await ben.uses("write", channel="nights", words="anyone?")
    await until(lambda: any("anyone?" in text for text in elsewhere["nights"].sees()))
    await ann.says_in(lobby, "still here")
    await until(lambda: any("still here" in text for text in elsewhere["lobby"].sees()))


async def test_a_right_that_is_missing_is_named_and_the_rest_goes_on(
    wire: Wire, tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    wire.world.open_guild(bot_may=all_rights(without="manage_messages"))
    async with served(wire, tmp_path, book) as server:
        ann, lobby = await server.let_in("ann"), server.room("lobby")
        unkind = await ann.says_in(lobby, ATTACK)
        await until(lambda: any("attack on a person" in text for text in hears(ann)))
        assert stands(unkind, wire)
        assert caplog.text.count("the bot lacks the right Manage Messages") == 1
        await ann.says_in(lobby, "sorry for that")
        await until(lambda: server.bot.house.dispatcher._workers == {})
