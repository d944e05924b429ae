"""The Discord adapter's own table of the configuration; docs/discord.md explains each key."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from buddybot.adapter import AdapterSettings, Rate, Seconds, comma_separated, fix, otherwise, settings_from, switch

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
_Names = Annotated[frozenset[str], BeforeValidator(comma_separated)]


DISCORDS_OWN = "wss://gateway.discord.gg/"
"""The gateway while the settings name no other: then the one that Discord names itself counts."""


class DiscordSettings(AdapterSettings):
    """Which bot account, which server, how fast.

    `guild` is the id of the one server that has the channels; empty, the bot works in direct messages alone. `category`
    is where it makes them. `moderators` and `leads` name the server's roles (name or id) that it believes.
    `api` and `gateway` point at a self-hosted server that speaks Discord's API version 10. `per_second` paces all
    writes of the account; `timeout` ends one delivery; `identify_pause` spaces new sessions (all seconds).
    """

    token: _Token = Field(default="", validate_default=True, repr=False)
    identity: Annotated[str, otherwise("main")] = "main"
    shards: _Shards = None
    marks: Annotated[bool, switch("reaction", "none")] = True
    guild: _Guild = 0
    category: Annotated[str, otherwise("Recovery")] = "Recovery"
    moderators: _Names = frozenset()
    leads: _Names = frozenset()
    automod: Annotated[bool, switch("sync", "none")] = True
    api: Annotated[str, _starts_with("https://", "http://"), AfterValidator(lambda url: url.rstrip("/"))] = (
        "https://discord.com/api/v10"
    )
    gateway: Annotated[str, _starts_with("wss://", "ws://")] = DISCORDS_OWN
    per_second: Rate = 49.3
    timeout: Seconds = 60
    identify_pause: _Pause = 5


Settings = DiscordSettings
"""Their name inside this package."""


def read_settings(table: Mapping[str, str]) -> DiscordSettings:
    """Check every value; anything that would surprise the operator later is refused now."""
    return settings_from(DiscordSettings, "discord", table)
