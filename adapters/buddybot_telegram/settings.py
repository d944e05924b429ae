"""The adapter's own table of the configuration, checked."""

import hashlib
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from buddybot.adapter import AdapterSettings, Channel, ChannelKind, Port, Rate, Seconds, fix, settings_from

PLACE = "place_"
PER_SECOND = 28
HERE = ("http://127.0.0.1", "http://localhost", "http://[::1]")
GROUP = re.compile(r"(?:-[0-9]+|@[A-Za-z0-9_]+)(?:/[0-9]+)?")
TOKEN = re.compile(r"(?P<bot>[0-9]+):[A-Za-z0-9_-]+")


def _address(text: str) -> str:
    url = text.rstrip("/")
    if not url.startswith(("https://", *HERE)):
        raise ValueError("write a whole address that starts with https://")
    return url


def _group(text: str) -> str:
    if text and GROUP.fullmatch(text) is None:
        raise ValueError(
            "write a group's number, such as -1001234567890, or its @name; with /17 behind it for the topic 17"
        )
    return text


def _token(text: str) -> str:
    if TOKEN.fullmatch(text) is None:
        raise ValueError("no token")
    return text


_Token = Annotated[
    str,
    AfterValidator(_token),
    fix(
        "Telegram needs the bot's token, like 123456:AbC...; ask @BotFather for it (/newbot, or /token), put it into a "
        "file of its own and name that file in token_file"
    ),
]
_Address = Annotated[str, AfterValidator(_address)]
_Group = Annotated[str, AfterValidator(_group)]


class TelegramSettings(AdapterSettings):
    """How to reach Telegram.

    `base_url` is that of the Bot API (a local server, say). With `webhook_url` updates come in there, and we listen on
    `webhook_listen`:`webhook_port` behind the operator's HTTPS proxy; without it the bot polls. Rates are messages a
    second (in one group: a minute), `timeout_seconds` bounds one request. Channels are in `group` and
    `moderators_group`, or where `place_KEY` says for one of them. `cases` is what a case is where moderators are: one
    of the `topics` of their group, one of its `messages`, or nothing but the alert of an urgent one (`off`). With
    `tags` = `team` moderators have a tag beside their name in members' groups.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, _Group]

    token: _Token = Field(default="", validate_default=True, repr=False)
    base_url: _Address = "https://api.telegram.org"
    webhook_url: Annotated[str, AfterValidator(lambda text: _address(text) if text else "")] = ""
    webhook_listen: str = "127.0.0.1"
    webhook_port: Port = 8443
    per_second: Rate = PER_SECOND
    per_recipient_second: Rate = 1
    per_group_minute: Rate = 20
    timeout_seconds: Seconds = 20
    group: _Group = ""
    moderators_group: _Group = ""
    cases: Literal["topics", "messages", "off"] = "topics"
    tags: Literal["off", "team"] = "off"

    @classmethod
    def knows(cls, key: str) -> bool:
        """Return whether anything reads this key: a field, or the group of one channel."""
        return key in cls.model_fields or key.startswith(PLACE)

    @property
    def places(self) -> Mapping[str, str]:
        """The groups of single channels, by their key."""
        return {key.removeprefix(PLACE): group for key, group in sorted(self.__pydantic_extra__.items())}

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


Settings = TelegramSettings
"""Their name inside this package."""


def read_settings(table: Mapping[str, str]) -> TelegramSettings:
    """Read the table; every mistake is an `AdapterError` that says what to do."""
    return settings_from(TelegramSettings, "telegram", table)
