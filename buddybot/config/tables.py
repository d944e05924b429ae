"""What each table of config.toml may say: models of the house, its store, its people and its channels."""

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from buddybot.domain.kernel.places import ChannelKind, ChannelThreads

KEY = re.compile(r"[a-z][a-z0-9-]{0,23}")
"""A channel's key is part of a button's token, which may be 64 bytes long."""
LONGEST_TITLE = 60
BOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")


class ConfigTable(BaseModel):
    """A table of config.toml or of the environment, whose texts are read as numbers and switches."""

    model_config = ConfigDict(extra="forbid", frozen=True)


SERVER = "postgresql://"


class StoreSettings(ConfigTable):
    """Where things are kept: `sqlite:PATH` or `postgresql://...` (with the extra `postgres`).

    Keys lie in a folder, or in a database of their own: then the folder holds the operator's key only.
    `shared`: several processes run this house together, each with a `store` that says so; one that says nothing for
    `lease_seconds` is taken for dead.
    """

    url: str = "sqlite:var/buddybot.db"
    keys: Path = Path("var/keys")
    key_server: str = ""
    backups: Path = Path("var/backups")
    shared: bool = False
    lease_seconds: float = Field(default=10, ge=2, le=60)

    @model_validator(mode="before")
    @classmethod
    def _keys_on_a_server(cls, given: object) -> object:
        """Take an address in the place of the folder as well."""
        if isinstance(given, dict) and str(given.get("keys", "")).startswith(SERVER):
            return {**given, "keys": "var/keys", "key_server": str(given["keys"])}
        return given

    @field_validator("key_server")
    @classmethod
    def _beside_a_server(cls, address: str, info: ValidationInfo) -> str:
        if address and not address.startswith(SERVER):
            raise ValueError('start it with "postgresql://"')
        if address and str(info.data.get("url", "")).startswith("sqlite:"):
            raise ValueError("a database in a file keeps its keys in a folder: name a folder in store.keys")
        return address

    @field_validator("url")
    @classmethod
    def _known(cls, url: str) -> str:
        if not url.startswith(("sqlite:", "postgresql://")):
            raise ValueError('start it with "sqlite:" and a path, or with "postgresql://"')
        return url

    @field_validator("shared")
    @classmethod
    def _on_a_server(cls, shared: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - the signature is pydantic's
        if shared and str(info.data.get("url", "")).startswith("sqlite:"):
            raise ValueError(
                'several processes need PostgreSQL: set store.url to an address that starts with "postgresql://", or'
                " leave this out"
            )
        if shared and not info.data.get("key_server"):
            raise ValueError(
                "several processes need the keys in a database that all of them can reach: set store.keys to an address"
                ' that starts with "postgresql://", apart from the main database'
            )
        return shared


class MatchingSettings(ConfigTable):
    """How often those waiting are matched."""

    round_minutes: int = Field(default=60, ge=1, le=1440)


class DeliverySettings(ConfigTable):
    """For how many days a note waits for somebody who is away, and with it the key that opens it."""

    undelivered_days: int = Field(default=7, ge=1, le=14)


class AccountSettings(ConfigTable):
    """When newcomers at one of several bot accounts of a platform hear of another that has more room.

    `members` served by it (0: however many), or deliveries that are `late_seconds` late.
    """

    members: int = Field(default=100_000, ge=0)
    late_seconds: int = Field(default=60, ge=10, le=3600)


class ScreeningSettings(ConfigTable):
    """How long a message may wait for a second opinion, in milliseconds; 0: none is asked for."""

    second_opinion_ms: int = Field(default=150, ge=0, le=2000)


class MediaSettings(ConfigTable):
    """Whether photos and voice notes may cross between two buddies who both agree."""

    photos: bool = False
    voice: Literal["refused", "allowed"] = "refused"

    @field_validator("photos", "voice")
    @classmethod
    def _readable(cls, let: bool | str) -> bool | str:  # noqa: FBT001 - the signature is pydantic's
        if let not in {False, "refused"} and find_spec("PIL") is None:
            raise ValueError(
                "files are made anew with Pillow: install the extra `media` (pip install 'buddybot[media]')"
            )
        return let


class MetricsSettings(ConfigTable):
    """Where health checks and metrics are served, on this machine alone; port 0: nowhere."""

    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)

    @field_validator("host")
    @classmethod
    def _here(cls, host: str) -> str:
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError("keep it at 127.0.0.1 (or ::1): metrics are for this machine alone; a scraper runs beside")
        return host


class ProgrammeSettings(ConfigTable):
    """What stands on the sheets of programmes that invite people; and whether there is a research export."""

    telegram: str = ""
    discord: str = ""
    research: bool = False

    @field_validator("telegram")
    @classmethod
    def _bot(cls, name: str) -> str:
        if name and not BOT_NAME.fullmatch(name.removeprefix("@")):
            raise ValueError("write the bot's name on Telegram, such as my_buddy_bot")
        return name.removeprefix("@")

    @field_validator("discord")
    @classmethod
    def _address(cls, url: str) -> str:
        if url and not url.startswith("https://"):
            raise ValueError("write an address that starts with https://")
        return url


class OperatorSettings(ConfigTable):
    """Who runs this bot, as members are told."""

    contact: str = ""
    desk_url: str = ""

    @field_validator("desk_url")
    @classmethod
    def _web(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError("write an address that starts with https://")
        return url


class CrisisPolicySettings(ConfigTable):
    """What a team settled before people come: who is on call, when help lines were checked, the policy's version."""

    on_call: str = ""
    lines_checked: date | None = None
    version: str = ""

    @field_validator("lines_checked", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value)) if value else None
        except ValueError as error:
            raise ValueError("write a day such as 2026-11-29") from error


class StaffSettings(ConfigTable):
    """One person who looks after the house: their role, and where they talk with the bot."""

    role: Literal["mentor", "moderator", "lead", "operator", "auditor"]
    platform: str
    account: str = Field(repr=False)
    identity: str = "main"


class ChannelSettings(ConfigTable):
    """One recovery channel: the same room on every platform that has a place for it."""

    key: str
    title: str
    topic: str = ""
    kind: ChannelKind = ChannelKind.ANONYMOUS
    lanes: tuple[Literal["self", "family", "bereaved"], ...] = ()
    language: str = "en"
    slow: int = Field(default=0, ge=0, le=21600)
    threads: ChannelThreads = ChannelThreads.NONE

    @field_validator("key")
    @classmethod
    def _short(cls, key: str) -> str:
        if not KEY.fullmatch(key):
            raise ValueError("write 1 to 24 small letters, digits and hyphens, a letter first")
        return key

    @field_validator("title")
    @classmethod
    def _titled(cls, title: str) -> str:
        if not title.strip() or len(title) > LONGEST_TITLE:
            raise ValueError("write a title of 1 to 60 characters")
        return title
