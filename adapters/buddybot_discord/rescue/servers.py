"""Reduction of a server that the library can't parse to what of it can be: one odd channel must not cost all others."""

from collections.abc import Mapping

import discord
from discord.state import ConnectionState

from buddybot_discord.errors import place_of

FIRST = ("id", "name", "unavailable", "roles", "channels", "threads", "members")
"""Roles before what names them, channels before their threads."""


def whole_server(raw: Mapping[str, object], state: "ConnectionState[discord.Client]") -> dict[str, object]:
    """Return a server without the fields, and without the parts of its lists, that the library does not parse."""
    kept = dict[str, object]()
    for name in dict.fromkeys((*FIRST, *raw)):
        if name not in raw:
            continue
        value = raw[name]
        if not _parses(kept | {name: value}, state) and isinstance(value, list):
            value = [each for each in value if _parses(kept | {name: [each]}, state)]
        if _parses(kept | {name: value}, state):
            kept[name] = value
    return kept


def _parses(raw: Mapping[str, object], state: "ConnectionState[discord.Client]") -> bool:
    try:
        discord.Guild(data=raw, state=state)  # type: ignore[arg-type]  # JSON as it came
    except Exception as error:  # noqa: BLE001 - the border "event": one field must not cost a server
        return not place_of(error)
    return True
