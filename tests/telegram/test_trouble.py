"""While nothing can be written down: who cries for help on Telegram is heard, behind others' words and their own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from buddybot_telegram import polling, updates

from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.errors import StoreError
from buddybot.store.tx import Tx
from tests.stories.wires import until
from tests.telegram.lines import connected
from tests.telegram.test_updates import Hook

T = TypeVar("T")


class Full(GroupStore):
    """A store whose disk is full, until there is room again."""

    def __init__(self, inner: GroupStore) -> None:
        super().__init__(inner._writer, inner._reader)
        self.inner, self.has_room = inner, False

    async def write(self, fn: Callable[[Tx], T]) -> T:
        if not self.has_room:
            raise StoreError("bot.db: the disk is full")
        return await self.inner.write(fn)

    async def read(self, fn: Callable[[Tx], T]) -> T:
        if not self.has_room:
            raise StoreError("bot.db: the disk is full")
        return await self.inner.read(fn)


@pytest.mark.parametrize("hooked", [False, True])
@pytest.mark.parametrize("topic", ["", "Harbour"])
async def test_a_cry_behind_words_that_wait_is_answered_from_memory(
    tmp_path: Path, book: Book, monkeypatch: pytest.MonkeyPatch, topic: str, *, hooked: bool
) -> None:
    for module, name in ((polling, "LATE"), (updates, "LATE"), (updates, "HURRIED")):
        monkeypatch.setattr(module, name, 0.01)  # a moment, and not a second for each
    hook = Hook().settings if hooked else {}
    async with connected(tmp_path, book, topics=bool(topic), settings=hook) as line:
        line.ann.starts()
        await until(line.ann.sees)
        if topic:
            line.ann.makes_topic(topic)
        await line.fake.settled()
        await line.bot.settle()
        await line.starts()  # anew: it knows nobody's topics by heart
        before = line.ann.sees()
        line.bot.house.engine.intake.try_again, line.bot.house.unkept.a_while = 0.01, 0.2
        full = Full(line.bot.house.store)
        line.bot.house.engine.intake._store = full
        line.bot.house.engine.store = full
        first, cat = line.ann.says("my first words", topic=topic), line.fake.person("cat", language="en-US")
        cat.says("i want to kill myself")
        if hooked:
            line.ann.presses_data("home.crisis", first)  # Telegram itself keeps her next words back, but no press
        else:
            line.ann.says("i want to kill myself", topic=topic)
        await until(lambda: any("Part of me is down" in text for text in line.ann.sees()[len(before) :]))
        await until(lambda: any("Part of me is down" in text and "911" in text for text in cat.sees()))
        await until(lambda: any("not lost" in text and "911" in text for text in line.ann.sees()))
        assert len(line.fake.world.pending) == 3
        full.has_room = True
        line.bot.house.engine.store = full.inner
        await line.fake.settled()
        await line.bot.settle()
