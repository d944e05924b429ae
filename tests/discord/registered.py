"""What Discord's published description says of application commands: what it refuses of a set that is registered.

Kept by hand from its OpenAPI document (`ApplicationCommandUpdateRequest`) and the page on limits of commands.
"""

import re
from collections.abc import Iterator

from tests.discord.published import tree_of
from tests.discord.world import Json

SLASH, ON_PERSON, ON_MESSAGE = 1, 2, 3
MOST = {SLASH: 100, ON_PERSON: 5, ON_MESSAGE: 5}
NAME, DESCRIPTION, OPTIONS, ALL_TOGETHER = 32, 100, 25, 8000
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
    if kind != SLASH:
        if not 1 <= len(name) <= NAME or any(not 1 <= len(word) <= NAME for word in _in_all(one, "name")):
            yield ("name",), "APPLICATION_COMMAND_INVALID_NAME"
        if one.get("description") or one.get("options"):
            yield ("description",), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED"
        return
    yield from _minded_part(one)
    if _letters(one) > ALL_TOGETHER:
        yield ("_",), "APPLICATION_COMMAND_TOO_LARGE"


def _minded_part(one: Json) -> Found:
    """Check a command, a subcommand or an option, and what is in it: in every language alike."""
    if any(SLASHED.fullmatch(word) is None for word in _in_all(one, "name")):
        yield ("name",), "APPLICATION_COMMAND_INVALID_NAME"
    if any(not 1 <= len(text) <= DESCRIPTION for text in _in_all(one, "description")):
        yield ("description",), "BASE_TYPE_BAD_LENGTH"
    inner = _listed(one, "options")
    if len(inner) > OPTIONS:
        yield ("options",), "BASE_TYPE_MAX_LENGTH"
    for at in {"", *(at for each in inner for at in _localised(each, "name"))}:
        names = [_localised(each, "name").get(at, str(each["name"])) for each in inner]
        if len(set(names)) < len(names):
            yield ("options",), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED"
    if sorted(inner, key=lambda each: not each.get("required")) != inner:
        yield ("options",), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
    yield from _minded_choices(one)
    for number, each in enumerate(inner):
        yield from ((("options", str(number), *path), code) for path, code in _minded_part(each))


def _minded_choices(one: Json) -> Found:
    choices = _listed(one, "choices")
    if len(choices) > OPTIONS or len({str(each["name"]) for each in choices}) < len(choices):
        yield ("choices",), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE"
    if any(not (1 <= len(str(each[key])) <= DESCRIPTION) for each in choices for key in ("name", "value")):
        yield ("choices",), "BASE_TYPE_BAD_LENGTH"
    if choices and one.get("autocomplete"):
        yield ("autocomplete",), "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_NOT_ALLOWED"


def _listed(one: Json, key: str) -> list[Json]:
    found = one.get(key)
    return found if isinstance(found, list) else []


def _localised(one: Json, key: str) -> dict[str, str]:
    found = one.get(f"{key}_localizations")
    return found if isinstance(found, dict) else {}


def _in_all(one: Json, key: str) -> list[str]:
    return [str(one.get(key) or ""), *_localised(one, key).values()]


def _letters(one: Json) -> int:
    """Count names, descriptions and values, each in the language in which it is longest."""
    own = sum(max(map(len, _in_all(one, key))) for key in ("name", "description"))
    choices = sum(len(str(each["name"])) + len(str(each["value"])) for each in _listed(one, "choices"))
    return own + choices + sum(map(_letters, _listed(one, "options")))
