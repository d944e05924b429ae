"""Limits that protect people count once, whichever process each request goes to."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace

from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.verdicts import DELIVERED, Verdict
from buddybot.domain.talk.rooms import Room, RoomKind
from buddybot.runtime.house import House
from buddybot.runtime.storage.postgres import PostgresStore, open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.service.talk.rate_limits import FLOOD, judge
from buddybot.store.tx import Tx
from tests.store.cast import ANN, NOW, admit
from tests.stories.reading import CALM

BURST = 6
ROOM = Room(RoomId("room"), RoomKind.PAIR, (), NOW)


async def test_a_flood_over_two_processes_is_one_flood(database: str, places: StorePaths, book: Book) -> None:
    book = replace(book, floods=replace(book.floods, burst=BURST))
    async with AsyncExitStack() as stack:
        houses = list[House]()
        for _ in range(2):
            store: PostgresStore = await open_postgres(database, places.keys, None, shared=True)
            stack.push_async_callback(store.close)
            houses.append(House(store, system_world(), book, {}))
        await houses[0].store.write(lambda tx: admit(ANN, tx))

        def written(house: House, number: int) -> Callable[[Tx], Verdict]:
            def says(tx: Tx) -> Verdict:
                ann = tx.members.by_id(ANN)
                assert ann is not None
                return judge(house.engine.turn(tx), ann, ROOM, f"note {number}", CALM)

            return says

        found = await asyncio.gather(
            *(houses[number % 2].store.write(written(houses[number % 2], number)) for number in range(2 * BURST))
        )
        assert sorted(one.rule for one in found) == sorted([DELIVERED.rule] * BURST + [FLOOD.rule] * BURST)
