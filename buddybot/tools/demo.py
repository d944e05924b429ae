"""`buddybot demo`: the bot with practice peers, a desk and, if asked for, a fast clock, to be tried all alone."""

import asyncio
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from buddybot.config import Settings
from buddybot.config.tables import ChannelSettings, MatchingSettings, StoreSettings
from buddybot.domain.kernel.world import World
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.tools.practice.cast import load_cast
from buddybot.tools.practice.furnishing import furnishing
from buddybot.tools.practice.peers import CHANNEL_KEY, PracticePlatform

OWN_STORE = StoreSettings(url="sqlite:var/demo.db", keys=Path("var/demo-keys"), backups=Path("var/demo-backups"))
"""Where the demo keeps things unless the settings name another place: never where members are to come later."""
CHANNEL = ChannelSettings(key=CHANNEL_KEY, title="Evening table")
CHAT_PORT = 8080
BANNER = """\
This is a demo. Six practice peers live here, and some more who sit in circles; all are programs, and say so in every
message.
  the page  {page}
  the desk  a link comes below; press Enter here for another (each works once)
Try: say hi and answer; be matched; write a few notes. In the lane "own use" one peer goes silent after two notes, and
one says after three what calls for help; in "someone I care about" one says something to /report. Then see the desk.
/circle asks for a small group (end a talk first, with /goodbye), /now for somebody to talk with. /write evening and
some words post in a channel, which is shown here; /wisdom sleep looks into the library: its stories are samples.{clock}
"""


def demo_settings(settings: Settings) -> Settings:
    """Return the settings with a round every minute, a desk, a channel, and a database of the demo's own."""
    store = OWN_STORE if settings.store == StoreSettings() else settings.store
    return settings.model_copy(
        update={
            "matching": MatchingSettings(round_minutes=1),
            "store": store,
            "adapters": {"desk": {}, **settings.adapters},
            "channels": settings.channels or (CHANNEL,),
        }
    )


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


def introduce(settings: Settings, store: GroupStore, factor: int) -> PracticePlatform:
    """Say what there is to try, and return the practice platform; Enter at a terminal asks for a link to the desk."""
    port = settings.adapters.get("web", {}).get("port", CHAT_PORT)
    clock = f"\nThe clock runs {factor} times as fast: an hour takes {3600 // factor} seconds." if factor > 1 else ""
    sys.stdout.write(BANNER.format(page=f"http://127.0.0.1:{port}", clock=clock))
    cast = load_cast()
    platform = PracticePlatform(
        cast,
        lambda link: sys.stdout.write(f"  the desk  {link}\n"),
        furnishing(store, cast, system_world()),
        show_post=lambda text: sys.stdout.write(f"  in the channel  {text}\n"),
    )
    if sys.stdin.isatty():
        asyncio.get_running_loop().add_reader(sys.stdin, _entered, platform, set())
    return platform


def _entered(platform: PracticePlatform, asking: set[asyncio.Task[None]]) -> None:
    sys.stdin.readline()
    task = asyncio.ensure_future(platform.open_desk())
    asking.add(task)
    task.add_done_callback(asking.discard)
