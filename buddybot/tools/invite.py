"""`buddybot invite`: makes one-time invite codes for links that open the chat with the inviter's name."""

import asyncio
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from buddybot.config import ConfigError, Settings, load_settings
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.store.people.one_time_words import Pass
from buddybot.store.tx import Tx

MOST = 1000
LONGEST = 60


def main(argv: Sequence[str] | None = None) -> int:
    """Run `buddybot invite`: a word a line on stdout."""
    parser = ArgumentParser(
        prog="buddybot invite", description="Make invites of a clinic or community; stop the bot first."
    )
    parser.add_argument("--label", required=True, help="who invites, as people read it")
    parser.add_argument("--count", type=int, default=1, help=f"how many, 1 to {MOST} (default: 1)")
    parser.add_argument("--days", type=int, default=30, help="how long they work, 1 to 365 days (default: 30)")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    label = " ".join(options.label.split())
    if not 1 <= len(label) <= LONGEST or not 1 <= options.count <= MOST or not 1 <= options.days <= 365:  # noqa: PLR2004
        parser.error(f"a label has 1 to {LONGEST} letters; --count is 1 to {MOST}, --days 1 to 365")
    try:
        settings = load_settings(options.config, os.environ)
        words = asyncio.run(_made(settings, label, options.count, timedelta(days=options.days)))
    except (ConfigError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write("".join(f"{word}\n" for word in words))
    sys.stderr.write("on Telegram: https://t.me/YOUR_BOT?start=WORD; elsewhere people send the bot: /link WORD\n")
    return 0


async def _made(settings: Settings, label: str, count: int, lasts: timedelta) -> list[str]:
    world = system_world()
    words = [world.new_id() for _ in range(count)]

    def give(tx: Tx) -> None:
        for word in words:
            tx.passes.give(word, Pass(label=label), world.now() + lasts)

    store = await open_store(settings.store, world.now(), os.environ.get("BUDDYBOT_OPERATOR_KEY"))
    try:
        await store.write(give)
    finally:
        await store.close()
    return words
