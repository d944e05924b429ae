"""Fills an empty key database with the keys of a house, wrapped as they are: from its file, or from a copy of that."""

from collections.abc import Iterable, Mapping
from contextlib import closing

from buddybot.runtime.key_server.link import KeyLink
from buddybot.runtime.key_server.tables import LOCK, TABLES
from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.key_copies import TURN


def fill_key_server(url: str, turn: int, keys: Mapping[str, bytes], erased: Iterable[bytes]) -> int:
    """Put all keys there in one transaction; return how many. Refuse a database with other keys in it."""
    rest = [(name, one) for name, one in keys.items() if name != TURN]
    with closing(KeyLink(url)) as link, link.transaction() as run:
        run("SELECT pg_advisory_xact_lock(%s)", LOCK)
        run(TABLES)
        if run("SELECT 1 FROM key LIMIT 1"):
            raise KeyTrouble("store.keys: here are keys already: make an empty database for them, and name that")
        run(
            "INSERT INTO key SELECT unnest(%s::text[]), unnest(%s::bytea[])",
            [name for name, _ in rest],
            [one for _, one in rest],
        )
        run("INSERT INTO erased SELECT unnest(%s::bytea[]) ON CONFLICT DO NOTHING", list(erased))
        run("UPDATE key_change SET turn = %s", turn)
    return len(rest)


def has_keys(url: str) -> bool:
    """Return whether there are keys in this database; its tables are not made for that."""
    with closing(KeyLink(url, reading=True)) as link:
        made = link.rows("SELECT 1 WHERE to_regclass('key_change') IS NOT NULL")
        return bool(made and link.rows("SELECT 1 FROM key LIMIT 1"))
