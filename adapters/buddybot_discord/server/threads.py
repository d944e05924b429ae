"""Threads of places: a side talk in a channel, or a post in a forum, is read as its channel.

A message in one is named `THREAD.MESSAGE`, so that what is done to it later finds it after a restart. What the thread
is called is words of a member too, and is named `THREAD.`; of a forum's post it is said with the first message.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord
from discord import Client
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.timing import CodePauses

ChannelJson: TypeAlias = Mapping[str, Any]  # type: ignore[explicit-any]  # JSON of the platform
UNTITLED = "discord-thread-untitled"
"""Locale string: what a thread is called whose title had to go."""
_MOST, _LOOK_BACK, _BETWEEN = 10_000, 100, "."


@dataclass(frozen=True, slots=True)
class KnownThread:
    """One thread as far as it matters here: where it stands, what it is called, who opened it."""

    id: int
    parent: int
    name: str
    owner: int
    newest: int = 0

    @property
    def prefix(self) -> str:
        """What the names of all messages in it begin with; alone it names the title."""
        return f"{self.id}{_BETWEEN}"

    @property
    def title(self) -> core.MessageId:
        """The name of what it is called."""
        return core.MessageId(self.prefix)


def talk_of(thread: discord.Thread) -> KnownThread:
    """Return what the library knows of a thread."""
    return KnownThread(thread.id, thread.parent_id, thread.name, thread.owner_id, thread.last_message_id or 0)


def read_talk(raw: ChannelJson) -> KnownThread:
    """Return what Discord's API tells of a thread."""
    owner, newest = int(raw.get("owner_id") or 0), int(raw.get("last_message_id") or 0)
    return KnownThread(int(raw["id"]), int(raw.get("parent_id") or 0), str(raw.get("name", "")), owner, newest)


def spot_of(channel: int, message: core.MessageId) -> tuple[int, str]:
    """Return where a message of a place stands, and its own id there: empty for the title of a thread."""
    thread, between, own = message.partition(_BETWEEN)
    return (int(thread), own) if between else (channel, message)


def name_at(place: int, channel: int, message: str) -> core.MessageId:
    """Return the name of a message that stands in a place, or in a thread of it."""
    return core.MessageId(message if channel == place else f"{channel}{_BETWEEN}{message}")


class PlaceThreads:
    """Registry of threads: which channel each belongs to, and what is answered in it where nothing is named."""

    def __init__(self, client: Client, pauses: CodePauses, is_read: Callable[[int], bool]) -> None:
        self._client, self._pauses, self._is_read = client, pauses, is_read
        self._known: MutableMapping[int, KnownThread] = core.lru(_MOST)
        self._starters: MutableMapping[int, str | None] = core.lru(_MOST)
        self.forums: set[int] = set()
        """Forums that were made or found by us, before Discord told of them."""

    def at(self, channel: int) -> KnownThread | None:
        """Return the thread that this channel is, if it is known to be one."""
        if isinstance(found := self._client.get_channel(channel), discord.Thread):
            self.learn(talk_of(found))
        return self._known.get(channel)

    def learnt(self, thread: discord.Thread) -> KnownThread:
        """Remember a thread as the library tells of it."""
        talk = talk_of(thread)
        self.learn(talk)
        return talk

    def learn(self, talk: KnownThread) -> None:
        """Remember a thread: one that is archived is forgotten by the library."""
        self._known[talk.id] = talk

    def active(self, guild: discord.Guild, rooms: Collection[int]) -> tuple[KnownThread, ...]:
        """Return the threads in use in some channels: Discord names them when a session begins."""
        return self._others(talk_of(one) for one in guild.threads if one.parent_id in rooms)

    async def archived(self, room: int) -> tuple[KnownThread, ...]:
        """Return the threads of a channel that were put away last."""
        route = Route("GET", "/channels/{channel_id}/threads/archived/public", channel_id=room)
        page = await self._pauses.patiently(lambda: self._client.http.request(route, params={"limit": _LOOK_BACK}))
        return self._others(map(read_talk, () if page is None else page["threads"]))

    def _others(self, found: Iterable[KnownThread]) -> tuple[KnownThread, ...]:
        """Remember them, and leave out those that are ours."""
        me, all_of_them = 0 if self._client.user is None else self._client.user.id, tuple(found)
        for talk in all_of_them:
            self.learn(talk)
        return tuple(talk for talk in all_of_them if talk.owner != me)

    def home(self, channel: int) -> int:
        """Return the channel that a thread belongs to, or the channel itself."""
        talk = self.at(channel)
        return channel if talk is None else talk.parent

    def is_forum(self, channel: int) -> bool:
        """Return whether a channel holds posts, and no messages of its own."""
        return channel in self.forums or isinstance(self._client.get_channel(channel), discord.ForumChannel)

    async def look_up(self, channel: int) -> None:
        """Ask Discord what a channel is that the library doesn't know: there may be a cry in it."""
        if channel in self._known or self._client.get_channel(channel) is not None:
            return
        found: ChannelJson | None = await self._pauses.patiently(lambda: self._client.http.get_channel(channel))
        if found is not None and "thread_metadata" in found:
            self.learn(read_talk(found))

    def named(self, channel: int, message: int | str) -> core.MessageId:
        """Return the name of a message, wherever it stands."""
        talk = self.at(channel)
        is_ours = talk is not None and self._is_read(talk.parent)
        return core.MessageId(f"{channel}{_BETWEEN}{message}" if is_ours else str(message))

    def begins(self, message: int, channel: int) -> KnownThread | None:
        """Return the forum's post that this message begins."""
        talk = self.at(channel) if message == channel else None
        return talk if talk is not None and self.is_forum(talk.parent) else None

    async def answered(self, talk: KnownThread) -> core.MessageId:
        """Return what a message in a thread answers where it names nothing: that with which the thread began."""
        if self.is_forum(talk.parent):
            return core.MessageId(f"{talk.prefix}{talk.id}")
        return talk.title if await self.starter(talk) is None else core.MessageId(str(talk.id))

    async def starter(self, talk: KnownThread) -> str | None:
        """Return the words of the message that a thread was opened under; None where there is none."""
        if talk.id not in self._starters:
            where = talk.id if self.is_forum(talk.parent) else talk.parent
            found = await self._pauses.patiently(lambda: self._client.http.get_message(where, talk.id))
            self._starters[talk.id] = None if found is None else found["content"]
        return self._starters[talk.id]

    async def is_echo(self, talk: KnownThread) -> bool:
        """Return whether a title only says again how the message below begins: Discord suggests just that."""
        starter = await self.starter(talk)
        begins = " ".join(talk.name.split()).removesuffix("…")
        return starter is not None and bool(begins) and " ".join(starter.split()).startswith(begins)

    async def whole(self, talk: KnownThread) -> str:
        """Return the title and the first words of a forum's post, as they are now."""
        self._starters.pop(talk.id, None)
        return titled(talk, await self.starter(talk) or "")

    # ── What is done to them ────────────────────────────────────────────────────────────

    async def retitle(self, thread: int, name: str, reason: str | None) -> None:
        """Call a thread something else, and leave it as it was: what others wrote in it stays."""
        there: ChannelJson = await self._client.http.request(Route("GET", "/channels/{channel_id}", channel_id=thread))
        if there["name"] == name:
            return
        was_away = there["thread_metadata"]["archived"]
        await self.change(thread, {"name": name, **({"archived": False} if was_away else {})}, reason)
        if was_away:
            await self.change(thread, {"archived": True}, reason)

    async def change(self, thread: int, wanted: Mapping[str, object], reason: str | None = None) -> None:
        """Change a thread."""
        route = Route("PATCH", "/channels/{channel_id}", channel_id=thread)
        await self._client.http.request(route, json=dict(wanted), reason=reason)


def titled(talk: KnownThread, words: str) -> str:
    """Return a forum's post as one text."""
    return f"{talk.name}\n\n{words}".strip()
