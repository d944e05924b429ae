"""The adapter's own table of the configuration, checked."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from buddybot.adapter import AdapterError, Channel, ChannelKind

PLACE = "place_"
HERE = ("http://127.0.0.1", "http://localhost", "http://[::1]")
GROUP = re.compile(r"(?:-[0-9]+|@[A-Za-z0-9_]+)(?:/[0-9]+)?")
TOKEN = re.compile(r"(?P<bot>[0-9]+):[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to reach Telegram.

    `base_url` is that of the Bot API (a local server, say). With `webhook_url` updates come in there, and we listen on
    `webhook_listen`:`webhook_port` behind the operator's HTTPS proxy; without it the bot polls. Rates are messages a
    second (in one group: a minute), `timeout_seconds` bounds one request. Channels are in `group` and
    `moderators_group`, or where `places` says for one of them.
    """

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = 8443
    per_second: float = 28
    per_recipient_second: float = 1
    per_group_minute: float = 20
    timeout_seconds: float = 20
    group: str = ""
    moderators_group: str = ""
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """The bot account: its number stands before the colon of the token, and outlives a renewed token."""
        return self.token.partition(":")[0]

    @property
    def secret(self) -> str:
        """What Telegram must show at our webhook: derived, so that there is one secret less to keep."""
        return hashlib.sha256(f"webhook:{self.token}".encode()).hexdigest()

    def home(self, channel: Channel) -> str:
        """Return the group that a channel is to be in, perhaps with its topic behind a slash; empty if in none."""
        usual = self.moderators_group if channel.kind is ChannelKind.MODERATORS else self.group
        return self.places.get(channel.key, usual)


def read_settings(table: Mapping[str, str]) -> Settings:
    """Read the table; every mistake is an `AdapterError` that says what to do."""
    values = dict(table)
    token = values.pop("token", "")
    if TOKEN.fullmatch(token) is None:
        raise AdapterError(
            "Telegram needs the bot's token, like 123456:AbC...: ask @BotFather for it (/newbot, or /token), "
            "put it into a file of its own and name that file in adapters.telegram.token_file."
        )
    usual = Settings(token)
    settings = Settings(
        token,
        _address(values, "base_url", usual.base_url),
        _address(values, "webhook_url", ""),
        values.pop("webhook_listen", usual.webhook_listen),
        int(_number(values, "webhook_port", usual.webhook_port)),
        _number(values, "per_second", usual.per_second),
        _number(values, "per_recipient_second", usual.per_recipient_second),
        _number(values, "per_group_minute", usual.per_group_minute),
        _number(values, "timeout_seconds", usual.timeout_seconds),
        _group(values, "group"),
        _group(values, "moderators_group"),
        {key.removeprefix(PLACE): _group(values, key) for key in sorted(values) if key.startswith(PLACE)},
    )
    if values:
        raise AdapterError(f"adapters.telegram knows no {', '.join(sorted(values))}: see docs/telegram.md.")
    return settings


def _group(values: dict[str, str], key: str) -> str:
    text = values.pop(key, "")
    if text and GROUP.fullmatch(text) is None:
        raise AdapterError(
            f"adapters.telegram.{key} = {text!r}: write a group's number, such as -1001234567890, or its @name; "
            "with /17 behind it for the topic 17."
        )
    return text


def _number(values: dict[str, str], key: str, default: float) -> float:
    text = values.pop(key, str(default))
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) is None or not float(text):
        raise AdapterError(f"adapters.telegram.{key} = {text!r}: write a number above 0, such as {default}.")
    return float(text)


def _address(values: dict[str, str], key: str, default: str) -> str:
    text = values.pop(key, default).rstrip("/")
    if text and not text.startswith(("https://", *HERE)):
        raise AdapterError(f"adapters.telegram.{key}: write a whole address that starts with https://")
    return text
