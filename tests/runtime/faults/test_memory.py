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


def traces(key: str) -> dict[str, list[str]]:
    """Return which kinds of object still hold what."""
    wanted = {name: pattern(parts) for name, parts in PARTS.items()}
    texts = re.compile("|".join(f"(?P<{name}>{one})" for name, one in wanted.items()))
    start, rest = bytes.fromhex(key[:2]), bytes.fromhex(key[2:])
    raw = re.compile(
        texts.pattern.encode() + b"|(?P<key>[" + re.escape(start) + b"]" + re.escape(rest) + b")", re.DOTALL
    )
    found: dict[str, list[str]] = {name: [] for name in (*wanted, "key")}
    for holder, what, name in held(texts, raw):
        found[name].append(f"{holder}: {what}")
    return found


def held(texts: re.Pattern[str], raw: re.Pattern[bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield the kind of each object that holds a secret, the kind of what it holds, and the secret's name."""
    # What was there before the tests began is out of the collector's sight, and may hold something now.
    gc.unfreeze()
    gc.collect()
    clean = set[int]()
    for one in gc.get_objects():
        for part in gc.get_referents(one):
            if id(part) in clean or not isinstance(part, str | bytes | bytearray):
                continue
            matches = [*(texts.finditer(part) if isinstance(part, str) else raw.finditer(part))]
            if not matches:
                clean.add(id(part))
            yield from ((type(one).__name__, type(part).__name__, str(match.lastgroup)) for match in matches)
    gc.freeze()


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
