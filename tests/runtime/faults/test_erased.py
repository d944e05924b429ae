"""What is erased is not shown any more, on no screen, in no cache and in no core file."""

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Away, Passage, RetryLater
from buddybot.service.kernel.book import Book
from buddybot.store.kernel import sealing
from buddybot.store.kernel.keys import Lasts
from buddybot.testing import Person, TestBot, running


async def erase(person: Person) -> None:
    await person.says("/forget")
    await person.presses("Erase all")
    await person.presses("Yes, erase")


@pytest.mark.parametrize("held", [True, False], ids=["in quiet hours", "after a try that failed"])
async def test_words_that_nobody_has_seen_go_with_whoever_wrote_them(bot: TestBot, *, held: bool) -> None:
    ann, ben = await bot.pair("ann", "ben")
    if held:
        await ben.says("/quiet")
        await ben.says("8-23")
    else:
        bot.platform.fails(ben.address.account, RetryLater())
    await ann.says("nobody has seen this")
    await erase(ann)
    await bot.wait(hours=20)
    assert not any("nobody has seen this" in text for text in ben.sees())
    assert "has moved on" in " ".join(ben.sees())
    await ben.says("/help")
    assert "Here is what you can do" in ben.sees()[-1]


async def test_a_queue_that_was_held_up_by_such_words_goes_on_at_once(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.platform.fails(ben.address.account, RetryLater(300.0))
    await ann.says("nobody has seen this")
    await erase(ann)
    await bot.wait(seconds=2)
    assert "nobody has seen this" not in " ".join(ben.sees())
    assert "has moved on" in ben.sees()[-1]


async def test_a_destroyed_key_is_in_no_cache(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("hello")
    assert sealing._cipher.cache_info().currsize > 0
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert member is not None
    await bot.house.store.write(lambda tx: tx.members.forget(member.id))
    assert sealing._passing.cache_info().currsize == 0
    assert await bot.house.store.read(lambda tx: tx.vault.open(member.id, "private", b"x" * 40)) is None


async def test_an_erasure_that_a_crash_cut_off_leaves_nothing_in_the_file_either(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        await bot.person("ann").says("hi")
        (ann,) = await bot.house.store.read(lambda tx: tx.members.all_ids())
    keys = sqlite3.connect(tmp_path / "keys" / "members.keys")
    keys.execute("DELETE FROM key WHERE name = ?", (f"member:{ann}",))
    keys.commit()
    keys.close()
    (tmp_path / "keys" / "members.keys.copy").write_bytes((tmp_path / "keys" / "members.keys").read_bytes())
    (tmp_path / "bot.db-wal").unlink(missing_ok=True)
    async with running(tmp_path, book=book, seed=2) as bot:
        assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []
        for file in ("bot.db", "bot.db-wal"):
            assert ann.encode() not in (bot.folder / file).read_bytes()


async def test_a_note_whose_hour_is_over_goes_and_its_author_is_told(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.platform.fails(ben.address.account, RetryLater(60.0))
    note = await ann.says("the orchard was quiet")
    soon = bot.clock.now() + timedelta(hours=1)
    # As a crash leaves it between the end of the key and the end of the row.
    await bot.house.store.write(lambda tx: tx.vault.drop_hours(soon, Lasts.UNDELIVERED))
    await bot.wait(minutes=2)
    assert ann.passage(note) is Passage.NOT_SENT
    assert not any("orchard" in text for text in ben.sees())


async def test_the_key_of_an_hour_that_is_over_is_in_no_cache(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("hello")
    assert sealing._passing.cache_info().currsize > 0
    hours = bot.clock.now() + timedelta(hours=2)
    await bot.house.store.write(lambda tx: tx.vault.drop_hours(hours, Lasts.UNDELIVERED))
    assert sealing._passing.cache_info().currsize == 0


LOOK = """
import ctypes, resource
from buddybot.runtime.hardening import forbid_core_dumps
forbid_core_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def test_no_core_file_is_written_and_no_other_process_may_look() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"


async def test_who_blocked_the_bot_and_comes_back_hears_that_something_waited(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.platform.fails(ben.address.account, *[Away()] * 9)
    await ann.says("one")
    await ann.says("two")
    await ben.leaves()
    bot.platform.recovers(ben.address.account)
    bot.door.awake(ben.address)
    await ben.says("hi")
    assert sum("waited here" in text for text in ben.sees()) == 1
    await ben.says("hi")
    assert sum("waited here" in text for text in ben.sees()) == 1
