"""What Discord would hold: people, their direct messages with the bot, and what was written there."""

from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

import discord

from buddybot.adapter import utc_now
from tests.discord.guilds import Guild

Json: TypeAlias = dict[str, object]

EPHEMERAL = 1 << 6
MEMBERS_ON, CONTENT_ON = 1 << 15, 1 << 19


@dataclass
class User:
    id: int
    name: str
    bot: bool = False
    closed: bool = False
    """Takes no direct messages (error 50007)."""
    alone: bool = False
    """Shares no server with the bot any more (50278)."""
    never_met: int = 0
    """The code with which Discord opens no direct message with them at all."""

    def json(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": self.name.title(),
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
            "banner": None,
            "added_by_a_newer_api": {"whatever": [None]},
        }


@dataclass
class Written:
    """One message, as the platform has it."""

    id: int
    channel: int
    author: User
    content: str = ""
    nonce: str | None = None
    components: list[Json] = field(default_factory=list)
    flags: int = 0
    files: dict[str, str] = field(default_factory=dict)
    reactions: dict[str, set[int]] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    """The request that made it, or the parts a test added (stickers, a poll ...)."""
    edited: str | None = None
    attached: list[tuple[int, str, str]] = field(default_factory=list)
    """Of the bot's own: number, name and address of each file."""
    breaks: bool = False
    """Comes as something that is no message at all."""

    def json(self, reader: int = 0) -> Json:
        if self.breaks:
            return {"id": str(self.id), "author": None}
        return {
            "attachments": [],
            "type": 0,
            "id": str(self.id),
            "channel_id": str(self.channel),
            "author": self.author.json(),
            "content": self.content,
            "timestamp": discord.utils.snowflake_time(self.id).isoformat(),
            "edited_timestamp": self.edited,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "embeds": [],
            "added_by_a_newer_api": {"whatever": [None]},
            "pinned": False,
            "flags": self.flags,
            "components": self.components,
            "reactions": [
                {"count": len(who), "me": reader in who, "emoji": {"id": None, "name": emoji}}
                for emoji, who in self.reactions.items()
                if who
            ],
        } | (self._files() if self.author.bot else {key: self.body[key] for key in EXTRAS if key in self.body})

    def _files(self) -> Json:
        """What the bot attached, as Discord tells of it: where each lies."""
        named = [{"id": str(number), "filename": name, "size": 1, "url": url} for number, name, url in self.attached]
        return {"attachments": [each | {"proxy_url": "", "content_type": "image/jpeg"} for each in named]}


EXTRAS = (
    "attachments",
    "sticker_items",
    "poll",
    "message_snapshots",
    "message_reference",
    "type",
    "activity",
    "webhook_id",
)


class World:
    """People and messages; every id is a snowflake in order of making."""

    def __init__(self) -> None:
        self._last = 0
        self.files: dict[int, bytes] = {}
        """What people sent, by the id of the attachment."""
        self.bot = User(self.snowflake(), "buddybot", bot=True)
        self.application = self.snowflake()
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.directs: dict[int, User] = {}
        self.of_other_bots: set[int] = set()
        """Direct messages that another bot account had with somebody."""
        self.written: dict[int, Written] = {}
        self.commands: list[Json] = []
        self.guild_commands: dict[int, list[Json]] = {}
        self.guilds: dict[int, Guild] = {}
        self.down: set[int] = set()
        """Servers that an outage hides."""
        self.flags = MEMBERS_ON | CONTENT_ON
        """What the portal allows the application."""
        self.nonce_seconds = 300.0
        """How long Discord remembers a nonce."""
        self._nonces: dict[str, Written] = {}

    def snowflake(self) -> int:
        self._last = max(self._last + 1, discord.utils.time_snowflake(utc_now()))
        return self._last

    def open_guild(self, *, bot_may: discord.Permissions, shard: tuple[int, int] | None = None) -> Guild:
        """Found a server, and let the bot in with a role of its own; `shard` says of which, and of how many."""
        id_ = self.snowflake()
        while shard is not None and (id_ >> 22) % shard[1] != shard[0]:
            id_ += 1 << 22
        # What is made in one server gets other ids than what is made in the next.
        guild = self.guilds[id_] = Guild(id_, count(self.snowflake() + 1 + len(self.guilds) * 10_000))
        role = guild.role("BuddyBot")
        role.rights = bot_may
        guild.members[self.bot.id] = {role.id}
        return guild

    @property
    def guild(self) -> Guild | None:
        """The first server, where one is enough."""
        return next(iter(self.guilds.values()), None)

    def guild_of(self, channel: int) -> Guild | None:
        """Return the server that this channel is in."""
        return next((guild for guild in self.guilds.values() if channel in guild.rooms), None)

    def in_guild(self, channel: int) -> bool:
        return self.guild_of(channel) is not None

    def event(self, about: "Written", *, with_text: bool = True) -> Json:
        """Return a message as the gateway tells of it."""
        whole = about.json()
        if (guild := self.guild_of(about.channel)) is None:
            return whole
        member = guild.member_json(about.author.json())
        del member["user"]
        text = {} if with_text or about.author is self.bot else {"content": ""}
        return whole | {"guild_id": str(guild.id), "member": member} | text

    def user(self, name: str) -> User:
        made = User(self.snowflake(), name)
        self.users[made.id] = made
        return made

    def direct_with(self, user: User) -> int:
        for channel, other in self.directs.items():
            if other is user:
                return channel
        channel = self.snowflake()
        self.directs[channel] = user
        return channel

    def channel_json(self, channel: int) -> Json:
        last = max((each.id for each in self.written.values() if each.channel == channel), default=None)
        return {
            "id": str(channel),
            "type": 1,
            "flags": 0,
            "last_pin_timestamp": None,
            "last_message_id": str(last) if last else None,
            "recipients": [self.directs[channel].json()],
        }

    def write(self, channel: int, author: User, content: str = "", body: Json | None = None) -> tuple[Written, bool]:
        """Keep a message; the second value says that it is new, not a repeated nonce."""
        made = Written(self.snowflake(), channel, author, content.strip(), body=body or {})
        nonce = str(made.body["nonce"]) if "nonce" in made.body else None
        if nonce is not None and made.body.get("enforce_nonce") and (known := self._remembered(nonce)) is not None:
            return known, False
        if nonce is not None:
            self._nonces[nonce] = made
        components = made.body.get("components")
        made.components = (
            [each for each in components if isinstance(each, dict)] if isinstance(components, list) else []
        )
        flags = made.body.get("flags")
        made.flags = flags if isinstance(flags, int) else 0
        made.nonce = nonce
        self.written[made.id] = made
        return made, True

    def _remembered(self, nonce: str) -> Written | None:
        """Return the message of this author with this nonce, in whatever channel, unless it is too long ago."""
        known = self._nonces.get(nonce)
        if known is None or known.id not in self.written:
            return None
        age = utc_now() - discord.utils.snowflake_time(known.id)
        return known if age.total_seconds() < self.nonce_seconds else None

    def ages(self, seconds: float) -> None:
        """Let all that stands here have been written so much earlier."""
        shift = int(seconds * 1000) << 22
        for each in self.written.values():
            each.id -= shift
        self.written = {each.id: each for each in self.written.values()}

    def forget_nonces(self) -> None:
        """Some minutes pass."""
        self._nonces.clear()

    def history(self, channel: int, *, after: int = 0, before: int = 0, limit: int = 50) -> list[Written]:
        """Return a page, newest first, as the API does: `after` gives the oldest page above it."""
        found = sorted(each.id for each in self.written.values() if each.channel == channel)
        if after:
            found = [each for each in found if each > after][:limit]
        elif before:
            found = [each for each in found if each < before][-limit:]
        else:
            found = found[-limit:]
        return [self.written[each] for each in reversed(found)]
