from datetime import timedelta
from functools import partial

from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from tests.store.cast import ANN, NOW

MINUTE = timedelta(minutes=1)
CHECK = Timer("check-in", "ann", NOW + MINUTE, ANN, "soft", 1)


def put(timer: Timer, tx: Tx) -> None:
    tx.timers.set(timer)


async def test_a_timer_comes_back_as_it_was_set(store: GroupStore) -> None:
    await store.write(lambda tx: tx.timers.set(CHECK))
    assert await store.read(lambda tx: tx.timers.find("check-in", "ann")) == CHECK
    assert await store.read(lambda tx: tx.timers.find("check-in", "ben")) is None


async def test_setting_a_timer_again_moves_it(store: GroupStore) -> None:
    await store.write(lambda tx: tx.timers.set(CHECK))
    moved = Timer("check-in", "ann", NOW + 2 * MINUTE)
    await store.write(lambda tx: tx.timers.set(moved))
    assert await store.read(lambda tx: tx.timers.due(NOW + 9 * MINUTE, 9)) == [moved]


async def test_the_longest_due_comes_first_and_only_so_many(store: GroupStore) -> None:
    timers = [Timer("round", str(number), NOW - number * MINUTE) for number in range(5)]
    for timer in (*timers, CHECK):
        await store.write(partial(put, timer))
    assert await store.read(lambda tx: tx.timers.due(NOW, 3)) == timers[:1:-1]


async def test_a_timer_can_be_cancelled_once(store: GroupStore) -> None:
    await store.write(lambda tx: tx.timers.set(CHECK))
    assert await store.write(lambda tx: tx.timers.cancel("check-in", "ann"))
    assert not await store.write(lambda tx: tx.timers.cancel("check-in", "ann"))


async def test_forgetting_someone_cancels_their_timers_and_no_others(store: GroupStore) -> None:
    other = Timer("round", "all", NOW)
    for timer in (CHECK, other):
        await store.write(partial(put, timer))
    assert await store.read(lambda tx: tx.timers.of_member(ANN)) == [CHECK]
    assert await store.write(lambda tx: tx.timers.forget(ANN)) == 1
    assert await store.read(lambda tx: tx.timers.due(NOW + MINUTE, 9)) == [other]
