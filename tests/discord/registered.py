"""What Discord's published description says of application commands: what it refuses of a set that is registered.

Kept by hand from its OpenAPI document (`ApplicationCommandUpdateRequest`) and the page on limits of commands.
"""

import re
from collections.abc import Iterator

from tests.discord.published import tree_of
from tests.discord.world import Json

SLASH, ON_PERSON, ON_MESSAGE = 1, 2, 3
MOST = {SLASH: 100, ON_PERSON: 5, ON_MESSAGE: 5}
NAME, DESCRIPTION, OPTIONS = 32, 100, 25
SLASHED = re.compile(r"[-_\'a-z0-9\u00e0-\u024f]{1,32}")
GLOBAL_ONLY = {"contexts", "integration_types"}
Found = Iterator[tuple[tuple[str, ...], str]]


def minded_commands(drawn: list[Json], *, in_guild: bool) -> Json | None:
    """Return the tree of errors of a set; None where nothing is minded."""
    return tree_of(_minded(drawn, in_guild=in_guild))


def _minded(drawn: list[Json], *, in_guild: bool) -> Found:
    kinds = [each.get("type", SLASH) for each in drawn]
    for kind, most in MOST.items():
        if kinds.count(kind) > most:
            yield ("_",), "APPLICATION_COMMAND_TOO_MANY"
    named = [(kind, each["name"]) for kind, each in zip(kinds, drawn, strict=True)]
    if len(set(named)) < len(named):
        yield ("name",), "APPLICATION_COMMANDS_DUPLICATE_NAME"
    for number, each in enumerate(drawn):
        if in_guild and GLOBAL_ONLY & set(each):
            yield (str(number), "contexts"), "APPLICATION_COMMAND_CONTEXTS_NOT_ALLOWED"
        for path, code in _minded_one(each):
            yield (str(number), *path), code


def _minded_one(one: Json) -> Found:
    kind, name = one.get("type", SLASH), str(one.get("name") or "")
    if not 1 <= len(name) <= NAME or (kind == SLASH and SLASHED.fullmatch(name) is None):
        yield ("name",), "APPLICATION_COMMAND_INVALID_NAME"
    if kind != SLASH and (one.get("description") or one.get("options")):
        yield ("description",), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED"
    if kind == SLASH and not 1 <= len(str(one.get("description") or "")) <= DESCRIPTION:
        yield ("description",), "BASE_TYPE_BAD_LENGTH"
    options = one.get("options")
    if isinstance(options, list) and len(options) > OPTIONS:
        yield ("options",), "BASE_TYPE_MAX_LENGTH"
