"""Opens the store that the settings name."""

from datetime import datetime
from pathlib import Path

from buddybot.config import StoreSettings
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.store.kernel.errors import StoreError


async def open_store(settings: StoreSettings, now: datetime, operator: str | None) -> GroupStore:
    """Open SQLite, or PostgreSQL when that is configured (its driver is imported only then)."""
    if settings.url.startswith("sqlite:"):
        database = Path(settings.url.removeprefix("sqlite:"))
        return await open_sqlite(StorePaths(database, settings.keys, settings.backups, operator), now)
    try:
        from buddybot.runtime.storage.postgres import open_postgres
    except ImportError as error:
        raise StoreError("store.url: PostgreSQL needs its driver: run pip install 'buddybot[postgres]'") from error
    return await open_postgres(settings.url, settings.keys, operator)
