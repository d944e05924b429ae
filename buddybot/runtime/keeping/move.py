"""Moves a house from one database to another, while the bot is stopped: every row, sealed as it is; the keys stay."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from buddybot.config import StoreSettings
from buddybot.runtime.keeping.backup import scratch
from buddybot.runtime.keeping.placing import place_database, refuse_inhabited
from buddybot.runtime.keeping.snapshot import take_snapshot
from buddybot.runtime.storage.opening import open_store
from buddybot.store.kernel.operator_key import operator_key
from buddybot.store.reading_keys import ReadingKeys
from buddybot.store.rows import count_rows


async def move_house(settings: StoreSettings, operator: str | None, url: str, now: datetime) -> dict[str, int]:
    """Copy everything into an empty database elsewhere; return how many rows each table has there."""
    if url.startswith("sqlite:"):
        refuse_inhabited(Path(url.removeprefix("sqlite:")))
    store = await open_store(settings, now, operator)
    try:
        rows = await store.read(lambda tx: count_rows(tx.db))
        wrapping = operator_key(settings.keys / "operator.key", operator, fresh=False)
        near = Path(url.removeprefix("sqlite:")).parent if url.startswith("sqlite:") else settings.keys.parent
        with scratch(near) as work, closing(ReadingKeys.beside(settings.keys, wrapping)) as keys:
            await take_snapshot(settings, operator, work / "snapshot")
            place_database(work / "snapshot", url, keys)
    finally:
        await store.close()
    return rows
