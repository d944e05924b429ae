"""Opens the store that the settings name, and says whether a bot has it."""

from datetime import datetime
from pathlib import Path

from buddybot.config.tables import StoreSettings
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.store.kernel.errors import StoreError, StoreInUse
from buddybot.store.kernel.private_files import Lock


async def open_store(settings: StoreSettings, now: datetime, operator: str | None) -> GroupStore:
    """Open SQLite, or PostgreSQL when that is configured (its driver is imported only then)."""
    if settings.url.startswith("sqlite:"):
        database = Path(settings.url.removeprefix("sqlite:"))
        return await open_sqlite(StorePaths(database, settings.keys, settings.backups, operator), now)
    try:
        from buddybot.runtime.storage.postgres import open_postgres
    except ImportError as error:
        raise StoreError("store.url: PostgreSQL needs its driver: run pip install 'buddybot[postgres]'") from error
    return await open_postgres(
        *(settings.url, settings.keys, operator, settings.key_server),
        shared=settings.shared,
        lease=settings.lease_seconds,
    )


def is_held(settings: StoreSettings) -> bool:
    """Return whether a process holds the lock of this database; it is taken for a moment and let go, if it is free."""
    try:
        if settings.url.startswith("sqlite:"):
            database = Path(settings.url.removeprefix("sqlite:"))
            if database.with_name(f"{database.name}.lock").exists():
                Lock(database).release()
        else:
            from buddybot.runtime.storage.postgres_connections import connect_alone

            connect_alone(settings.url).close()
    except StoreInUse:
        return True
    except (ImportError, StoreError):
        return False
    return False
