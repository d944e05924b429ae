"""Opens the key database, and refuses one that is no other than the main database."""

from contextlib import closing

from buddybot.runtime.key_server.link import KeyLink
from buddybot.runtime.key_server.server import KeyServer
from buddybot.runtime.key_server.tables import SAME_AS
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.store.kernel.db import Row
from buddybot.store.kernel.errors import KeyTrouble, StoreError
from buddybot.store.kernel.operator_key import operator_key


def refuse_same(url: str, main: Row | None) -> None:
    """Refuse the main database as the place of the keys: every backup of it would hold them."""
    with closing(KeyLink(url)) as link:
        (found,) = link.rows(SAME_AS)
        (there,) = link.rows("SELECT to_regclass('migration') IS NOT NULL")
    if found == main or there[0]:
        raise KeyTrouble(
            "store.keys: this is the main database itself, so its backups would hold the keys too, and nobody could"
            " ever be erased from them: make another database for the keys, best on another server"
        )


def refuse_main(url: str, main: str) -> None:
    """Refuse the main database, by its address, as the place of the keys."""
    with closing(KeyLink(main, reading=True)) as link:
        refuse_same(url, link.rows(SAME_AS)[0])


def open_key_server(places: StorePaths, url: str, *, fresh: bool) -> KeyServer:
    """Open the operator's key and the key database; both are made only when there is no data yet."""
    operator = operator_key(places.keys / "operator.key", places.operator, fresh=fresh)
    keys = KeyServer(url, operator, places.keys, fresh=fresh)
    if fresh and keys.inhabited():
        keys.close()
        raise StoreError(
            "store.keys: here are keys of members, but their database is empty: name the right store.url, or an empty"
            " database for the keys to start anew"
        )
    return keys
