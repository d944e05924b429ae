"""What people do with threads in a Discord client: open, answer, rename, put away, delete; posts in a forum."""

from typing import Protocol

from tests.discord.guilds import FORUM, Guild, Room, Thread
from tests.discord.people import Person
from tests.discord.wire import Wire
from tests.discord.world import Json, Written


class Stage(Protocol):
    """A server on the wire."""

    @property
    def wire(self) -> Wire: ...
    @property
    def guild(self) -> Guild: ...


async def opens(town: Stage, who: Person, room: Room, name: str, under: Written | None = None) -> Thread:
    """Open a thread, under a message or without one: then the channel shows a line of Discord's own."""
    assert who.rights(room).create_public_threads, f"{who.user.name} may open no threads in {room.name}"
    return await _made(town, who, room, name, town.wire.world.snowflake() if under is None else under.id)


async def posts(town: Stage, who: Person, forum: Room, name: str, text: str) -> tuple[Thread, Written]:
    """Write a post in a forum: a thread with its first message, which has the thread's id."""
    assert forum.kind == FORUM
    assert who.rights(forum).send_messages
    number = town.wire.world.snowflake()
    thread = await _made(town, who, forum, name, number)
    first = Written(number, number, who.user, text)
    town.wire.world.written[number] = first
    await town.wire.sessions.dispatch("MESSAGE_CREATE", town.wire.world.event(first))
    return thread, first


async def _made(town: Stage, who: Person, room: Room, name: str, number: int) -> Thread:
    thread = Thread(number, room.guild, name, parent=room.id, owner=who.user.id)
    town.guild.rooms[number] = thread
    await town.wire.sessions.dispatch("THREAD_CREATE", thread.json() | {"newly_created": True})
    return thread


async def answers(
    town: Stage, who: Person, thread: Thread, text: str, to: Written | None = None, *, live: bool = True
) -> Written:
    """Write in a thread: that brings it back where it was put away."""
    assert who.rights(thread).send_messages_in_threads, f"{who.user.name} may not write in {thread.name}"
    parts: Json | None = None
    if to is not None:
        parts = {"message_reference": {"message_id": str(to.id), "channel_id": str(to.channel), "type": 0}, "type": 19}
    if thread.archived:
        await changes(town, thread, archived=False)
    made, _ = town.wire.world.write(thread.id, who.user, text, parts)
    thread.newest = made.id
    await town.wire.sessions.dispatch("MESSAGE_CREATE", town.wire.world.event(made), live=live)
    return made


async def changes(town: Stage, thread: Thread, name: str = "", *, archived: bool | None = None) -> None:
    """Rename it, put it away, bring it back."""
    thread.name = name or thread.name
    thread.archived = thread.archived if archived is None else archived
    await town.wire.sessions.dispatch("THREAD_UPDATE", thread.json())


async def deletes(town: Stage, thread: Thread) -> None:
    """Delete it with all that stands in it: Discord tells of the thread alone."""
    del town.guild.rooms[thread.id]
    for each in [one.id for one in town.wire.world.written.values() if one.channel == thread.id]:
        del town.wire.world.written[each]
    gone: Json = {"id": str(thread.id), "guild_id": str(thread.guild), "parent_id": str(thread.parent), "type": 11}
    await town.wire.sessions.dispatch("THREAD_DELETE", gone)
