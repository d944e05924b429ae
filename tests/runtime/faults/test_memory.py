"""Whoever is erased is in no object of the process any more: not their words, their account, their name or their key.

The test walks over everything that Python's collector reaches, and looks into the strings and bytes there. What lies in
memory that was given back, until something else is written over it, is beyond what a program in Python can promise.
"""

import gc
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from buddybot.adapter import Address, Away, Capabilities, Rejected, RetryLater
from buddybot.domain.kernel.messages import Delivery, MessageId, Origin, Pressed, Said
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.keys import member_name
from buddybot.testing import FakePlatform, TestBot, running

PARTS = {
    "words": ("zeb", "ra-in-the", "-rain"),
    "account": ("acc", "ount-4711", "-x"),
    "name": ("Quil", "limane", "77"),
}
"""In parts, so that the whole is nowhere but where the bot puts it."""

Trouble = Callable[[], Exception] | None


class Forgetful(FakePlatform):
    """A platform that remembers nothing but who was shown how much, and a trouble for whoever has one."""

    def __init__(self) -> None:
        super().__init__(capabilities=Capabilities(per_second=1000, per_recipient_second=1000))
        self.trouble: Trouble = None
        self.shown = 0

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Take it, and keep nothing of it."""
        if self.trouble is not None and not delivery.address.account.endswith("ben"):
            raise self.trouble()
        self.shown += 1
        return MessageId(f"m{self.shown}")


def pattern(secret: tuple[str, ...]) -> str:
    """Return what finds this secret, and does not hold it itself."""
    return f"[{secret[0][0]}]{''.join(secret)[1:]}"


def held(found: re.Pattern[str], raw: re.Pattern[bytes]) -> Iterator[str]:
    """Yield what kind of object holds it."""
    gc.collect()
    for one in gc.get_objects():
        for part in gc.get_referents(one):
            text = isinstance(part, str) and found.search(part)
            if text or (isinstance(part, bytes | bytearray) and raw.search(part)):
                yield f"{type(one).__name__}: {type(part).__name__}"


def traces(key: str) -> dict[str, list[str]]:
    """Return who still holds what."""
    wanted = {name: pattern(parts) for name, parts in PARTS.items()}
    found = {name: sorted(held(re.compile(one), re.compile(one.encode()))) for name, one in wanted.items()}
    raw = re.compile(b"[" + re.escape(bytes.fromhex(key[:2])) + b"]" + re.escape(bytes.fromhex(key[2:])), re.DOTALL)
    return found | {"key": sorted(held(re.compile("(?!)"), raw))}


async def say(bot: TestBot, *lines: str) -> None:
    """Let them write, and keep nothing of it."""
    for line in lines:
        origin = Origin(bot.platform.next_id(), Address("fake", "main", "".join(PARTS["account"])))
        pressed = line.startswith("forget.")
        await bot.door.put(Pressed(origin, (line,)) if pressed else Said(origin, line, MessageId(origin.event)))
        await bot.settle()


async def lived(bot: TestBot, platform: Forgetful, trouble: Trouble) -> str:
    """Let somebody come, say who they are, be in trouble, write and erase themselves; return their key in hex."""
    await say(bot, "hi", "find a buddy", "yes", "I agree", "".join(PARTS["name"]), "United States")
    (member,) = await bot.house.store.read(lambda tx: tx.members.all_ids())
    platform.trouble = trouble
    await say(bot, "".join(PARTS["words"]), "i want to die, " + "".join(PARTS["words"]))
    key = bot.house.store.keys.find(member_name(member))
    assert key is not None
    await bot.wait(minutes=10)
    platform.trouble = None
    await say(bot, "/forget", "forget.all", "forget.yes")
    await bot.wait(hours=2)
    assert not await bot.house.store.read(lambda tx: tx.vault.knows(member))
    return key.hex()


@pytest.mark.parametrize("trouble", [None, Away, partial(RetryLater, 120.0), Rejected, ZeroDivisionError])
async def test_no_object_holds_anything_of_whoever_was_erased(tmp_path: Path, book: Book, trouble: Trouble) -> None:
    platform = Forgetful()
    async with running(tmp_path, book=book, platform=platform) as bot:
        key = await lived(bot, platform, trouble)
        left = traces(key)
    assert left == {"words": [], "account": [], "name": [], "key": []}
