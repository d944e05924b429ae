"""Consistency check between the database and its key file: they belong together, and neither is the older one.

Keys are changed just before the database commits. So a key file that was changed less often than the database remembers
is an older one, and members without a key in it were not erased: to go on would erase them for good.
"""

import logging
from pathlib import Path

from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import KeyTrouble

ACCEPT = "erase-members-without-key"
"""A file of this name beside the keys says that the operator has no newer key file, and knows what that means."""

log = logging.getLogger(__name__)


def bind_keys(db: Db, folder: Path) -> None:
    """Tie the database to its key file at the first start; refuse another or an older one ever after."""
    db.run(
        "INSERT INTO keyring (one, name) VALUES (1, :name) ON CONFLICT (one) DO NOTHING",
        name=db.vault.name,
    )
    _compare(db, folder, refuse_other_keys(db, folder))


def refuse_other_keys(db: Db, folder: Path) -> int:
    """Refuse the key file of another database; return how often the keys were changed, as this database knows it."""
    row = db.row("SELECT name, turn FROM keyring")
    if row is None or row[0] != db.vault.name:
        raise KeyTrouble(
            f"{folder}: these keys belong to another database: put back the folder that goes with this one"
        )
    return int(row[1])


def _compare(db: Db, folder: Path, turn: int) -> None:
    rows, keys = {str(row[0]) for row in db.rows("SELECT id FROM member")}, set(db.vault.members())
    missing, without_rows = len(rows - keys), len({one for one in keys - rows if ":" not in one})
    if missing and turn > db.vault.turn:
        if not (folder / ACCEPT).exists():
            raise KeyTrouble(
                f"{folder}: this key file is older than the database: the keys of {missing} members are missing, who"
                f" would be erased for good: put the newest members.keys back; if there is none, make an empty file"
                f" {folder / ACCEPT}"
            )
        (folder / ACCEPT).unlink()
        log.warning("%d members whose keys are lost are erased, as the operator said", missing)
    if without_rows and db.vault.turn > turn:
        log.warning(
            "%s has keys of %d people who are not in the database: they were just coming as the bot was cut off; or the"
            " database lost its last writes (a damaged -wal file) or is an older one: then they begin anew, unless you"
            " put a newer database back",
            folder,
            without_rows,
        )
    db.run("UPDATE keyring SET turn = :turn WHERE one = 1", turn=db.vault.turn)
