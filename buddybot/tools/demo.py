"""`buddybot demo`: the bot with practice peers, a desk and, if asked for, a fast clock, to be tried all alone."""

import asyncio
import itertools
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from buddybot.config import MatchingSettings, Settings, StoreSettings
from buddybot.domain.kernel.messages import Address
from buddybot.domain.kernel.world import World
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.store.matching.ties import TieKind
from buddybot.store.tx import Tx
from buddybot.tools.practice.cast import load_cast
from buddybot.tools.practice.peers import PracticePlatform

OWN_STORE = StoreSettings(url="sqlite:var/demo.db", keys=Path("var/demo-keys"), backups=Path("var/demo-backups"))
"""Where the demo keeps things unless the settings name another place: never where members are to come later."""
CHAT_PORT = 8080
BANNER = """\
This is a demo. Six practice peers live here; all are programs, and say so in every message.
  the page  {page}
  the desk  a link comes below; press Enter here for another (each works once)
Try: say hi and answer; be matched; write a few notes. In the lane "own use" one peer goes silent after two notes, and
one says after three what calls for help; in "someone I care about" one says something to /report. Then see the desk.
/circle asks for a small group, /now for somebody to talk with, /goodbye ends a talk.{clock}
"""


def demo_settings(settings: Settings) -> Settings:
    """Return the settings with a round every minute, a desk, and a database of the demo's own."""
    store = OWN_STORE if settings.store == StoreSettings() else settings.store
    adapters = {"desk": {}, **settings.adapters}
    matching = MatchingSettings(round_minutes=1)
    return settings.model_copy(update={"matching": matching, "store": store, "adapters": adapters})


def lenient(book: Book) -> Book:
    """Return the content with no floor of score, so that one who skips every question meets a peer too.

    Every hard limit stands: somebody whose limits rule the peers out meets nobody, as in earnest.
    """
    waiting = replace(book.weights.waiting, floors=(), floor_after=0.0)
    policy = replace(book.weights.policy, instant_at=0.0)
    return replace(book, weights=replace(book.weights, waiting=waiting, policy=policy))


def fast_world(factor: int, world: World | None = None) -> World:
    """Return a world whose clock runs `factor` times as fast from now on."""
    real = world or system_world()
    begun = real.now()

    def now() -> datetime:
        return begun + (real.now() - begun) * factor

    return replace(real, now=now)


def introduce(
    settings: Settings, store: GroupStore, factor: int, write: Callable[[str], object] = sys.stdout.write
) -> PracticePlatform:
    """Say what there is to try, and return the practice platform; Enter at a terminal asks for a link to the desk."""
    port = settings.adapters.get("web", {}).get("port", CHAT_PORT)
    clock = f"\nThe clock runs {factor} times as fast: an hour takes {3600 // factor} seconds." if factor > 1 else ""
    write(BANNER.format(page=f"http://127.0.0.1:{port}", clock=clock))
    platform = PracticePlatform(load_cast(), lambda link: write(f"  the desk  {link}\n"), kept_apart(store))
    if sys.stdin.isatty():
        asyncio.get_running_loop().add_reader(sys.stdin, _entered, platform, set())
    return platform


def kept_apart(store: GroupStore) -> Callable[[Sequence[Address]], Awaitable[None]]:
    """Return what keeps practice peers from being matched with one another: they are there for people."""

    async def apart(addresses: Sequence[Address]) -> None:
        await store.write(lambda tx: _tie(tx, addresses))

    return apart


def _tie(tx: Tx, addresses: Sequence[Address]) -> None:
    for mine, other in itertools.permutations(addresses, 2):
        if (member := tx.members.by_address(mine)) is not None:
            tx.ties.add(member.id, tx.members.person(other), TieKind.KNOWN, member.joined_at)


def _entered(platform: PracticePlatform, asking: set[asyncio.Task[None]]) -> None:
    sys.stdin.readline()
    task = asyncio.ensure_future(platform.open_desk())
    asking.add(task)
    task.add_done_callback(asking.discard)
