"""The Discord adapter's own table of the configuration; docs/discord.md explains each key."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from buddybot.adapter import AdapterError


@dataclass(frozen=True, slots=True)
class Settings:
    """Which bot account, which server, how fast.

    `guild` is the id of the one server that has the channels; empty, the bot works in direct messages alone. `category`
    is where it makes them. `moderators` and `leads` name the server's roles (name or id) that it believes.
    `api` and `gateway` point at a self-hosted server that speaks Discord's API version 10. `per_second` paces all
    writes of the account; `timeout` ends one delivery; `identify_pause` spaces new sessions (all seconds).
    """

    token: str = field(repr=False)
    identity: str = "main"
    shards: int | None = None
    marks: bool = True
    guild: int = 0
    category: str = "Recovery"
    moderators: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    automod: bool = True
    api: str = "https://discord.com/api/v10"
    gateway: str = "wss://gateway.discord.gg/"
    per_second: float = 49.3
    timeout: float = 60
    identify_pause: float = 5


def read_settings(table: Mapping[str, str]) -> Settings:
    """Check every value; anything that would surprise the operator later is refused now."""
    known = [each.name for each in fields(Settings)]
    for key in table:
        if key not in known:
            raise AdapterError(f"discord: there is no setting {key!r}; known are {', '.join(known)}")
    token = table.get("token", "").strip().removeprefix("Bot ")
    if not token:
        raise AdapterError("discord: there is no token; set token_file, or the variable BUDDYBOT_DISCORD_TOKEN")
    shards, marks = table.get("shards", "").strip(), table.get("marks", "reaction").strip()
    if shards and not (shards.isascii() and shards.isdigit() and int(shards)):
        raise AdapterError(f"discord: shards = {shards!r} is no count; write 1 or more, or leave it out")
    if marks not in {"reaction", "none"}:
        raise AdapterError(f"discord: marks = {marks!r} is unknown; write reaction or none")
    guild, automod = table.get("guild", "").strip(), table.get("automod", "sync").strip()
    if guild and not (guild.isascii() and guild.isdigit() and int(guild)):
        raise AdapterError(f"discord: guild = {guild!r} is no id; copy it from the server's menu (Developer Mode)")
    if automod not in {"sync", "none"}:
        raise AdapterError(f"discord: automod = {automod!r} is unknown; write sync or none")
    return Settings(
        token=token,
        identity=table.get("identity", "").strip() or "main",
        shards=int(shards) if shards else None,
        marks=marks == "reaction",
        guild=int(guild or 0),
        category=table.get("category", "").strip() or "Recovery",
        moderators=_names(table, "moderators"),
        leads=_names(table, "leads"),
        automod=automod == "sync",
        api=_url(table, "api", ("https://", "http://"), "https://discord.com/api/v10").rstrip("/"),
        gateway=_url(table, "gateway", ("wss://", "ws://"), "wss://gateway.discord.gg/"),
        per_second=_number(table, "per_second", 49.3),
        timeout=_number(table, "timeout", 60),
        identify_pause=_number(table, "identify_pause", 5),
    )


def _names(table: Mapping[str, str], key: str) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in table.get(key, "").split(",") if name.strip())


def _url(table: Mapping[str, str], key: str, schemes: tuple[str, ...], default: str) -> str:
    url = table.get(key, default).strip()
    if not url.startswith(schemes):
        raise AdapterError(f"discord: {key} = {url!r} must start with {schemes[0]}")
    return url


def _number(table: Mapping[str, str], key: str, default: float) -> float:
    text = table.get(key, str(default))
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 < number <= 3600 and text != "0" * (key == "identify_pause"):  # noqa: PLR2004 - an hour; nan fails too
        raise AdapterError(f"discord: {key} = {text!r} is out of range; write a number such as {default}")
    return number
