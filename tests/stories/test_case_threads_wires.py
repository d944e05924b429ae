"""Cases that cross: reported on one platform, worked on in a forum on Discord, told on the first, closed at a desk."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from buddybot.testing import Person as Elsewhere
from tests.discord.guilds import Room, Thread
from tests.discord.people import Person
from tests.discord.wire import open_wire, until
from tests.stories.moderating import audit, code, reported, staffed
from tests.stories.test_discord_server import STAFF, Server, served


async def becomes(server: Server, true: Callable[[], object]) -> None:
    """Let the bot's clock ring until something is so."""
    for _ in range(200):
        await server.bot.tick()
        if true():
            return
        await until(lambda: True)
    await until(true)


def threads(server: Server) -> list[Thread]:
    return sorted(server.guild.threads(), key=lambda one: one.id)


def forum(server: Server) -> Room:
    return server.room("staff-cases")


def shown(server: Server, thread: Thread) -> str:
    return server.wire.world.written[thread.id].content.replace("\\", "")


def whispered(person: Person) -> str:
    return " ".join(person.whispers()).replace("\\", "")


async def closes_at_the_desk(server: Server, lead: Elsewhere, word: str) -> None:
    """Let somebody sign in to the desk and close a case there."""
    await lead.says("/mod desk on")
    desk = server.bot.house.engine.desk()
    entered = await desk.enter(lead.sees()[-1].partition("token=")[2].split()[0])
    assert entered is not None
    await desk.run(entered.session, "close", (("case", word),))


@pytest.fixture
def book(book: Book) -> Book:
    practice = replace(book.practice, desk_url="https://desk.example.org/desk")
    return replace(book, channels=(STAFF,), practice=practice)


async def test_a_report_from_elsewhere_is_worked_on_in_the_forum_and_closed_at_the_desk(
    tmp_path: Path, book: Book
) -> None:
    async with open_wire() as wire, served(wire, tmp_path, book) as server:
        await until(lambda: any(room.name == "staff-cases" for room in server.guild.channels()))
        _, ben = await reported(server.bot, "Mean", "Only this one")
        await becomes(server, lambda: threads(server))
        (thread,) = threads(server)
        assert thread.labels(forum(server))[0] == "New"
        assert not any("mean person" in each.content for each in wire.world.written.values())
        mia = await server.person("mia", server.mods)
        await mia.presses("I take it", room=thread)
        await becomes(server, lambda: thread.labels(forum(server))[0] == "Taken")
        assert shown(server, thread).endswith(f"<@{mia.user.id}>")
        await mia.presses("Show what was shared", room=thread)
        await until(lambda: "mean person" in whispered(mia))
        assert "see" in await audit(server.bot)
        form = await mia.presses("Mute for a time", room=thread)
        await until(lambda: form.answers)
        await mia.submits(form, rule="1", hours="24", reason="that was unkind")
        await until(lambda: "Done:" in whispered(mia))
        await server.bot.wait(minutes=30)
        await becomes(server, lambda: thread.labels(forum(server))[0] == "Held back")
        assert any("that was unkind" in text for text in ben.sees())
        form = await mia.presses("Hand over", room=thread)
        await until(lambda: form.answers)
        await mia.submits(form, "first time, answer kindly")
        await becomes(server, lambda: thread.labels(forum(server))[0] == "New")
        assert mia.inbox() == [], "all that answers a moderator is shown in place"
        lea = staffed(server.bot, "lea", "lead")
        await closes_at_the_desk(server, lea, await code(server.bot))
        await becomes(server, lambda: thread.archived)
        assert thread.locked
        assert "Closed" in shown(server, thread)
        assert len(threads(server)) == 1


async def test_a_cry_from_elsewhere_calls_the_team_once_and_nobody_is_named(tmp_path: Path, book: Book) -> None:
    async with open_wire() as wire, served(wire, tmp_path, book) as server:
        await until(lambda: any(room.name == "staff-cases" for room in server.guild.channels()))
        ann = server.bot.person("ann")
        await ann.joins(lane="self")
        await ann.says("i took all my pills and i want to die now")
        await becomes(server, lambda: threads(server))
        (thread,) = threads(server)
        assert thread.labels(forum(server)) == ["New", "P0"]
        assert not any("may be in danger (case" in each.content for each in wire.world.written.values())
        mia, noa = await server.person("mia", server.mods), await server.person("noa", server.mods)
        stranger = await server.person("stranger")
        await mia.presses("I take it", room=thread)
        await noa.presses("I take it", room=thread)
        await until(lambda: "is yours" in whispered(mia) and "Somebody else has case" in whispered(noa))
        assert not stranger.rights(thread).view_channel
        form = await mia.presses("Write to them", room=thread)
        await until(lambda: form.answers)
        await mia.submits(form, "I am here with you. Are you alone?")
        await until(lambda: any("Are you alone?" in text for text in ann.sees()))


async def test_a_deleted_post_comes_back_and_one_that_is_pressed_too_late_changes_nothing(
    tmp_path: Path, book: Book
) -> None:
    async with open_wire() as wire, served(wire, tmp_path, book) as server:
        await until(lambda: any(room.name == "staff-cases" for room in server.guild.channels()))
        await reported(server.bot)
        await becomes(server, lambda: threads(server))
        (thread,) = threads(server)
        await _deletes(server, thread)
        await becomes(server, lambda: threads(server))
        (again,) = threads(server)
        mia = await server.person("mia", server.mods)
        await mia.presses("I take it", room=again)
        await becomes(server, lambda: again.labels(forum(server))[0] == "Taken")
        old = server.wire.world.written[again.id]
        kept = [*old.components]
        await mia.presses("Close", room=again)
        await becomes(server, lambda: again.archived)
        old.components = kept
        noa = await server.person("noa", server.mods)
        await noa.presses("Close", room=again)
        await until(lambda: "is closed" in whispered(noa))


async def _deletes(server: Server, thread: Thread) -> None:
    del server.guild.rooms[thread.id], server.wire.world.written[thread.id]
    gone: dict[str, object] = {"id": str(thread.id), "guild_id": str(thread.guild), "parent_id": str(thread.parent)}
    await server.wire.sessions.dispatch("THREAD_DELETE", gone | {"type": 11})
