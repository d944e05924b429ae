from datetime import timedelta

from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.moderation.desk import CHALLENGE_LASTS
from tests.store.cast import NOW

SECOND = timedelta(seconds=1)


async def test_a_burst_passes_then_it_waits_for_the_rate_and_others_do_not(store: GroupStore) -> None:
    async def take(who: str, seconds: float = 0, kind: str = "guess") -> float:
        now = NOW + seconds * SECOND
        return await store.write(lambda tx: tx.buckets.take(kind, who, 3, 0.5, now))

    assert [await take("ann") for _ in range(4)] == [0, 0, 0, 2]
    assert await take("ben") == 0
    assert await take("ann", kind="door") == 0
    assert [await take("ann", 2), await take("ann", 2)] == [0, 2]
    # Another process's clock is half a minute behind: it lets nobody in who has to wait, and forgets nothing.
    assert await take("ann", -30) > 30
    assert [await take("ann", 1000) for _ in range(4)] == [0, 0, 0, 2]


async def test_a_bucket_is_kept_until_it_is_full_and_its_name_ends_with_the_hour(store: GroupStore) -> None:
    await store.write(lambda tx: tx.buckets.take("guess", "192.0.2.7", 3, 0.5, NOW))
    (first,) = await store.read(lambda tx: tx.db.rows("SELECT key FROM shared_bucket"))
    assert await store.write(lambda tx: tx.buckets.expire(NOW + SECOND)) == 0
    assert await store.write(lambda tx: tx.buckets.expire(NOW + 2 * SECOND)) == 1
    later = NOW + timedelta(hours=1)
    await store.write(lambda tx: tx.buckets.take("guess", "192.0.2.7", 3, 0.5, later))
    (second,) = await store.read(lambda tx: tx.db.rows("SELECT key FROM shared_bucket"))
    assert first != second


async def test_a_challenge_is_used_once_in_time_and_forgotten_after_it(store: GroupStore) -> None:
    await store.write(lambda tx: tx.desk.ask("drawn at random", NOW))
    assert not await store.write(lambda tx: tx.desk.answered("forged", NOW))
    assert [await store.write(lambda tx: tx.desk.answered("drawn at random", NOW)) for _ in range(2)] == [True, False]
    for name in ("late", "older"):
        await store.write(lambda tx: tx.desk.ask(name, NOW))
    assert not await store.write(lambda tx: tx.desk.answered("late", NOW + CHALLENGE_LASTS))
    await store.write(lambda tx: tx.desk.expire(NOW + CHALLENGE_LASTS))
    assert await store.read(lambda tx: tx.db.row("SELECT count(*) FROM desk_challenge")) == (0,)
