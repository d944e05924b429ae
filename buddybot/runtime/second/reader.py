"""A worker thread with a bounded queue and a time limit that asks the encoder for a second opinion on each message.

The bot must never wait for it: what is late, too much or broken is left out, counted, and told in the log without a
word of the message. The screener then decides by itself.
"""

import asyncio
import hashlib
import logging
import secrets
from collections import Counter, OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from buddybot.content import ContentError
from buddybot.rules.second import SecondOpinion

LIMIT = 0.15
"""Seconds that a message may wait for a second opinion."""
MOST_PARTS = 24
MOST_WAITING = 12
"""Messages under way; with more, the last would be late anyway, and so would all after it."""
REMEMBERED = 2_000
TELL_EVERY = 60.0

log = logging.getLogger(__name__)


class Advice(Protocol):
    """Whoever can be asked for a second opinion."""

    missed: Counter[str]
    """How many messages went without one, by why."""

    async def of(self, parts: Sequence[str]) -> SecondOpinion | None:
        """Return one on the parts of a message, the whole first; None when there is none in time."""


class Network(Protocol):
    """What reads one text."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Name the numbers that `logits` returns."""

    def logits(self, text: str) -> tuple[float, ...]:
        """Return a number for each label."""


@dataclass(slots=True)
class _Task:
    """A message under way; the worker thread adds rows until it is through, or told to stop."""

    parts: Sequence[str]
    rows: list[tuple[float, ...]] = field(default_factory=list)
    given_up: bool = False


class SecondReader:
    """Asks a network in a thread of its own. Use it in one event loop, and close it at the end."""

    def __init__(self, network: Network, limit: float = LIMIT) -> None:
        self._network, self._limit = network, limit
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="second-opinion")
        self._waiting = 0
        # Of texts only a keyed hash is kept; the key is gone with the process.
        self._key = secrets.token_bytes(16)
        self._known: OrderedDict[bytes, tuple[float, ...]] = OrderedDict()
        self.missed: Counter[str] = Counter()
        self._untold: Counter[str] = Counter()
        self._told = -TELL_EVERY

    async def of(self, parts: Sequence[str]) -> SecondOpinion | None:
        """Return a second opinion, as far as it came in time; None when there is none at all."""
        if not parts:
            return None
        if self._waiting >= MOST_WAITING:
            self._miss("too many at once")
            return None
        task = _Task(parts[:MOST_PARTS])
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limit):
                await asyncio.get_running_loop().run_in_executor(self._thread, self._read, task)
        except TimeoutError:
            self._miss("late")
        except Exception as error:  # noqa: BLE001 - the border "second opinion": a message must pass in any case
            self._miss(type(error).__name__)
            return None
        finally:
            task.given_up = True
            self._waiting -= 1
        return SecondOpinion(self._network.labels, tuple(task.rows)) if task.rows else None

    def close(self) -> None:
        """Let the thread end, without waiting for what it reads."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _read(self, task: _Task) -> None:
        """Read part after part; runs in the thread."""
        for part in task.parts:
            if task.given_up:
                return
            task.rows.append(self._remembered(part))

    def _remembered(self, part: str) -> tuple[float, ...]:
        name = hashlib.blake2b(part.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()
        row = self._known.get(name)
        if row is None:
            row = self._known[name] = self._network.logits(part)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(name)
        return row

    def _miss(self, why: str) -> None:
        """Count what is left out, and tell it at most once a minute."""
        self.missed[why] += 1
        self._untold[why] += 1
        now = asyncio.get_running_loop().time()
        if now - self._told >= TELL_EVERY:
            told = ", ".join(f"{reason}: {count}" for reason, count in self._untold.items())
            log.warning("messages were read without a second opinion (%s)", told)
            self._untold.clear()
            self._told = now


def second_reader(content: Path, limit: float = LIMIT) -> SecondReader | None:
    """Return the second reader, ready; None, with one sentence in the log, where it can't be had or isn't wanted."""
    if limit <= 0:
        return None
    from buddybot.runtime.second.encoder import Encoder  # numpy comes with it, which nothing else here needs

    try:
        return SecondReader(Encoder(content), limit)
    except ContentError as error:
        log.warning("there are no second opinions: %s", str(error))
        return None
