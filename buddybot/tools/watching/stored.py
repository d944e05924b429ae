"""Examination of the database and the keys beside the bot, or without it: nothing is made, mended or changed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

from buddybot.config import Settings
from buddybot.domain.moderation.vitals import Finding, Grade, StoredVitals
from buddybot.runtime.storage.key_places import keys_to_read
from buddybot.runtime.storage.reading import open_to_read
from buddybot.service.kernel.book import Book
from buddybot.service.timers import SWEEP, SWEEP_EVERY
from buddybot.service.vitals import stored_vitals
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble, StoreError
from buddybot.store.kernel.operator_key import operator_key
from buddybot.store.reading_keys import ReadingKeys
from buddybot.store.tx import Tx

AHEAD = timedelta(minutes=5)


async def examined(
    settings: Settings, book: Book, now: datetime, operator: str | None
) -> tuple[StoredVitals | None, list[Finding]]:
    """Return what the database knows, and what is wrong with it and with the keys."""
    try:
        found = list(_keys(settings, operator))
        store = await open_to_read(settings.store, operator)
        try:
            return await store.read(lambda tx: (stored_vitals(tx, book, now), [*found, *_database(tx, settings, now)]))
        finally:
            await store.close()
    except (StoreError, DamagedValueError) as fault:
        about = "keys" if isinstance(fault, KeyTrouble) else "database"
        return None, [Finding(Grade.DANGER, about, str(fault))]


def _keys(settings: Settings, operator: str | None) -> Iterator[Finding]:
    """Yield which of the two key files has keys that don't open."""
    folder = settings.store.keys
    if settings.store.key_server:
        yield from _key_server(settings, operator)
        return
    keys = ReadingKeys.beside(folder, operator_key(folder / "operator.key", operator, fresh=False))
    try:
        for name in ("members.keys", "members.keys.copy"):
            one = keys.read_elsewhere(folder / name)
            if not one.whole:
                what = "it" if one.broken else f"{len(one.damaged)} keys in it"
                yield Finding(
                    Grade.DANGER,
                    "keys",
                    f"{one.path}: {what} can't be opened: start the bot anew, it mends what the other file has; then "
                    "look at the disk",
                )
    finally:
        keys.close()


def _key_server(settings: Settings, operator: str | None) -> Iterator[Finding]:
    """Yield which keys don't open, and what keeps a copy of keys that are destroyed."""
    from buddybot.runtime.key_server.exposure import exposed
    from buddybot.runtime.key_server.reading import ReadingServer

    store = settings.store
    with closing(keys_to_read(store, operator)) as keys:
        if isinstance(keys, ReadingServer) and (lost := keys.lost()):
            yield Finding(Grade.DANGER, "keys", f"store.keys: {lost} keys can't be opened: look at that server's disk")
    for fault in exposed(store.key_server, store.url):
        yield Finding(Grade.WRONG, "keys", fault)
    if (old := store.keys / "members.keys").exists():
        yield Finding(
            Grade.WRONG,
            "keys",
            f"{old}: this is an old copy of the keys, which are in a database now: whoever is erased lives on in it:"
            f" run `shred -u {old} {old}.copy`",
        )


def _database(tx: Tx, settings: Settings, now: datetime) -> Iterator[Finding]:
    url = settings.store.url
    if url.startswith("sqlite:"):
        row = tx.db.row("PRAGMA quick_check(1)")
        if row is None or row[0] != "ok":
            yield Finding(
                Grade.DANGER,
                "database",
                f"{url.removeprefix('sqlite:')}: it is damaged: stop the bot and restore the newest backup "
                "(docs/recover.md)",
            )
    rows, keys = {str(row[0]) for row in tx.db.rows("SELECT id FROM member")}, set(tx.vault.members())
    if lost := len(rows - keys):
        yield Finding(
            Grade.DANGER,
            "keys",
            f"{lost} members have no key: if nobody just erased themselves, put the newest members.keys back before "
            "the bot is started anew",
        )
    if idle := len({one for one in keys - rows if ":" not in one}):
        yield Finding(
            Grade.WRONG,
            "keys",
            f"{idle} keys are of people who are not in the database: it lost its last writes, or is an older one: if "
            "you have a newer database, put it back",
        )
    swept = tx.timers.find(SWEEP, "all")
    if swept is not None and swept.due > now + SWEEP_EVERY + AHEAD:
        yield Finding(
            Grade.WRONG,
            "clock",
            f"this machine says {now:%Y-%m-%d %H:%M} UTC, but the database was in use later than that: set the clock "
            "(`timedatectl set-ntp true`)",
        )
