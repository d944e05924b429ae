"""Registration of application commands: those for everybody once, those of moderators in each server that is served.

A set is told to Discord when it changed since; the mark of one that was taken is kept with the next event.
"""

from functools import partial

import discord

from buddybot import adapter as core
from buddybot_discord.commands import application_commands, fingerprint
from buddybot_discord.errors import why
from buddybot_discord.markup import Json
from buddybot_discord.server.guilds import GuildSettings
from buddybot_discord.server.setup import setup_command
from buddybot_discord.settings import Settings as DiscordSettings

_LATER = (
    "the slash commands changed, and Discord takes no others for {seconds:.0f} seconds; start the bot again after that"
)
_REFUSED = (
    "the commands of moderators in the server {guild} were not taken: {why}. Invite the bot there once more with the "
    "address in docs/discord.md, which asks for applications.commands; until then they can be typed"
)


class CommandRegistry:
    """Sets of commands of one bot account, each registered apart: what one server refuses holds up no other."""

    def __init__(
        self,
        client: discord.Client,
        settings: DiscordSettings,
        inbox: core.Inbox,
        reads: core.Reads,
        notices: core.Notices,
    ) -> None:
        self._client, self._inbox, self._reads, self._notices = client, inbox, reads, notices
        self._key, self._setup = f"discord:commands:{settings.identity}", settings.setup
        self._taken: list[tuple[str, str]] = []

    def take_mark(self) -> tuple[str, str] | None:
        """Return a mark to keep with the next event, the oldest first."""
        return self._taken.pop(0) if self._taken else None

    async def everybody(self, table: tuple[core.Command, ...]) -> None:
        """Register what everybody may use, everywhere; old ones of moderators go with it."""
        drawn = application_commands(table, self._reads)
        if (mark := await self._changed(self._key, drawn)) is None:
            return
        try:
            await self._client.http.bulk_upsert_global_commands(self._application, drawn)
        except discord.RateLimited as error:
            # Nobody waits for their answer meanwhile: the commands that Discord has still work.
            self._notices.say(_LATER.format(seconds=error.retry_after))
        else:
            self._taken.append(mark)

    async def of_server(self, settings: GuildSettings, table: tuple[core.Command, ...]) -> None:
        """Register what moderators use, and administrators where the operator lets them, in their server alone.

        Where no role counts, nobody could use what moderators have: nothing is asked of Discord.
        """
        guild, drawn = settings.id, application_commands(table, self._reads, staff=True) if settings.staff else []
        drawn += [setup_command(self._reads)] if self._setup else []
        if (mark := await self._changed(f"{self._key}:{guild}", drawn)) is None:
            return
        try:
            await self._client.http.bulk_upsert_guild_commands(self._application, guild, drawn)
        except discord.RateLimited as error:
            self._notices.say(_LATER.format(seconds=error.retry_after))
        except discord.HTTPException as error:
            self._notices.say(_REFUSED.format(guild=guild, why=why(error)))
        else:
            self._taken.append(mark)

    async def _changed(self, key: str, drawn: list[Json]) -> tuple[str, str] | None:
        mark, told = (key, fingerprint(drawn)), await core.until_read(partial(self._inbox.cursor, key))
        is_news = told != mark[1] and (bool(drawn) or told is not None)
        return mark if is_news and mark not in self._taken else None

    @property
    def _application(self) -> int:
        assert self._client.application_id is not None, "known after login"
        return self._client.application_id
