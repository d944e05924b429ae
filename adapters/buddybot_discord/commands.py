"""The core's table of commands as Discord's application commands."""

import hashlib
import json
import re
from collections.abc import Mapping
from itertools import groupby

import discord

from buddybot import adapter as core
from buddybot_discord.markup import Json

_GUILD, _BOT_DM, _GUILD_INSTALL = 0, 1, 0
_SUB_COMMAND, _STRING, _CHAT_INPUT = 1, 3, 1
_MENUS = {core.MenuAbout.PERSON: 2, core.MenuAbout.MESSAGE: 3}
_MENU_NAME = 32
_NOT_IN_GUILDS = {"contexts", "integration_types"}
"""Fields that only a command of everybody's may have."""
_MODERATE_MEMBERS = str(1 << 40)
_NAME = re.compile(r"[-_'\w]{1,32}")
_DESCRIPTION = 100


def application_commands(commands: tuple[core.Command, ...], reads: core.Reads, *, staff: bool = False) -> list[Json]:
    """Return a whole set: groups with subcommands, single commands, entries of context menus.

    The set for everybody, or (`staff`) that of the servers which the bot serves: what moderators use there.
    """
    meant = [each for each in commands if (each.where is core.Where.MODERATORS) is staff]
    drawn: list[Json] = []
    for group, some in groupby(sorted(meant, key=lambda each: each.group), key=lambda each: each.group):
        members = tuple(some)
        if not group:
            drawn.extend(_command(each, reads) | _places((each,)) | {"type": _CHAT_INPUT} for each in members)
        else:
            subcommands = [_command(each, reads) | {"type": _SUB_COMMAND} for each in members]
            # Discord shows no description of a group, yet asks for one.
            head: Json = {"name": group, "description": subcommands[0]["description"], "options": subcommands}
            drawn.append(head | _places(members) | {"type": _CHAT_INPUT})
    if any(each.name == "report" for each in commands):
        drawn.extend(_menu(each, reads) for each in core.MENU if (each.scope is core.Scope.MODERATOR) is staff)
    if staff:
        # Those of a server are shown there alone, by being its own.
        drawn = [{key: value for key, value in each.items() if key not in _NOT_IN_GUILDS} for each in drawn]
    return drawn


def menu_entry(data: Mapping[str, object], reads: core.Reads) -> core.ContextEntry | None:
    """Return the entry of a context menu that was used; None for a slash command, and for one that is no more."""
    kind, name = data.get("type"), data.get("name")
    return next((each for each in core.MENU if (_MENUS[each.about], _menu_name(each, reads)) == (kind, name)), None)


def _menu(entry: core.ContextEntry, reads: core.Reads) -> Json:
    drawn: Json = {
        "name": _menu_name(entry, reads),
        "name_localizations": {at: word[:_MENU_NAME] for at, word in _localised(reads, entry.key).items()},
        "type": _MENUS[entry.about],
        "integration_types": [_GUILD_INSTALL],
    }
    if entry.scope is core.Scope.MODERATOR:
        return drawn | {"contexts": [_GUILD], "default_member_permissions": _MODERATE_MEMBERS}
    return drawn | {"contexts": [_GUILD, _BOT_DM] if entry.about is core.MenuAbout.MESSAGE else [_GUILD]}


def _menu_name(entry: core.ContextEntry, reads: core.Reads) -> str:
    return reads.words("en", entry.key)[:_MENU_NAME]


def fingerprint(drawn: list[Json]) -> str:
    """Return a short hash that changes when the table or its words do."""
    return hashlib.sha256(json.dumps(drawn, sort_keys=True).encode()).hexdigest()[:16]


def _places(commands: tuple[core.Command, ...]) -> Json:
    """Say where the commands appear: a group is offered wherever one of its commands is."""
    where = {each.where for each in commands}
    if where == {core.Where.MODERATORS}:
        places: Json = {"contexts": [_GUILD], "default_member_permissions": _MODERATE_MEMBERS}
    else:
        places = {"contexts": [_BOT_DM] if where == {core.Where.PRIVATE} else [_GUILD, _BOT_DM]}
    return places | {"integration_types": [_GUILD_INSTALL]}


def _command(command: core.Command, reads: core.Reads) -> Json:
    options = [_option(command, each, reads) for each in sorted(command.inputs, key=lambda each: not each.required)]
    return _named(command.name, command.help, reads) | {"options": options}


def _option(command: core.Command, parameter: core.Parameter, reads: core.Reads) -> Json:
    option = _named(parameter.name, f"{command.help}-{parameter.name}", reads)
    if parameter.choices:
        # What a choice means, where it has a string of its own (`rule-7`), else its name.
        said = {each: core.words_or(reads, "en", f"{parameter.name}-{each}", each) for each in parameter.choices}
        option["choices"] = [{"name": words[:_DESCRIPTION], "value": each} for each, words in said.items()]
    elif parameter.kind == "id":
        option["autocomplete"] = True
    return option | {"type": _STRING, "required": parameter.required}


def _named(name: str, help_key: str, reads: core.Reads) -> Json:
    """Name and describe in every language; a name is translated where the language has `slash-NAME`."""
    names = {at: word for at, word in _localised(reads, f"slash-{name}").items() if _NAME.fullmatch(word)}
    about = {at: text[:_DESCRIPTION] for at, text in _localised(reads, help_key).items()}
    description = reads.words("en", help_key)[:_DESCRIPTION]
    return {
        "name": name,
        "description": description,
        "name_localizations": {at: word.lower() for at, word in names.items()},
        "description_localizations": about,
    }


def _localised(reads: core.Reads, key: str) -> dict[str, str]:
    """Return the words by Discord's language codes, where a language we ship says something other than English."""
    ours = set(reads.locales())
    codes = [each.value for each in discord.Locale if ours & {each.value, each.value.partition("-")[0]}]
    said = {code: core.words_or(reads, code, key) for code in ("en", *codes)}
    return {code: word for code, word in said.items() if word != said["en"]}
