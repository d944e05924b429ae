from datetime import timedelta

from buddybot.runtime.storage.group_commit import GroupStore
from tests.store.cast import NOW

DAY = timedelta(days=1)


async def test_an_event_is_new_only_once(store: GroupStore) -> None:
    assert await store.write(lambda tx: tx.inbox.first("web", "7", NOW))
    assert not await store.write(lambda tx: tx.inbox.first("web", "7", NOW))
    assert await store.write(lambda tx: tx.inbox.first("discord", "7", NOW))


async def test_an_event_is_forgotten_after_its_time(store: GroupStore) -> None:
    await store.write(lambda tx: tx.inbox.first("web", "7", NOW))
    assert await store.write(lambda tx: tx.inbox.expire(NOW, 9)) == 0
    assert await store.write(lambda tx: tx.inbox.expire(NOW + DAY, 9)) == 1
    assert await store.write(lambda tx: tx.inbox.first("web", "7", NOW))


async def test_a_cursor_remembers_the_last_place(store: GroupStore) -> None:
    assert await store.read(lambda tx: tx.inbox.cursor("discord", "channel")) is None
    await store.write(lambda tx: tx.inbox.move_cursor("discord", "channel", "41", NOW))
    await store.write(lambda tx: tx.inbox.move_cursor("discord", "channel", "42", NOW + DAY))
    assert await store.read(lambda tx: tx.inbox.cursor("discord", "channel")) == "42"
    assert await store.read(lambda tx: tx.inbox.cursor("telegram", "channel")) is None


async def test_a_cursor_that_no_longer_moves_is_forgotten(store: GroupStore) -> None:
    await store.write(lambda tx: tx.inbox.move_cursor("discord", "channel", "41", NOW))
    assert await store.write(lambda tx: tx.inbox.expire_cursors(NOW)) == 0
    assert await store.write(lambda tx: tx.inbox.expire_cursors(NOW + DAY)) == 1


async def test_neither_events_nor_cursors_are_readable(store: GroupStore) -> None:
    await store.write(lambda tx: tx.inbox.first("web", "canary", NOW))
    await store.write(lambda tx: tx.inbox.move_cursor("web", "canary", "canary", NOW))
    rows = await store.read(lambda tx: tx.db.rows("SELECT event, event FROM inbox UNION SELECT key, place FROM cursor"))
    assert len(rows) == 2
    assert not any(b"canary" in bytes(cell) for row in rows for cell in row)
