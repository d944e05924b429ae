"""Statements of a test beside the processes it watches, in the same event loop.

One that may wait for a row goes in a thread: whoever holds the row may need the loop to let go of it.
"""

import asyncio

import psycopg

from buddybot.store.kernel.db import Row


def _ask(database: str, sql: str, *values: object) -> list[Row]:
    with psycopg.connect(database, autocommit=True) as server:
        found = server.execute(sql.encode(), values)
        return found.fetchall() if found.description else []


async def ask(database: str, sql: str, *values: object) -> list[Row]:
    """Carry out one statement; return the rows it has."""
    return await asyncio.to_thread(_ask, database, sql, *values)


async def count_out(database: str, process: str) -> None:
    """Have the lease of a process be over, for whoever looks."""
    await ask(database, "UPDATE process SET lease_until = 0 WHERE id = %s", process)
