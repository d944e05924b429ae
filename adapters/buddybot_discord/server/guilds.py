"""Settings of each server ("guild" in Discord's words), and the registry of those that the bot serves."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import InitVar, dataclass, field
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from buddybot.adapter import AdapterSettings, Channel, comma_separated, fix, otherwise

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def names(value: object) -> object:
    """Return the names of a list, or of a text with commas between, in small letters."""
    if isinstance(value, list | frozenset):
        return frozenset(str(each).strip().casefold() for each in value)
    return _text_names(value)


def _text_names(value: object) -> object:
    return comma_separated(str(value) if isinstance(value, int) else value)


def _keys(value: object) -> object:
    """Return keys of channels; None where an empty text leaves it open."""
    return None if isinstance(value, str) and not value.strip() else names(value)


def _snowflake(value: object) -> object:
    if isinstance(value, bool) or not re.fullmatch(r"\s*[0-9]{1,20}\s*", str(value)) or not int(str(value)):
        raise ValueError("no id")
    return int(str(value))


def _role(value: object) -> object:
    return 0 if isinstance(value, str) and not value.strip() else value if value == 0 else _snowflake(value)


def _language(text: str) -> str:
    if text and _LANGUAGE.fullmatch(text) is None:
        raise ValueError("write a language such as en or es, or leave it out")
    return text


GuildId = Annotated[
    int, BeforeValidator(_snowflake), fix("write the server's id, copied from its menu (Developer Mode)")
]
Names = Annotated[frozenset[str], BeforeValidator(names), fix("make it a list of texts")]


CaseShape = Annotated[Literal["forum", "threads", "message"], fix("write forum, threads or message, or leave it out")]
"""What a case is where moderators are: a post in a forum, a thread in their channel, or a message there."""
RoleId = Annotated[
    int, BeforeValidator(_role), fix("write the role's id, copied from Server Settings, Roles (Developer Mode)")
]


class GuildSettings(AdapterSettings):
    """One server: which channels it shows (None: all), in which category, whose roles count there, its language.

    `cases` says what a case is where moderators are; `on_call_role` is called to urgent ones.
    `places` names channels that are there already, by the keys of ours.
    """

    id: GuildId
    category: Annotated[str, otherwise("Recovery")] = "Recovery"
    channels: Annotated[frozenset[str] | None, BeforeValidator(_keys), fix("make it a list of keys of channels")] = None
    moderators: Names = frozenset()
    leads: Names = frozenset()
    language: Annotated[str, AfterValidator(_language)] = ""
    cases: CaseShape = "forum"
    on_call_role: RoleId = 0
    places: Annotated[dict[str, GuildId], fix("write the id of a channel for each key")] = Field(default_factory=dict)

    @property
    def staff(self) -> frozenset[str]:
        """Names and ids of all roles that count."""
        return self.moderators | self.leads

    def shows(self, channel: Channel) -> bool:
        """Return whether this server has a place for a channel."""
        return self.channels is None or channel.key in self.channels


def tables(value: object) -> object:
    """Read the list of tables, which comes as JSON; each server stands in it once."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if value.strip() else []
        except ValueError:
            raise ValueError("make it a list of tables: [[adapters.discord.guilds]]") from None
    if not isinstance(value, list | tuple):
        raise ValueError("make it a list of tables: [[adapters.discord.guilds]]")  # noqa: TRY004 - pydantic's errors are these
    return value


def once(guilds: tuple[GuildSettings, ...]) -> tuple[GuildSettings, ...]:
    """Refuse two tables of one server."""
    ids = [each.id for each in guilds]
    if twice := next((each for each in ids if ids.count(each) > 1), 0):
        raise ValueError(f"give each server one table: {twice} stands here twice")
    return guilds


@dataclass
class Guilds:
    """Registry of the servers that the bot serves, by id."""

    listed: InitVar[tuple[GuildSettings, ...]] = ()
    _listed: dict[int, GuildSettings] = field(default_factory=dict)
    _known: dict[int, GuildSettings] = field(default_factory=dict)
    _chosen: dict[int, GuildSettings] = field(default_factory=dict)

    def __post_init__(self, listed: tuple[GuildSettings, ...]) -> None:
        """Know those of the settings."""
        self._listed |= {each.id: each for each in listed}
        self._known |= self._listed

    def __len__(self) -> int:
        """Return how many there are: without any the bot works in direct messages alone."""
        return len(self._known)

    def __iter__(self) -> Iterator[GuildSettings]:
        """Iterate over them, in the order of the settings."""
        return iter(tuple(self._known.values()))

    def at(self, guild: int | None) -> GuildSettings | None:
        """Return the settings of this server; None where the bot doesn't serve it."""
        return self._known.get(guild or 0)

    def choose(self, guild: int, table: Mapping[str, object]) -> None:
        """Take what was chosen in Discord for a server; what the settings say goes before it, and they list servers."""
        before = self._chosen.get(guild)
        kept = {} if before is None else {key: getattr(before, key) for key in before.model_fields_set}
        chosen = self._chosen[guild] = GuildSettings.model_validate({**kept, **table, "id": guild})
        if (listed := self._listed.get(guild)) is not None:
            more = {key: getattr(chosen, key) for key in chosen.model_fields_set - listed.model_fields_set}
            self._known[guild] = listed.model_copy(update=more)

    def chosen(self) -> tuple[GuildSettings, ...]:
        """Return all that was chosen, also for servers that the settings list no more."""
        return tuple(self._chosen.values())

    def fixed(self, guild: int) -> frozenset[str]:
        """Return the keys that the settings themselves say of a server."""
        listed = self._listed.get(guild)
        return frozenset() if listed is None else frozenset(listed.model_fields_set)

    def show(self, channel: Channel) -> bool:
        """Return whether any of them has a place for a channel."""
        return any(guild.shows(channel) for guild in self)

    def roles_of(self, guild: int, held: frozenset[str]) -> tuple[str, ...]:
        """Map roles held in a server to what they are for the bot; those of another server mean nothing here."""
        found: Mapping[str, frozenset[str]] = {}
        if (here := self.at(guild)) is not None:
            found = {"moderator": here.moderators, "lead": here.leads}
        return tuple(name for name, ours in found.items() if held & ours)


def unknown_channels(served: Guilds, channels: tuple[Channel, ...]) -> Iterator[str]:
    """Say which keys in the tables of servers are no channel's."""
    known = {each.key for each in channels}
    for guild in served:
        for key in sorted((guild.channels or frozenset()) - known):
            yield f"the server {guild.id} is to show {key!r}, and no channel has this key; mend it, or take it out"


def unshown(served: Guilds, channels: tuple[Channel, ...]) -> Iterator[str]:
    """Say which channels no server shows. It may be meant so: they can be on other platforms."""
    for channel in channels if served else ():
        if not served.show(channel):
            yield f"the channel {channel.key} is shown on no server; if it should be, name it in the channels of one"
