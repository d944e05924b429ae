"""Per-chat ordering of updates: each is taken by itself, in the order of its chat, and acknowledged when on disk.

One that can't be written down holds up nobody else's, and no later words of the same person: those are handed to the
core behind it, which keeps each person's order and hears a cry for help among them at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TypeAlias

from buddybot.adapter import lru
from buddybot_telegram.outbound import Arguments

Take: TypeAlias = Callable[[Arguments, bool, Callable[[], None]], Awaitable[None]]
"""Takes an update; it may be an old one, where the second is true. The third is called as the core is given its last
event: from then on the core keeps the order.
"""
LATE = 1.0
"""Seconds after which an update that is not taken yet holds up nobody else's."""
GAP = 0.3
"""Seconds for which an update that came out of turn waits for the one before it."""
MOST_SEEN = 4096


class Takings:
    """Updates on their way to the disk; Telegram sends again what is not acknowledged, and what is known is joined.

    Where they come side by side, `gap` is how long one waits for the number before its own.
    """

    def __init__(self, take: Take, gap: float = 0.0) -> None:
        self._take, self._gap = take, gap
        self._known: dict[int, asyncio.Task[None]] = {}
        self._lines: dict[object, dict[int, asyncio.Event]] = {}
        """Of each chat, what was not handed to the core yet."""
        self._seen: MutableMapping[int, bool] = lru(MOST_SEEN)
        self._missed: dict[int, asyncio.Event] = {}

    def begin(self, update: Arguments, *, is_late: bool = False) -> "asyncio.Task[None]":
        """Begin with an update, or join it where it is under way."""
        number, chat = number_of(update), chat_of(update)
        if (known := self._known.get(number)) is not None:
            return known
        self._seen[number] = True
        if (missed := self._missed.get(number)) is not None:
            missed.set()
        self._lines.setdefault(chat, {})[number] = asyncio.Event()
        task = asyncio.create_task(self._in_order(number, chat, update, is_late=is_late), name="update")
        self._known[number] = task
        return task

    def waiting(self) -> "set[asyncio.Task[None]]":
        """Return those that are not taken yet."""
        return {task for task in self._known.values() if not task.done()}

    def is_known(self, update: Arguments) -> bool:
        """Return whether it was begun with, and not forgotten."""
        return number_of(update) in self._known

    def offset(self, before: int) -> int:
        """Return the first update that is not taken yet, and forget those before it; raise what one of them raised."""
        for number, task in sorted(self._known.items()):
            if not task.done():
                return number
            del self._known[number]
            task.result()
            before = number + 1
        return before

    def forget(self, update: Arguments) -> None:
        """Forget one that was taken, or failed: if it comes again, it is taken again."""
        self._known.pop(number_of(update), None)

    async def end(self) -> None:
        """Let go of what waits: Telegram sends it again."""
        tasks = list(self._known.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _in_order(self, number: int, chat: object, update: Arguments, *, is_late: bool) -> None:
        line = self._lines[chat]

        def hand_over() -> None:
            if (turn := line.pop(number, None)) is not None:
                turn.set()
            if not line and self._lines.get(chat) is line:
                del self._lines[chat]

        try:
            await self._wait_for(number - 1)
            while earlier := [turn for one, turn in line.items() if one < number]:
                await earlier[0].wait()
            await self._take(update, is_late, hand_over)
        finally:
            hand_over()

    async def _wait_for(self, number: int) -> None:
        """Wait a moment for the update before this one, which may be on another connection."""
        if not self._gap or number in self._seen:
            return
        missed = self._missed.setdefault(number, asyncio.Event())
        try:
            async with asyncio.timeout(self._gap):
                await missed.wait()
        except TimeoutError:
            self._seen[number] = True  # nobody else waits for what does not come
        finally:
            self._missed.pop(number, None)


def number_of(update: Arguments) -> int:
    """Return the number by which an update is acknowledged."""
    number = update["update_id"]
    assert isinstance(number, int)
    return number


def chat_of(update: Arguments) -> object:
    """Return what names the chat that an update is about; all that name none count as one."""
    for kind in update.values():
        if isinstance(kind, dict):
            for part in (kind, kind.get("message")):
                if isinstance(part, dict) and isinstance(chat := part.get("chat"), dict):
                    return _hashable(chat.get("id"))
            if isinstance(sender := kind.get("from"), dict):
                return _hashable(sender.get("id"))
    return None


def _hashable(found: object) -> object:
    return found if isinstance(found, int) else None
