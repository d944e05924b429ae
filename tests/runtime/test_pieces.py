"""What is done for many at once is done a bounded number of rows at a time, and is done to the end."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Address
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Content, Passage, Send, Span
from buddybot.domain.people.members import Member, Stage
from buddybot.service.delivery import DROPPED
from buddybot.service.people.privacy import ERASED, WARNED
from buddybot.service.timers import SWEPT
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.keys import KeyFile
from buddybot.store.tx import Tx
from buddybot.testing import TestBot, running

DAYS = timedelta(days=1)


def people(tx: Tx, count: int, stage: Stage, bot: TestBot) -> list[MemberId]:
    """Let so many be here whom nobody needs to have answered anything for."""
    made = [MemberId(f"one-{number:04}") for number in range(count)]
    for one in made:
        address = Address("fake", "main", f"account-of-{one}")
        tx.members.add(Member(one, stage, "en", bot.clock.now(), bot.clock.now()), address)
    return made


class Pieces:
    """The most rows that one DELETE from a table took away."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.most = 0
        plain = Db.run

        def watched(db: Db, sql: str, **values: str | float | bytes | None) -> int:
            count = plain(db, sql, **values)
            self.most = max(self.most, count if sql.startswith("DELETE") else 0)
            return count

        monkeypatch.setattr(Db, "run", watched)  # counts what is written


async def counted(bot: TestBot, table: str) -> int:
    sql = {
        "inbox": "SELECT count(*) FROM inbox",
        "member": "SELECT count(*) FROM member",
        "outbox": "SELECT count(*) FROM outbox WHERE kind = 'send'",
    }
    rows = await bot.house.store.read(lambda tx: tx.db.rows(sql[table]))
    return int(rows[0][0])


async def test_the_sweep_lets_go_of_some_rows_at_a_time_until_none_is_left(
    bot: TestBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(tx: Tx) -> None:
        for number in range(3 * SWEPT + 1):
            tx.db.run("INSERT INTO inbox (event, seen_at) VALUES (:event, 1)", event=str(number).encode())

    await bot.tick()
    await bot.house.store.write(rows)
    pieces = Pieces(monkeypatch)
    await bot.wait(hours=1)
    assert await counted(bot, "inbox") == 2 * SWEPT + 1
    for _ in range(4):
        await bot.tick()
    assert await counted(bot, "inbox") == 0
    assert pieces.most == SWEPT


async def test_drafts_are_dropped_a_few_at_a_time(bot: TestBot) -> None:
    await bot.tick()
    count = 2 * ERASED + 1
    await bot.house.store.write(lambda tx: people(tx, count, Stage.GATES, bot))
    bot.clock.at += 31 * DAYS
    await bot.tick()
    assert await counted(bot, "member") == count - ERASED
    for _ in range(3):
        await bot.tick()
    assert await counted(bot, "member") == 0


async def test_the_idle_are_warned_a_few_at_a_time_and_each_once(bot: TestBot) -> None:
    await bot.tick()
    await bot.house.store.write(lambda tx: people(tx, WARNED + 3, Stage.HOME, bot))
    bot.clock.at += 170 * DAYS
    for _ in range(4):
        await bot.tick()
    for number in range(WARNED + 3):
        assert len(bot.platform.chats[f"account-of-one-{number:04}"]) == 1


async def test_what_waited_too_long_goes_in_pieces_and_is_gone_in_one_tick(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.platform.steps_away(ben.address.account)
    sent = [await ann.says(f"note {number}") for number in range(2)]

    def fill(tx: Tx) -> None:
        member = tx.members.by_address(ben.address)
        assert member is not None
        for _ in range(3 * DROPPED):
            tx.outbox.add(member.id, Send(Content((Span("x"),))), bot.clock.now())

    await bot.house.store.write(fill)
    bot.clock.at += 7 * DAYS
    await bot.tick()
    assert await counted(bot, "outbox") == 0
    assert ann.passage(sent[0]) is Passage.NOT_SENT


async def test_a_start_opens_each_key_once_in_each_file_and_for_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path) as bot:
        made = await bot.house.store.write(lambda tx: people(tx, 50, Stage.HOME, bot))
        await bot.house.store.write(lambda tx: tx.vault.destroy(made[7]))
    unwrapped = Counter[str]()
    plain: Callable[[KeyFile, str, bytes], bytes] = KeyFile._unwrap

    def watched(keys: KeyFile, name: str, wrapped: bytes) -> bytes:
        unwrapped[name] += 1
        return plain(keys, name, wrapped)

    monkeypatch.setattr(KeyFile, "_unwrap", watched)  # counts what is unwrapped
    async with running(tmp_path) as bot:
        assert await counted(bot, "member") == 49
    assert {count for name, count in unwrapped.items() if name.startswith("member:")} == {2}
