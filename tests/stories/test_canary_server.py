"""Planted words, names and ids, and a PostgreSQL server that logs whatever it is asked, with all values."""

import re
from pathlib import Path

import psycopg

from buddybot.service.kernel.book import Book
from buddybot.testing import running
from tests.stories.people.test_privacy import erase
from tests.stories.test_canary import CANARIES, every_path, talk
from tests.stories.test_canary_told import moderated

CONTROL = "kontrollvorhang"
MADE_BY_HAND = re.compile(r"FROM offer WHERE id = \$1\n.*")
"""A button's token that no button holds: whoever makes one has its server asked for what they like."""


class ServerLog:
    """What the server has logged since, as a curious owner of it would have set it up."""

    def __init__(self, address: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            for setting in (
                "log_statement = 'all'",
                "log_parameter_max_length_on_error = -1",
                "log_min_messages = info",
            ):
                connection.execute(f"ALTER DATABASE {connection.info.dbname} SET {setting}".encode())
            row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None
        self._path, self._since = Path(row[0]) / "log", 0
        self._since = len(self._path.read_bytes())

    def told(self) -> str:
        return self._path.read_bytes()[self._since :].decode("utf-8", "replace")


def held(words: str, told: str) -> bool:
    """Return whether these words stand there, as text or as the bytes of a value."""
    return words in told or words.encode().hex() in told


async def test_a_server_that_logs_all_it_is_asked_logs_no_canary(tmp_path: Path, book: Book, database: str) -> None:
    log = ServerLog(database)
    async with running(tmp_path, book=book, url=database) as bot:
        ann, ben = await every_path(bot)
        await talk(bot, ann, ben)
        await moderated(bot)
        await erase(ann)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SELECT %s::text, %s::bytea", (CONTROL, CONTROL.encode()))
    told = MADE_BY_HAND.sub("", log.told())
    assert CONTROL in told
    assert CONTROL.encode().hex() in told
    assert "INSERT INTO outbox" in told
    assert [one for one in CANARIES if held(one, told)] == []
