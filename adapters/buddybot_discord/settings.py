"""The Discord adapter's own table of the configuration; docs/discord.md explains each key."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, model_validator

from buddybot.adapter import AdapterSettings, Rate, Seconds, TableError, fix, otherwise, settings_from, switch
from buddybot_discord.server.choices import read_choices
from buddybot_discord.server.guilds import CaseShape, Guilds, GuildSettings, Names, RoleId, once, tables

TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
"""The bot's id, a time and a signature, each in base64url (Discord's developer documentation, "Authentication")."""


def _bare(token: str) -> str:
    bare = token.strip().removeprefix("Bot ").strip()
    if TOKEN.fullmatch(bare) is None:
        raise ValueError("no token")
    return bare


def _starts_with(*schemes: str) -> AfterValidator:
    def check(url: str) -> str:
        if not url.startswith(schemes):
            raise ValueError(f"start it with {schemes[0]}")
        return url

    return AfterValidator(check)


def _digits_or(unset: int | None) -> BeforeValidator:
    """Return an annotation: an empty text means `unset`; a number is 1 or more, in digits alone."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        if value.strip() and not (re.fullmatch(r"\s*[0-9]+\s*", value) and int(value)):
            raise ValueError("no number")
        return int(value) if value.strip() else unset

    return BeforeValidator(read)


_Token = Annotated[
    str,
    AfterValidator(_bare),
    fix(
        "there is no token, or it is not whole (three parts with dots between); copy it from the page Bot of Discord's "
        "developer portal into a file of its own and name that in token_file, or set BUDDYBOT_DISCORD_TOKEN"
    ),
]
_Shards = Annotated[int | None, _digits_or(None), fix("write a count, 1 or more, or leave it out")]
_Guild = Annotated[int, _digits_or(0), fix("write the server's id, copied from its menu (Developer Mode)")]
_Pause = Annotated[float, Field(ge=0, le=3600), fix("write a number of seconds, 0 to 3600")]
_Guilds = Annotated[tuple[GuildSettings, ...], BeforeValidator(tables), AfterValidator(once)]
_ALONE = "it is about the server of guild, which is not set; move it into that server's table in guilds"


DISCORDS_OWN = "wss://gateway.discord.gg/"
"""The gateway while the settings name no other: then the one that Discord names itself counts."""


class DiscordSettings(AdapterSettings):
    """Which bot account, which server, how fast.

    `guild` is the id of a server that has the channels; `category` is where it makes them. `moderators` and `leads`
    name the server's roles (name or id) that it believes. `cases` says what a case is where moderators are, and
    `on_call_role` is called to urgent ones. `guilds` has a table for each further server. Without
    either the bot works in direct messages alone. With `setup` administrators of these servers have /setup, which
    writes to `setup_file`.
    `api` and `gateway` point at a self-hosted server that speaks Discord's API version 10. `per_second` paces all
    writes of the account; `timeout` ends one delivery; `identify_pause` spaces new sessions (all seconds).
    """

    token: _Token = Field(default="", validate_default=True, repr=False)
    identity: Annotated[str, otherwise("main")] = "main"
    shards: _Shards = None
    marks: Annotated[bool, switch("reaction", "none")] = True
    guild: _Guild = 0
    category: Annotated[str, otherwise("Recovery")] = "Recovery"
    moderators: Names = frozenset()
    leads: Names = frozenset()
    cases: CaseShape = "forum"
    on_call_role: RoleId = 0
    guilds: _Guilds = ()
    presence: Annotated[bool, switch("show", "none")] = True
    automod: Annotated[bool, switch("sync", "none")] = True
    api: Annotated[str, _starts_with("https://", "http://"), AfterValidator(lambda url: url.rstrip("/"))] = (
        "https://discord.com/api/v10"
    )
    gateway: Annotated[str, _starts_with("wss://", "ws://")] = DISCORDS_OWN
    per_second: Rate = 49.3
    timeout: Seconds = 60
    identify_pause: _Pause = 5
    setup: Annotated[bool, switch("listed", "none")] = False
    setup_file: Annotated[str, otherwise("var/discord-guilds.toml")] = "var/discord-guilds.toml"
    _served: Guilds = PrivateAttr(default_factory=Guilds)

    @property
    def served(self) -> Guilds:
        """The servers, each with its own settings."""
        return self._served

    @model_validator(mode="after")
    def _together(self) -> "DiscordSettings":
        lost = {"moderators": self.moderators, "leads": self.leads} if self.guilds and not self.guild else {}
        for key, value in lost.items():
            if value:
                raise TableError(key, ", ".join(sorted(value)), _ALONE)
        if self.guild and self.guild in {each.id for each in self.guilds}:
            raise TableError(
                "guild", str(self.guild), "this server has a table in guilds as well; leave one of them out"
            )
        keys = self.model_fields_set & {"category", "moderators", "leads", "cases", "on_call_role"}
        shared = {key: getattr(self, key) for key in keys if getattr(self, key)}
        first = (GuildSettings.model_validate({"id": self.guild, **shared}),) if self.guild else ()
        self._served = Guilds((*first, *self.guilds))
        return self


Settings = DiscordSettings
"""Their name inside this package."""


def read_settings(table: Mapping[str, str]) -> DiscordSettings:
    """Check every value; anything that would surprise the operator later is refused now."""
    settings = settings_from(DiscordSettings, "discord", table)
    for chosen in read_choices(Path(settings.setup_file)):
        settings.served.choose(chosen.id, {key: getattr(chosen, key) for key in chosen.model_fields_set})
    return settings
