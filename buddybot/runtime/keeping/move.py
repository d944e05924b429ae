"""Moves a house from one database to another, while the bot is stopped: every row, sealed as it is; the keys stay.

The keys move apart from it: from their file into a key database, or back.
"""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from buddybot.config.tables import SERVER, StoreSettings
from buddybot.runtime.keeping.backup import scratch
from buddybot.runtime.keeping.placing import place_database, refuse_inhabited
from buddybot.runtime.keeping.snapshot import take_snapshot
from buddybot.runtime.storage.key_places import keys_to_read
from buddybot.runtime.storage.opening import open_store
from buddybot.store.kernel.errors import KeyTrouble, StoreError
from buddybot.store.kernel.keys import NAME
from buddybot.store.key_export import write_wrapped
from buddybot.store.key_store import KeyReader
from buddybot.store.rows import count_rows


async def move_house(settings: StoreSettings, operator: str | None, url: str, now: datetime) -> dict[str, int]:
    """Copy everything into an empty database elsewhere; return how many rows each table has there."""
    if url.startswith("sqlite:"):
        refuse_inhabited(Path(url.removeprefix("sqlite:")))
    store = await open_store(settings, now, operator)
    try:
        rows = await store.read(lambda tx: count_rows(tx.db))
        near = Path(url.removeprefix("sqlite:")).parent if url.startswith("sqlite:") else settings.keys.parent
        with scratch(near) as work, closing(keys_to_read(settings, operator)) as keys:
            await take_snapshot(settings, operator, work / "snapshot")
            place_database(work / "snapshot", url, keys)
    finally:
        await store.close()
    return rows


async def move_keys(settings: StoreSettings, operator: str | None, to: str, now: datetime) -> int:
    """Copy all keys, wrapped as they are, into an empty key database or folder; return how many."""
    if to.startswith(SERVER) and settings.url.startswith("sqlite:"):
        raise StoreError("a database in a file keeps its keys in a folder: move the database to PostgreSQL first")
    store = await open_store(settings, now, operator)  # nobody changes a key meanwhile
    try:
        with closing(keys_to_read(settings, operator)) as keys:
            return _copied_keys(keys, to, settings.url)
    finally:
        await store.close()


def _copied_keys(keys: KeyReader, to: str, main: str) -> int:
    wrapped, erased = keys.wrapped()
    if to.startswith(SERVER):
        from buddybot.runtime.key_server.filling import fill_key_server
        from buddybot.runtime.key_server.opening import refuse_main

        refuse_main(to, main)
        return fill_key_server(to, keys.turn, wrapped, erased)
    place = Path(to) / "members.keys"
    if place.exists():
        raise KeyTrouble(f"{place}: here are keys already: name an empty folder")
    write_wrapped(place, wrapped, erased, keys.need(NAME).decode())
    return len(wrapped)
