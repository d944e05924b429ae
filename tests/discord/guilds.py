"""A server: roles, members, channels with permissions of their own, and who may do what there, by Discord's rules."""

from dataclasses import dataclass, field
from itertools import count

import discord

from buddybot.adapter import utc_now

Json = dict[str, object]
TEXT, CATEGORY, THREAD, FORUM = 0, 4, 11, 15
_SILENCED = discord.Permissions(view_channel=True, read_message_history=True)


@dataclass
class Role:
    id: int
    name: str
    rights: discord.Permissions
    mentionable: bool = False

    def json(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.rights.value),
            "position": 0,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": self.mentionable,
            "flags": 0,
        }


@dataclass(frozen=True)
class Pin:
    message: int
    at: str


@dataclass
class Room:
    """A channel; `rules` are its permission overwrites: kind, allowed, denied, by role or person."""

    id: int
    guild: int
    name: str
    kind: int = TEXT
    parent: int | None = None
    topic: str = ""
    slow: int = 0
    rules: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    pinned: list[Pin] = field(default_factory=list)
    """The newest first."""
    tags: list[Json] = field(default_factory=list)
    """Of a forum: the labels that its posts may have."""

    def json(self) -> Json:
        rules = [
            {"id": str(target), "type": kind, "allow": str(allow), "deny": str(deny)}
            for target, (kind, allow, deny) in self.rules.items()
        ]
        return {
            "id": str(self.id),
            "guild_id": str(self.guild),
            "type": self.kind,
            "name": self.name,
            "position": 0,
            "parent_id": str(self.parent) if self.parent else None,
            "topic": self.topic,
            "rate_limit_per_user": self.slow,
            "permission_overwrites": rules,
            "nsfw": False,
            "last_message_id": None,
            "last_pin_timestamp": self.pinned[0].at if self.pinned else None,
        } | ({"available_tags": self.tags, "flags": 0, "default_reaction_emoji": None} if self.kind == FORUM else {})

    @property
    def pins(self) -> list[int]:
        """The messages that are pinned, the newest pin first."""
        return [each.message for each in self.pinned]

    def pin(self, message: int) -> None:
        self.pinned.insert(0, Pin(message, utc_now().isoformat()))

    def keep(self, rules: object) -> None:
        assert isinstance(rules, list)
        self.rules = {int(each["id"]): (int(each["type"]), int(each["allow"]), int(each["deny"])) for each in rules}


@dataclass
class Thread(Room):
    """A thread of a channel, or a post in a forum; it has the permissions of where it stands."""

    kind: int = THREAD
    owner: int = 0
    applied: list[str] = field(default_factory=list)
    archived: bool = False
    locked: bool = False
    flags: int = 0
    newest: int = 0

    def json(self) -> Json:
        """Return it as the API tells of threads."""
        return {
            "id": str(self.id),
            "guild_id": str(self.guild),
            "type": self.kind,
            "name": self.name,
            "parent_id": str(self.parent),
            "owner_id": str(self.owner),
            "flags": self.flags,
            "rate_limit_per_user": 0,
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "last_message_id": str(self.newest or self.id),
            "applied_tags": self.applied,
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": "2026-01-01T00:00:00+00:00",
                "auto_archive_duration": 10080,
                "locked": self.locked,
            },
        }

    def labels(self, forum: Room) -> list[str]:
        """Return its tags by name."""
        names = {str(tag["id"]): str(tag["name"]) for tag in forum.tags}
        return [names[tag] for tag in self.applied]


class Guild:
    """One server. The role with its own id is everyone's."""

    def __init__(self, id_: int, ids: "count[int]") -> None:
        self.id, self._ids, self.owner = id_, ids, 1
        everyone = discord.Permissions(
            view_channel=True, send_messages=True, read_message_history=True, add_reactions=True
        )
        self.roles = {id_: Role(id_, "@everyone", everyone)}
        self.members: dict[int, set[int]] = {}
        self.silenced: dict[int, str] = {}
        self.rooms: dict[int, Room] = {}
        self.automod: dict[int, Json] = {}
        self.no_forum = 0
        """The code with which the server refuses a forum, if it does."""
        self.most_threads = 1000

    def next_id(self) -> int:
        return next(self._ids)

    def role(self, name: str, **rights: bool) -> Role:
        made = Role(self.next_id(), name, discord.Permissions(**rights))
        self.roles[made.id] = made
        return made

    def room(self, name: str, kind: int = TEXT, **parts: int) -> Room:
        made = Room(self.next_id(), self.id, name, kind, parts.get("parent"))
        self.rooms[made.id] = made
        return made

    def threads(self, *, of: int = 0) -> list[Thread]:
        """Return all threads, or those of one channel."""
        found = [room for room in self.rooms.values() if isinstance(room, Thread)]
        return [one for one in found if of in {0, one.parent}]

    def channels(self) -> list[Room]:
        """Return what is no thread."""
        return [room for room in self.rooms.values() if not isinstance(room, Thread)]

    def named(self, name: str) -> Room:
        (found,) = [room for room in self.rooms.values() if room.name == name]
        return found

    def rights(self, user: int, room: Room | None = None) -> discord.Permissions:
        """Return what somebody may do, in the server or in one of its channels."""
        held = self.members.get(user)
        if held is None:
            return discord.Permissions.none()
        if user == self.owner:
            return discord.Permissions.all()
        base = self.roles[self.id].rights.value
        for role in held:
            base |= self.roles[role].rights.value
        if discord.Permissions(base).administrator:
            return discord.Permissions.all()
        if isinstance(room, Thread):
            room = self.rooms[room.parent or 0]
        if room is not None:
            base = self._ruled(base, room, user, held)
        found = discord.Permissions(base)
        return found & _SILENCED if user in self.silenced else found

    def _ruled(self, base: int, room: Room, user: int, held: set[int]) -> int:
        for targets in ({self.id}, held, {user}):
            rules = [rule for target, rule in room.rules.items() if target in targets]
            for _, _, deny in rules:
                base &= ~deny
            for _, allow, _ in rules:
                base |= allow
        return base

    def member_json(self, user: Json) -> Json:
        id_ = int(str(user["id"]))
        return {
            "user": user,
            "nick": None,
            "avatar": None,
            "roles": [str(role) for role in sorted(self.members.get(id_, ()))],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "permissions": str(self.rights(id_).value),
            "communication_disabled_until": self.silenced.get(id_),
        }

    def json(self, bot: Json) -> Json:
        """Return what GUILD_CREATE says."""
        return {
            "id": str(self.id),
            "name": "server",
            "owner_id": str(self.owner),
            "unavailable": False,
            "roles": [role.json() for role in self.roles.values()],
            "channels": [room.json() for room in self.channels()],
            "members": [self.member_json(bot)],
            "threads": [one.json() for one in self.threads() if not one.archived],
            "emojis": [],
            "stickers": [],
            "features": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "member_count": len(self.members),
            "large": False,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "afk_timeout": 300,
            "system_channel_flags": 0,
            "preferred_locale": "en-US",
        }
