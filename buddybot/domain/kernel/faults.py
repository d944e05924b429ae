"""What is wrong with a table of content, for whoever edited it; the layer that read the file adds its name."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

Table: TypeAlias = Mapping[str, object]


class Fault(ValueError):
    """A key in a table holds something that can't be used; `fix` is the sentence that says what to do."""

    def __init__(self, key: str, value: object, fix: str) -> None:
        """Name the key (dotted from the top of the table), the value found there, and the fix."""
        super().__init__(f"{key} = {value!r}: {fix}")
        self.key, self.value, self.fix = key, value, fix


def table_in(table: Table, key: str, path: str = "") -> Table:
    """Return the table under `key`; an absent one is empty."""
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        raise Fault(f"{path}{key}", value, "make it a table")
    return cast("Table", value)


def text_in(table: Table, key: str, path: str = "", default: str | None = None) -> str:
    """Return the string under `key`; without a default it must be there."""
    value = table.get(key, default)
    if not isinstance(value, str):
        raise Fault(f"{path}{key}", value, "make it a string")
    return value


def number_in(table: Table, key: str, path: str = "", default: int = 0) -> int:
    """Return the whole number under `key`, not below zero."""
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Fault(f"{path}{key}", value, "make it a whole number, 0 or more")
    return value


def flag_in(table: Table, key: str, path: str = "") -> bool:
    """Return the true or false under `key`; absent means false."""
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise Fault(f"{path}{key}", value, "make it true or false")
    return value


def texts_in(table: Table, key: str, path: str = "") -> tuple[str, ...]:
    """Return the list of strings under `key`; absent means empty."""
    value = table.get(key, ())
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Fault(f"{path}{key}", value, "make it a list of strings")
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise Fault(f"{path}{key}", item, "put only strings that are not empty into this list")
    return tuple(value)


def numbers_in(table: Table, key: str, path: str = "") -> tuple[int, ...]:
    """Return the list of whole numbers under `key`; absent means empty."""
    value = table.get(key, ())
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Fault(f"{path}{key}", value, "make it a list of whole numbers")
    for item in value:
        if not isinstance(item, int) or isinstance(item, bool):
            raise Fault(f"{path}{key}", item, "put only whole numbers into this list")
    return tuple(value)


def known_keys(table: Table, known: frozenset[str], path: str = "") -> None:
    """Refuse a key that nothing reads: most often a slip of the fingers."""
    for key in table:
        if key not in known:
            raise Fault(f"{path}{key}", table[key], f"remove it; known here: {', '.join(sorted(known))}")
