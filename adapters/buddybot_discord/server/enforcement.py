"""Enforcement: what the core decided about people in a place and the place itself, by Discord's own means.

AutoMod, Discord's own filter, is the first layer: it also works while the bot is down.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import TypeAlias, assert_never

import discord
from discord.http import HTTPClient

from buddybot import adapter as core
from buddybot_discord.errors import passes
from buddybot_discord.markup import Json
from buddybot_discord.server.guilds import GuildSettings
from buddybot_discord.server.permissions import THREADS, audit_reason, change, lack
from buddybot_discord.server.places import ServerPlaces

_LONGEST = timedelta(days=28)
Rights: TypeAlias = Mapping[str, bool | None]
_WRITES: dict[str, bool | None] = dict.fromkeys(("send_messages", "send_messages_in_threads"))
_SILENT: dict[str, bool | None] = dict.fromkeys(_WRITES, False)
"""A thread has a right to write of its own."""
_ABOVE = (
    "a time-out was refused: the role of the bot stands below that of the person. Open Server Settings, Roles, drag "
    "it above the roles of those it may time out; nobody can time out the owner or an administrator"
)
_FULL = (
    "Discord refused a permission of one person in a channel (code {code}): a channel has room for a thousand. Take "
    "away those of people who are long gone, in the channel's settings"
)
_UNKNOWN_MEMBER = {10007, 10013}


class DiscordEnforcement:
    """A time-out for what has an end, a permission of that one person in the channel for what has none."""

    def __init__(self, client: discord.Client, places: ServerPlaces, notices: core.Notices) -> None:
        self._client, self._places, self._notices = client, places, notices

    async def carry_out(self, channel: int, effect: core.PlaceEffect) -> None:
        """Do it, as far as the bot may."""
        match effect:
            case core.Restrict():
                await self._restrict(channel, effect)
            case core.Tune():
                await self._tune(channel, effect)
            case core.Admit():  # a channel of Discord has no door to knock at
                pass
            case _:
                assert_never(effect)

    async def _restrict(self, channel: int, restrict: core.Restrict) -> None:
        person, until = discord.Object(int(restrict.person)), restrict.until
        permit = partial(self._permit, channel, person, reason=audit_reason(restrict.case))
        time_out = partial(self._time_out, channel, person, reason=audit_reason(restrict.case))
        match restrict.how:
            case core.Restriction.MUTE if until is not None:
                # One of ours at a time, so that lifting one is lifting all.
                await permit(_WRITES)
                await time_out(min(until, core.utc_now() + _LONGEST).isoformat())
            case core.Restriction.MUTE:
                await permit(_SILENT)
            case core.Restriction.REMOVE:
                await permit({"view_channel": False})
            case core.Restriction.ENTER:
                await permit(_WRITES)
            case core.Restriction.LIFT:
                if not await permit({"view_channel": None} | _WRITES):
                    await time_out(None)
            case _:
                assert_never(restrict.how)

    async def _permit(
        self, channel: int, person: discord.abc.Snowflake, wanted: Rights, *, reason: str | None = None
    ) -> bool:
        if (guild := self._places.guild_of(channel)) is not None:
            # Nobody can give or take a right that they don't have: what is about threads must not hold up the rest.
            mine = guild.me.guild_permissions
            wanted = {name: may for name, may in wanted.items() if name not in THREADS or getattr(mine, name)}
        try:
            return await change(self._client.http, channel, person, wanted, reason=reason)
        except discord.Forbidden:
            self._notices.say(lack("manage_roles"))
        except discord.HTTPException as error:
            if passes(error):
                raise
            if error.code not in _UNKNOWN_MEMBER:
                self._notices.say(_FULL.format(code=error.code))
        return False

    async def _time_out(
        self, channel: int, person: discord.abc.Snowflake, end: str | None, *, reason: str | None
    ) -> None:
        if (guild := self._places.guild_of(channel)) is None:
            raise core.RetryLater  # Discord has not told of that server yet
        try:
            await self._client.http.edit_member(guild.id, person.id, reason=reason, communication_disabled_until=end)
        except discord.Forbidden:
            may = guild.me.guild_permissions.moderate_members
            self._notices.say(_ABOVE if may else lack("moderate_members"))
        except discord.HTTPException as error:
            if error.code not in _UNKNOWN_MEMBER:  # whoever left needs no time-out
                raise

    async def _tune(self, channel: int, tune: core.Tune) -> None:
        try:
            if self._places.has_threads(channel):
                # In a forum the one is between two posts; in threads that are there already only the lock helps.
                http, slow = self._client.http, tune.slow
                await http.edit_channel(channel, rate_limit_per_user=slow, default_thread_rate_limit_per_user=slow)
            else:
                await self._client.http.edit_channel(channel, rate_limit_per_user=tune.slow)
        except discord.Forbidden:
            self._notices.say(lack("manage_channels"))
        guild = self._places.guild_of(channel)
        # In an anonymous channel nobody may ever write, so there is nothing to lock and nothing to open.
        if guild is not None and channel in self._places.read(core.ChannelKind.OPEN):
            names = _WRITES if self._places.has_threads(channel) else ("send_messages",)
            await self._permit(channel, guild.default_role, dict.fromkeys(names, False if tune.locked else None))


# ── AutoMod ─────────────────────────────────────────────────────────────────────────────────

_ON_MESSAGE, _KEYWORD, _BLOCK = 1, 1, 1
_MOST_SPARED = 50
_TOO_MANY = (
    f"AutoMod can leave out {_MOST_SPARED} channels and this server has more beside the open ones: its rules are not "
    "kept up to date. Set automod = none"
)
_NO_ROOM = "AutoMod refused a rule (code {code}): a server has room for six rules with words. Remove some"
_NOT_ALLOWED = (
    "AutoMod refused its rules (code {code}) although the bot may manage the server: this server may have no AutoMod, "
    "or ask moderators for two-factor sign-in, which the bot's owner then needs. See to that, or set automod = none"
)
_BLOCKED = "discord-blocked"
"""Locale string: what AutoMod says to whom it holds back, at most 150 characters."""


class AutoMod:
    """Keeps AutoMod's rules as the core's filters are: in open channels alone, never for moderators and leads."""

    def __init__(self, http: HTTPClient, reads: core.Reads, settings: GuildSettings, notices: core.Notices) -> None:
        self._http, self._reads, self._settings, self._notices = http, reads, settings, notices

    async def sync(self, guild: discord.Guild, read: set[int]) -> None:
        """Make or mend the rules; they hold in the channels `read`."""
        rooms = [each for each in guild.channels if not isinstance(each, discord.CategoryChannel)]
        spared = sorted(str(each.id) for each in rooms if each.id not in read)
        staff = sorted(
            str(each.id) for each in guild.roles if {each.name.casefold(), str(each.id)} & self._settings.staff
        )
        if len(spared) > _MOST_SPARED:
            self._notices.say(_TOO_MANY)
            return
        words, exempt = (
            self._reads.words(self._settings.language or "en", _BLOCKED),
            {"exempt_roles": staff, "exempt_channels": spared},
        )
        try:
            await self._sync(guild.id, [_rule(each, words) | exempt for each in self._reads.filters()])
        except discord.Forbidden as error:
            may = guild.me.guild_permissions.manage_guild
            self._notices.say(_NOT_ALLOWED.format(code=error.code) if may else lack("manage_guild"))
        except discord.HTTPException as error:
            if passes(error):
                raise
            self._notices.say(_NO_ROOM.format(code=error.code))

    async def _sync(self, guild: int, wanted: list[Json]) -> None:
        there = {str(each["name"]): each for each in await self._http.get_auto_moderation_rules(guild)}
        for each in wanted:
            found = there.get(str(each["name"]))
            if found is None:
                start = {"event_type": _ON_MESSAGE, "trigger_type": _KEYWORD, "enabled": True}
                await self._http.create_auto_moderation_rule(guild, reason=None, **each, **start)
            elif not _within(each, found):
                await self._http.edit_auto_moderation_rule(guild, found["id"], reason=None, **each)


def _rule(one: core.Filter, words: str) -> Json:
    """Draw a filter. Whether a rule is switched on is the server's own business, once it is there."""
    return {
        "name": f"BuddyBot: {one.name}",
        "trigger_metadata": {"keyword_filter": [*one.words], "regex_patterns": [*one.patterns]},
        "actions": [{"type": _BLOCK, "metadata": {"custom_message": words}}],
    }


def _within(wanted: object, found: object) -> bool:
    """Return whether all that is wanted is there; Discord adds keys of its own, and sorts as it likes."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_within(value, found.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = zip(sorted(wanted, key=str), sorted(found, key=str), strict=True)
        return all(_within(mine, theirs) for mine, theirs in pairs)
    return wanted == found
