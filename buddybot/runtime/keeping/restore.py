"""Restore: a backup opened and proven in a scratch folder, then put in the place of the database that is lost.

Whoever was erased stays erased: the newest key file there is decides, and it loses every key that any list of erasures
names. What was on its way when the backup was made and can't be read any more is let go of: it was delivered since, or
nobody may read it now.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from buddybot.config.tables import StoreSettings
from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.keeping.archive import open_archive
from buddybot.runtime.keeping.backup import open_sample, said_of, scratch, take_erased
from buddybot.runtime.keeping.locks import ArchiveOpener
from buddybot.runtime.keeping.placing import place_database, refuse_inhabited, refuse_running
from buddybot.runtime.storage.key_places import keys_to_read
from buddybot.runtime.storage.opening import open_store
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble, StoreError
from buddybot.store.kernel.key_copies import read_keys, unwrap_key
from buddybot.store.kernel.keys import NAME, KeyFile
from buddybot.store.kernel.operator_key import operator_key
from buddybot.store.kernel.private_files import make_private
from buddybot.store.key_export import lasting, read_wrapped, write_wrapped
from buddybot.store.key_store import KeyStore
from buddybot.store.tx import Tx


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """What to restore: the backup, what opens it, and the copies of the keys and of the operator's key, if given."""

    backup: Path
    opener: ArchiveOpener
    keys: Path | None = None
    operator_file: Path | None = None
    erased: tuple[Path, ...] = ()
    """Other key files whose lists of erasures count as well."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    made_at: str
    members: int
    erased: int
    """People in the backup whose key is gone: their rows go at the next start, and nothing of them opens before."""


async def restore_backup(settings: StoreSettings, operator: str | None, order: RestoreOrder, now: datetime) -> Restored:
    """Put a backup in place and open it once, as the bot will."""
    found = place_backup(settings, operator, order)
    store = await open_store(settings, now, operator)
    try:
        await store.write(drop_unreadable)
        gone = await store.read(_without_key)
    finally:
        await store.close()
    return replace(found, erased=gone)


def place_backup(settings: StoreSettings, operator: str | None, order: RestoreOrder) -> Restored:
    """Prove a backup, install its keys, and give the database its name; until then nothing that is there is touched."""
    sqlite = settings.url.startswith("sqlite:")
    database = Path(settings.url.removeprefix("sqlite:"))
    if not order.backup.is_file():
        raise StoreError(f"{order.backup}: there is no such backup: look at its name")
    refuse_running(settings.url)
    if sqlite:
        refuse_inhabited(database)
    with scratch(database.parent if sqlite else settings.keys.parent) as work:
        opened = work / "opened"
        make_private(opened)
        with said_of(work.parent), opened.open("wb") as file:
            head = open_archive(order.backup, file, order.opener)
        erased = take_erased(opened)
        wrapping = _install_operator_key(settings.keys, operator, order)
        if settings.key_server:
            _install_on_server(settings.key_server, wrapping, order, head.house)
        else:
            _install_keys(settings.keys, wrapping, order, head.house)
        _erase_again(settings, wrapping, erased.union(*(read_wrapped(one)[1] for one in order.erased)))
        with closing(keys_to_read(settings, operator)) as keys:
            members, _ = open_sample(opened, keys, settings.keys)
            place_database(opened, settings.url, keys)
    return Restored(head.made_at, members, 0)


def drop_unreadable(tx: Tx) -> None:
    """Let go of what was on its way and can't be opened any more."""
    for number, recipient, sealed in tx.db.rows("SELECT id, recipient, sealed FROM outbox"):
        try:
            gone = tx.vault.open_passing(recipient, "outbox", sealed) is None
        except DamagedValueError:
            gone = True
        if gone:
            tx.db.run("DELETE FROM outbox WHERE id = :id", id=number)


def _install_operator_key(folder: Path, operator: str | None, order: RestoreOrder) -> bytes:
    """See that the operator's key lies in its folder, where it comes from no variable; return it."""
    place = folder / "operator.key"
    if order.operator_file is not None and operator is None and not place.exists():
        given = operator_key(order.operator_file, None, fresh=False)
        make_private(place)
        place.write_text(given.hex() + "\n", encoding="ascii")
    return operator_key(place, operator, fresh=False)


def _install_keys(folder: Path, wrapping: bytes, order: RestoreOrder, house: str) -> None:
    """See that the newest keys of this house lie in their folder."""
    main = folder / "members.keys"
    held = _fitting(main, wrapping, house) if main.exists() and main.stat().st_size else None
    if order.keys is None:
        if held is None:
            raise KeyTrouble(f"{main}: the members' keys are not here: say with --keys where their copy is")
        return
    offered = _fitting(order.keys, wrapping, house)
    if held is None or offered > held:
        wrapped, erased = read_wrapped(order.keys)
        write_wrapped(main, lasting(wrapped), erased, house)
        (folder / "members.keys.copy").unlink(missing_ok=True)


def _install_on_server(url: str, wrapping: bytes, order: RestoreOrder, house: str) -> None:
    """Fill an empty key database from the copy of the keys; one that has keys is as new as can be."""
    from buddybot.runtime.key_server.filling import fill_key_server, has_keys

    if has_keys(url):
        return
    if order.keys is None:
        raise KeyTrouble("store.keys: the members' keys are not here: say with --keys where their copy is")
    turn = _fitting(order.keys, wrapping, house)
    wrapped, erased = read_wrapped(order.keys)
    fill_key_server(url, turn, lasting(wrapped), erased)


def _fitting(path: Path, wrapping: bytes, house: str) -> int:
    """Return how often the keys in a file were changed; refuse those of another house or another operator."""
    if not path.is_file():
        raise KeyTrouble(f"{path}: there is no such file: say with --keys where the copy of the keys is")
    found = read_keys(path, partial(unwrap_key, AESGCM(wrapping), path))
    if found.keys.get(NAME, b"").decode() != house:
        what = "are of another house than this backup" if found.keys else "do not open with this operator's key"
        raise KeyTrouble(f"{path}: these keys {what}: put the right ones there")
    return found.turn


def _erase_again(settings: StoreSettings, wrapping: bytes, erased: Iterable[bytes]) -> None:
    with closing(_keys_to_change(settings, wrapping)) as keys:
        keys.erase_again(erased)


def _keys_to_change(settings: StoreSettings, wrapping: bytes) -> KeyStore:
    if not settings.key_server:
        folder = settings.keys
        return KeyFile(folder / "members.keys", folder / "members.keys.copy", wrapping, fresh=False)
    from buddybot.runtime.key_server.server import KeyServer

    return KeyServer(settings.key_server, wrapping, settings.keys, fresh=False)


def _without_key(tx: Tx) -> int:
    members = [MemberId(row[0]) for row in tx.db.rows("SELECT id FROM member ORDER BY id")]
    return len(tx.vault.without_key(members))
