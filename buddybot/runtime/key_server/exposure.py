"""Finds what keeps copies of a key database: a destroyed key must not live on in a log, a replica or a backup."""

from collections.abc import Iterator
from contextlib import closing

from buddybot.runtime.key_server.link import KeyLink
from buddybot.runtime.key_server.tables import SAME_AS


def exposed(url: str, main: str) -> Iterator[str]:
    """Yield each way in which the key server keeps what is destroyed, in a sentence with the fix."""
    with closing(KeyLink(url, reading=True)) as link:
        (started, _), ((archives,),) = link.rows(SAME_AS)[0], link.rows("SHOW archive_mode")
        ((slots,),) = link.rows("SELECT count(*) FROM pg_replication_slots")
        ((replicas,),) = link.rows("SELECT count(*) FROM pg_stat_replication")
    if archives != "off":
        yield (
            "store.keys: the key server archives its write-ahead log, so destroyed keys live on there: set"
            " archive_mode = off, and delete the archive"
        )
    if slots or replicas:
        yield (
            "store.keys: the key server has replicas or replication slots, which keep destroyed keys: remove them"
            " (pg_drop_replication_slot)"
        )
    with closing(KeyLink(main, reading=True)) as link:
        same = link.rows(SAME_AS)[0][0] == started
    if same:
        yield (
            "store.keys: the keys are on the same server as the main database: a base backup of that server holds both:"
            " keep backups made by `buddybot backup` alone, or move the keys to a server of their own"
        )
