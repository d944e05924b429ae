"""Set-up inside Discord: /setup shows an administrator what is missing, and lets them choose channels and roles.

Only on servers that the operator lists, and only where `setup` says so. All state is in the ids of buttons and in what
was chosen before, so that a restart in the middle loses nothing.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import discord
from discord import InteractionType
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES
from buddybot_discord.inbound import chosen as picked
from buddybot_discord.interactions import Click
from buddybot_discord.markup import ACTION_ROW, BUTTON, EPHEMERAL, PRIMARY, SECONDARY, STRING_SELECT, Json
from buddybot_discord.server.choices import write_choices
from buddybot_discord.server.guilds import GuildSettings
from buddybot_discord.server.permissions import missing
from buddybot_discord.server.places import ServerPlaces
from buddybot_discord.settings import Settings as DiscordSettings

COMMAND, SETUP = "setup", "setup:"
_ROLE_SELECT, _CHANNEL_SELECT, _TEXT_CHANNEL, _FORUM, _MOST_ROLES, _MOST_OPTIONS = 6, 8, 0, 15, 10, 25
_ADMINISTRATOR, _LONGEST, _PLACEHOLDER = str(1 << 3), 1900, 150
_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
_ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
_BUTTONS = {"build": "discord-setup-build", "alarm": "discord-setup-alarm", "look": "discord-setup-look"}
_ROLES = {"moderators": "discord-setup-moderators", "leads": "discord-setup-leads"}


def setup_command(reads: core.Reads) -> Json:
    """Return /setup as a command of one server: shown to administrators alone."""
    about = {code: core.words_or(reads, code, "discord-setup-command")[:100] for code in ("en", "es-ES")}
    where: Json = {"default_member_permissions": _ADMINISTRATOR}
    return where | {"name": COMMAND, "type": 1, "description": about["en"], "description_localizations": about}


class SetUp:
    """Answers /setup and the parts under it."""

    def __init__(
        self, client: discord.Client, places: ServerPlaces, settings: DiscordSettings, reads: core.Reads
    ) -> None:
        self._client, self._places, self._settings, self._reads = client, places, settings, reads

    def is_meant(self, click: Click) -> bool:
        """Return whether it is /setup, or a part of its message."""
        data: Mapping[str, object] = click.data or {}
        if click.type is InteractionType.application_command:
            return data.get("name") == COMMAND
        return click.type is InteractionType.component and str(data.get("custom_id")).startswith(SETUP)

    async def answer(self, click: Click) -> None:
        """Do what was chosen, and show how it stands; for the administrator's eyes alone."""
        with contextlib.suppress(*FAILURES):
            is_command = click.type is InteractionType.application_command
            kind: Json = {"type": 5, "data": {"flags": EPHEMERAL}} if is_command else {"type": 6}
            call = Route("POST", _CALLBACK, interaction_id=click.id, interaction_token=click.token)
            await self._client.http.request(call, json=kind)
            body = await self._page(click)
            hook = Route("PATCH", _ORIGINAL, webhook_id=click.application_id, webhook_token=click.token)
            await self._client.http.request(hook, json=body)

    async def _page(self, click: Click) -> Json:
        say = self._in(click)
        guild, here = click.guild, self._settings.served.at(click.guild_id)
        known = None if guild is None else self._client.get_guild(guild.id)
        if not self._settings.setup or known is None or here is None or not click.permissions.administrator:
            return {"content": say("discord-setup-refused"), "components": []}
        told = await self._done(click, known, here, say)
        if isinstance(told, dict):
            return told
        return self._drawn(known, self._settings.served.at(known.id) or here, say, told)

    def _in(self, click: Click) -> Callable[[str], str]:
        return lambda key: self._reads.words(click.locale.value, key)

    # ── What was chosen ─────────────────────────────────────────────────────────────────

    async def _done(
        self, click: Click, guild: discord.Guild, here: GuildSettings, say: Callable[[str], str]
    ) -> str | Json:
        """Carry it out and return what to say of it, or another page."""
        data: Mapping[str, object] = click.data or {}
        _, _, rest = str(data.get("custom_id", "")).partition(SETUP)
        what, _, key = rest.partition(":")
        values = picked(data) if "values" in data else ()
        match what:
            case "moderators" | "leads" | "channels":
                return self._keep(guild.id, say, **{what: list(values)})
            case "place" if key and values:
                return self._keep(guild.id, say, places={**here.places, key: values[0]})
            case "place" if values:
                return self._which(values[0], say)
            case "build":
                await self._places.build(guild)
                return say("discord-setup-done")
            case "alarm":
                return await self._alarm(guild, say)
        return ""

    def _keep(self, guild: int, say: Callable[[str], str], **chosen: object) -> str:
        try:
            self._settings.served.choose(guild, chosen)
            write_choices(Path(self._settings.setup_file), self._settings.served.chosen())
        except OSError:
            return say("discord-setup-not-written")
        return say("discord-setup-kept")

    async def _alarm(self, guild: discord.Guild, say: Callable[[str], str]) -> str:
        rooms = self._places.read(core.ChannelKind.MODERATORS, guild=guild.id)
        for room in rooms:
            words = {"content": say("discord-setup-alarm-words"), "allowed_mentions": {"parse": []}}
            try:
                await self._client.http.request(
                    Route("POST", "/channels/{channel_id}/messages", channel_id=room), json=words
                )
            except discord.HTTPException:
                return say("discord-setup-alarm-refused")
        return say("discord-setup-alarm-sent" if rooms else "discord-setup-alarm-none")

    # ── How it is drawn ─────────────────────────────────────────────────────────────────

    def _drawn(self, guild: discord.Guild, here: GuildSettings, say: Callable[[str], str], told: str) -> Json:
        channels = tuple(self._places.book.channels.values())
        shown = tuple(each for each in channels if here.shows(each))
        lacks = [*missing(guild.me.guild_permissions, shown, automod=self._settings.automod)]
        rights = (
            [say("discord-setup-lacks"), *(f"- {each}" for each in lacks)] if lacks else [say("discord-setup-rights")]
        )
        lines = [f"**{say('discord-setup-title')}**", *rights, *(self._state(guild, each, say) for each in shown)]
        fixed = self._settings.served.fixed(guild.id) - {"id"}
        if fixed:
            lines.append(f"{say('discord-setup-fixed')} {', '.join(sorted(fixed))}")
        rows = [
            *self._selects(guild, here, channels, fixed, say),
            [_button(say(key), each) for each, key in _BUTTONS.items()],
        ]
        components = [{"type": ACTION_ROW, "components": row} for row in rows]
        text = "\n".join([*([told] if told else []), *lines])
        return {"content": text[:_LONGEST], "components": components, "allowed_mentions": {"parse": []}}

    def _state(self, guild: discord.Guild, channel: core.Channel, say: Callable[[str], str]) -> str:
        there = [
            room for room, place in self._places.read(channel.kind, guild=guild.id).items() if place.key == channel.key
        ]
        return f"{channel.key}: " + (f"<#{there[0]}>" if there else say("discord-setup-not-there"))

    def _selects(
        self,
        guild: discord.Guild,
        here: GuildSettings,
        channels: tuple[core.Channel, ...],
        fixed: frozenset[str],
        say: Callable[[str], str],
    ) -> Iterator[list[Json]]:
        for key, label in _ROLES.items():
            if key not in fixed:
                yield [_part(_role_select(guild, getattr(here, key)), key, say(label))]
        options = [_option(each) | {"default": here.shows(each)} for each in channels][:_MOST_OPTIONS]
        if options and "channels" not in fixed:
            row: Json = {"type": STRING_SELECT, "options": options, "min_values": 0, "max_values": len(options)}
            yield [_part(row, "channels", say("discord-setup-shown"))]
        shown = [_option(each) for each in channels if here.shows(each)][:_MOST_OPTIONS]
        if shown and "places" not in fixed:
            yield [_part({"type": STRING_SELECT, "options": shown}, "place", say("discord-setup-place"))]

    def _which(self, key: str, say: Callable[[str], str]) -> Json:
        about = self._places.book.channels.get(key)
        kinds = [_TEXT_CHANNEL, *([_FORUM] if about is not None and about.kind is core.ChannelKind.OPEN else [])]
        row = _part({"type": _CHANNEL_SELECT, "channel_types": kinds}, f"place:{key}", say("discord-setup-pick"))
        rows = [[row], [_button(say("discord-setup-look"), "look")]]
        words = f"{key}: {say('discord-setup-pick')}"
        return {"content": words, "components": [{"type": ACTION_ROW, "components": each} for each in rows]}


def _option(channel: core.Channel) -> Json:
    return {"label": channel.title, "value": channel.key}


def _role_select(guild: discord.Guild, held: frozenset[str]) -> Json:
    """Draw a list of roles; one that is gone can't stand in it, and Discord refuses the whole where it does."""
    there = [role for role in guild.roles if {role.name.casefold(), str(role.id)} & held]
    ticked = [{"id": str(role.id), "type": "role"} for role in there][:_MOST_ROLES]
    return {"type": _ROLE_SELECT, "min_values": 0, "max_values": _MOST_ROLES, "default_values": ticked}


def _part(part: Json, what: str, words: str) -> Json:
    return part | {"custom_id": f"{SETUP}{what}", "placeholder": words[:_PLACEHOLDER]}


def _button(words: str, what: str) -> Json:
    style = PRIMARY if what == "build" else SECONDARY
    return {"type": BUTTON, "style": style, "label": words[:80], "custom_id": f"{SETUP}{what}"}
