"""Environment variables as tables: BUDDYBOT_STORE__URL is `url` in [store], BUDDYBOT_STORE the whole table as JSON.

A value stays text; who reads the table makes a number or a switch of it. pydantic-settings does the same, and took
5 MB and 30 ms of each start for clouds and command lines that nothing here uses.
"""

import json
from collections.abc import Collection, Mapping, Sequence

PREFIX = "BUDDYBOT_"


class UnreadableVariableError(ValueError):
    """A variable that stands for a whole table, or a list of them, and is no JSON."""


def variables(texts: Collection[str], tables: Collection[str], environment: Mapping[str, str]) -> dict[str, object]:
    """Return what variables say about texts and tables of these names, in upper or lower case; others are not ours."""
    given = {
        name.lower().removeprefix(PREFIX.lower()): value
        for name, value in environment.items()
        if name.upper().startswith(PREFIX)
    }
    found: dict[str, object] = {name: given[name] for name in texts if name in given}
    for table in tables:
        if table in given:
            found[table] = _json(table, given[table])
        if parts := {name: value for name, value in given.items() if name.startswith(f"{table}__")}:
            found[table] = _parted(parts, found.get(table, {}))
    return found


def _json(table: str, value: str) -> object:
    try:
        read: object = json.loads(value)
    except ValueError as error:
        raise UnreadableVariableError(f"the value for {table} in {PREFIX}{table.upper()} is no JSON") from error
    return read


def _parted(parts: Mapping[str, str], whole: object) -> object:
    """Lay the variables for one key each over what a variable for the whole table says."""
    said: dict[str, object] = {}
    for name, value in parts.items():
        said = overlaid(said, _nested(name.split("__")[1:], value))
    return overlaid(whole, said) if isinstance(whole, Mapping) else whole


def _nested(keys: Sequence[str], value: object) -> dict[str, object]:
    first, *rest = keys
    return {first: _nested(rest, value) if rest else value}


def overlaid(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """Lay one set of tables over another, key by key (deep merge); a list is replaced as a whole."""
    result = dict(below)
    for key, value in above.items():
        under = result.get(key)
        result[key] = overlaid(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return result
