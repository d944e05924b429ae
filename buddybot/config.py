"""The operator's settings: config.toml, then BUDDYBOT_* environment variables, then secret files, each over the last.

Nothing has to be set: without a file the bot serves the web chat on this machine, with SQLite and keys under var/.
Every mistake is a `ConfigError` that names the file (or variable), the key, the value and the fix; secrets are never
echoed.
"""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from buddybot.content.validation import safe_sentence, table_errors
from buddybot.domain.kernel.places import ChannelKind, ChannelThreads

DEFAULT_FILE = Path("config.toml")
PREFIX = "BUDDYBOT_"
KEY = re.compile(r"[a-z][a-z0-9-]{0,23}")
"""A channel's key is part of a button's token, which may be 64 bytes long."""
LONGEST_TITLE = 60
BOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
DESK_PORT = 8081
METRICS_PORT = 9464
"""Where a server has its metrics, as `init --server` writes it."""
PUSH_KEY = "push.pem"
"""File in the folder of the keys with which the web chat signs its calls to devices."""


class ConfigError(Exception):
    """Settings that can't be used, one sentence a fault."""


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


_Scalar: TypeAlias = str | int | float | bool
_Row: TypeAlias = Mapping[str, _Scalar | list[_Scalar] | Mapping[str, _Scalar]]
AdapterTable: TypeAlias = Mapping[str, _Scalar | list[_Row]]
"""An adapter's own table; a list of tables in it is one of things that there may be several of."""


class Settings(BaseSettings):
    """All settings. `adapters` has one table a platform; each adapter checks its own."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    store: StoreSettings = StoreSettings()
    matching: MatchingSettings = MatchingSettings()
    delivery: DeliverySettings = DeliverySettings()
    screening: ScreeningSettings = ScreeningSettings()
    media: MediaSettings = MediaSettings()
    metrics: MetricsSettings = MetricsSettings()
    operator: OperatorSettings = OperatorSettings()
    programmes: ProgrammeSettings = ProgrammeSettings()
    crisis_policy: CrisisPolicySettings = CrisisPolicySettings()
    staff: tuple[StaffSettings, ...] = ()
    log_level: str = "info"
    log_format: str = "text"
    channels: tuple[ChannelSettings, ...] = ()
    adapters: Mapping[str, AdapterTable] = {"web": {}}
    _file: Path = PrivateAttr(DEFAULT_FILE)

    @property
    def file(self) -> Path:
        """The file that an operator would edit."""
        return self._file

    def open_to_public(self) -> bool:
        """Return whether anybody but this machine can come in: by a platform, or by a page with a public address."""
        pages = {"web", "desk"}
        return any(name not in pages or table.get("public_url") for name, table in self.adapters.items())

    def desk(self) -> str:
        """Return where the moderators' desk is: as it is set, else where this bot serves it; empty without one."""
        table = self.adapters.get("desk")
        if self.operator.desk_url or table is None:
            return self.operator.desk_url.rstrip("/")
        local = f"http://127.0.0.1:{table.get('port', DESK_PORT)}"
        return f"{str(table.get('public_url', '')).rstrip('/') or local}/desk"

    @field_validator("log_level")
    @classmethod
    def _level(cls, level: str) -> str:
        if level not in {"debug", "info", "warning", "error"}:
            raise ValueError("write debug, info, warning or error")
        return level

    @field_validator("log_format")
    @classmethod
    def _form(cls, form: str) -> str:
        if form not in {"text", "json"}:
            raise ValueError("write text or json")
        return form

    @field_validator("channels")
    @classmethod
    def _once(cls, channels: tuple[ChannelSettings, ...]) -> tuple[ChannelSettings, ...]:
        keys = [channel.key for channel in channels]
        if twice := next((key for key in keys if keys.count(key) > 1), ""):
            raise ValueError(f"give each channel a key of its own: {twice} stands here twice")
        return channels

    @field_validator("adapters")
    @classmethod
    def _some(cls, adapters: Mapping[str, AdapterTable]) -> Mapping[str, AdapterTable]:
        if not adapters:
            raise ValueError("add at least one table, such as [adapters.web]")
        return adapters


def load_settings(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """Read the settings. `path` None means config.toml here if there is one, else the defaults."""
    file = path if path is not None else (DEFAULT_FILE if DEFAULT_FILE.exists() else None)

    class FromFile(Settings):
        """The same settings, with this one file under the environment."""

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            toml = (TomlConfigSettingsSource(settings_cls, file),) if file is not None else ()
            return (init_settings, env_settings, *toml, file_secret_settings)

    if file is not None and not file.is_file():
        raise ConfigError(f"{file}: there is no such file; write one with `buddybot init`, or leave --config out")
    try:
        settings = FromFile()
    except SettingsError as error:
        raise ConfigError(f"the environment: {error}; write JSON there, or a variable for each key") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}; mend the TOML there") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: it can't be read ({type(error).__name__}); make it readable UTF-8 text") from error
    except ValidationError as error:
        raise ConfigError("\n".join(_sentences(error, file, environment))) from error
    settings._file = file or DEFAULT_FILE  # noqa: SLF001 - it is known here only
    return settings


def _sentences(error: ValidationError, file: Path | None, environment: Mapping[str, str]) -> list[str]:
    sentences = []
    for slip in table_errors(error):
        variable = PREFIX + slip.key.replace(".", "__").upper()
        source = variable if variable in environment else str(file or "the environment")
        sentences.append(f"{source}: {safe_sentence(slip)}")
    return sentences


def adapter_settings(settings: Settings, name: str, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return one adapter's table as text, a list of tables as JSON.

    `token_file = PATH` and the variable BUDDYBOT_<NAME>_TOKEN fill in `token`.
    A token in config.toml itself is refused: that file gets copied, shown and committed.
    """
    env = os.environ if environment is None else environment
    table = {key: _text(value) for key, value in settings.adapters[name].items()}
    if name == "web":
        table.setdefault("push_key", str(settings.store.keys / PUSH_KEY))
    if "token" in table:
        raise ConfigError(
            f"adapters.{name}.token = (hidden): a token does not belong in the settings file; put it into a file of "
            f"its own (mode 0600) and set token_file, or set the variable {PREFIX}{name.upper()}_TOKEN"
        )
    if (variable := f"{PREFIX}{name.upper()}_TOKEN") in env:
        table["token"] = env[variable].strip()
        table.pop("token_file", None)
    elif path := table.pop("token_file", ""):
        table["token"] = _secret(Path(path), f"adapters.{name}.token_file")
    return table


def _text(value: _Scalar | list[_Row]) -> str:
    return json.dumps(value) if isinstance(value, bool | list) else str(value)


def _secret(path: Path, key: str) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigError(f"{key} = {str(path)!r}: others can read this file; run: chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{key} = {str(path)!r}: it can't be read; check the path and its owner") from error
