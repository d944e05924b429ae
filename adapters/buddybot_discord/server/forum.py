"""Forum channels of cases: found again by their id, name or topic, made where the bot may, with labels as tags."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

import discord
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.errors import passes
from buddybot_discord.markup import Json
from buddybot_discord.server.guilds import GuildSettings

ChannelJson: TypeAlias = Mapping[str, Any]  # type: ignore[explicit-any]  # JSON of the platform
CHANNEL = "/channels/{channel_id}"
TOPIC = "discord-cases-topic"
"""Locale string: the forum's guidelines, by which it is known where somebody called it something else."""
_FORUM = 15
_MOST_TAGS, _LONGEST_TAG = 20, 20
_OURS = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "manage_threads",
    "manage_channels",
    "read_message_history",
)
_THEIRS = ("view_channel", "send_messages_in_threads", "read_message_history")
_NO_FORUM = (
    "Discord refused a forum for cases (code {code}), so each case is a thread in the channel {channel}. A forum needs "
    "Manage Channels and room for one more channel; on some servers also Community, in Server Settings. Start the bot "
    "again once that is mended, or set cases = threads"
)
_TAGS_FULL = (
    "the forum of cases has its 20 tags already, so there is no label for {tag}. Remove some that nobody needs, in the "
    "forum's settings"
)
_TAGS_REFUSED = "Discord refused a tag of the forum of cases (code {code}): they are shown without that label"


class CaseForums:
    """Finds or makes the forum beside each channel of moderators, and knows its tags."""

    def __init__(self, client: discord.Client, reads: core.Reads, notices: core.Notices) -> None:
        self._client, self._reads, self._notices = client, reads, notices
        self.homes: dict[int, int] = {}
        """The moderators' channel of each forum."""
        self._refused: set[int] = set()
        self._gone: set[int] = set()
        self._one_at_a_time = asyncio.Lock()

    def of(self, home: int) -> int | None:
        """Return the forum of a moderators' channel, as far as it is known."""
        return next((forum for forum, at in self.homes.items() if at == home and forum not in self._gone), None)

    def forget(self, forum: int) -> None:
        """Forget a forum that is gone, but not where it stood: its threads are still told of."""
        self._gone.add(forum)

    async def prepared(self, guild: discord.Guild, home: discord.TextChannel, settings: GuildSettings) -> int | None:
        """Return the forum, found or made; None where Discord refuses one, which is said once."""
        async with self._one_at_a_time:
            known = self.of(home.id)
            return known if known or home.id in self._refused else await self._found(guild, home, settings)

    async def _found(self, guild: discord.Guild, home: discord.TextChannel, settings: GuildSettings) -> int | None:
        found = next((each.id for each in guild.forums if self._is_ours(each, home)), None)
        try:
            forum = found or await self._made(guild, home, settings)
        except discord.HTTPException as error:
            if passes(error):
                raise
            self._refused.add(home.id)
            self._notices.say(_NO_FORUM.format(code=error.code, channel=home.name))
            return None
        self.homes[forum] = home.id
        return forum

    def _is_ours(self, forum: discord.ForumChannel, home: discord.TextChannel) -> bool:
        topics = {self._reads.words(locale, TOPIC) for locale in self._reads.locales()}
        beside = forum.category_id == home.category_id
        return beside and (forum.name == forum_name(home.name) or (forum.topic or "") in topics)

    async def _made(self, guild: discord.Guild, home: discord.TextChannel, settings: GuildSettings) -> int:
        locale = settings.language or "en"
        body: Json = {
            "name": forum_name(home.name),
            "type": _FORUM,
            "parent_id": None if home.category_id is None else str(home.category_id),
            "topic": self._reads.words(locale, TOPIC),
            "permission_overwrites": _rules(guild, settings),
        }
        made = await self._client.http.request(
            Route("POST", "/guilds/{guild_id}/channels", guild_id=guild.id), json=body
        )
        return int(made["id"])

    # ── Tags ────────────────────────────────────────────────────────────────────────────

    async def tags(self, forum: int, names: Iterable[str]) -> list[str]:
        """Return the ids of these tags, made where they are missing; one that can't be is left out, and said."""
        route = Route("GET", CHANNEL, channel_id=forum)
        there = cast("list[Json]", (await self._client.http.request(route))["available_tags"])
        wanted = [name[:_LONGEST_TAG] for name in names]
        missing = [name for name in wanted if name not in {str(each["name"]) for each in there}]
        if missing:
            there = await self._extended(forum, there, missing)
        ids = {str(each["name"]): str(each["id"]) for each in there}
        return [ids[name] for name in wanted if name in ids]

    async def _extended(self, forum: int, there: list[Json], missing: list[str]) -> list[Json]:
        room = _MOST_TAGS - len(there)
        for name in missing[room:]:
            self._notices.say(_TAGS_FULL.format(tag=name))
        more: list[Json] = [{"name": name, "moderated": True} for name in missing[:room]]
        if not more:
            return there
        try:
            changed = await self._client.http.request(
                Route("PATCH", CHANNEL, channel_id=forum), json={"available_tags": [*there, *more]}
            )
        except discord.HTTPException as error:
            if passes(error):
                raise
            self._notices.say(_TAGS_REFUSED.format(code=error.code))
            return there
        return cast("list[Json]", changed["available_tags"])


def forum_name(channel: str) -> str:
    """Return what the forum beside a moderators' channel is called at first."""
    return f"{channel}-cases"


def staff_roles(guild: discord.Guild, settings: GuildSettings) -> list[discord.Role]:
    """Return the roles of a server that count as moderators or leads."""
    return [each for each in guild.roles if {each.name.casefold(), str(each.id)} & settings.staff]


def _rules(guild: discord.Guild, settings: GuildSettings) -> list[Json]:
    """Return who sees the forum: the team alone; it writes in posts, and none of its own."""
    mine = guild.me.guild_permissions

    def rule(target: int, kind: int, allow: Iterable[str], deny: Iterable[str] = ()) -> Json:
        # Nobody can give or take a right that they don't have themselves.
        allowed = discord.Permissions(**{each: True for each in allow if getattr(mine, each)})
        denied = discord.Permissions(**{each: True for each in deny if getattr(mine, each)})
        return {"id": str(target), "type": kind, "allow": str(allowed.value), "deny": str(denied.value)}

    return [
        rule(guild.default_role.id, 0, (), ("view_channel",)),
        *(rule(each.id, 0, _THEIRS, ("send_messages",)) for each in staff_roles(guild, settings)),
        rule(guild.me.id, 1, _OURS),
    ]
