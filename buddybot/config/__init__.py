"""The operator's settings: config.toml, then BUDDYBOT_* environment variables, then secret files, each over the last.

Nothing has to be set: without a file the bot serves the web chat on this machine, with SQLite and keys under var/.
Every mistake is a `ConfigError` that names the file (or variable), the key, the value and the fix; secrets are never
echoed.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from pydantic import PrivateAttr, ValidationError, field_validator

from buddybot.config.environment import PREFIX, UnreadableVariableError, overlaid, variables
from buddybot.config.tables import (
    AccountSettings,
    ChannelSettings,
    ConfigTable,
    CrisisPolicySettings,
    DeliverySettings,
    MatchingSettings,
    MediaSettings,
    MetricsSettings,
    OperatorSettings,
    ProgrammeSettings,
    ScreeningSettings,
    StaffSettings,
    StoreSettings,
)
from buddybot.content.validation import safe_sentence, table_errors

DEFAULT_FILE = Path("config.toml")
DESK_PORT = 8081
METRICS_PORT = 9464
"""Where a server has its metrics, as `init --server` writes it."""
PUSH_KEY = "push.pem"
"""File in the folder of the keys with which the web chat signs its calls to devices."""


class ConfigError(Exception):
    """Settings that can't be used, one sentence a fault."""


_Scalar: TypeAlias = str | int | float | bool
_Row: TypeAlias = Mapping[str, _Scalar | list[_Scalar] | Mapping[str, _Scalar]]
AdapterTable: TypeAlias = Mapping[str, _Scalar | list[_Row]]
"""An adapter's own table; a list of tables in it is one of things that there may be several of."""


class Settings(ConfigTable):
    """All settings. `adapters` has one table a platform; each adapter checks its own."""

    store: StoreSettings = StoreSettings()
    matching: MatchingSettings = MatchingSettings()
    delivery: DeliverySettings = DeliverySettings()
    accounts: AccountSettings = AccountSettings()
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
    written = {} if file is None else _written(file)
    texts = {name for name, field in Settings.model_fields.items() if field.annotation is str}
    try:
        said = variables(texts, Settings.model_fields.keys() - texts, environment)
        settings = Settings.model_validate(overlaid(written, said))
    except UnreadableVariableError as error:
        raise ConfigError(f"the environment: {error}; write JSON there, or a variable for each key") from error
    except ValidationError as error:
        raise ConfigError("\n".join(_sentences(error, file, environment))) from error
    settings._file = file or DEFAULT_FILE  # noqa: SLF001 - it is known here only
    return settings


def _written(file: Path) -> Mapping[str, object]:
    if not file.is_file():
        raise ConfigError(f"{file}: there is no such file; write one with `buddybot init`, or leave --config out")
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}; mend the TOML there") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: it can't be read ({type(error).__name__}); make it readable UTF-8 text") from error


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
