"""`buddybot move`: copies a house into an empty database elsewhere, such as from SQLite to PostgreSQL."""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from buddybot.config import ConfigError
from buddybot.config.tables import StoreSettings
from buddybot.runtime.keeping.move import move_house, move_keys
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import operator_key_given, settings_here


def main(argv: Sequence[str]) -> int:
    """Move; return 0, or 1 with one sentence on stderr. The old database stays as it is."""
    parser = ArgumentParser(prog="buddybot move", description="Copy everything into an empty database elsewhere.")
    places = parser.add_mutually_exclusive_group(required=True)
    places.add_argument("--to", help='the database: "sqlite:" and a path, or a "postgresql://" address')
    places.add_argument("--keys-to", help='the keys alone: a "postgresql://" address, or a folder')
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    if options.to and not options.to.startswith(("sqlite:", "postgresql://")):
        parser.error('--to starts with "sqlite:" and a path, or with "postgresql://"')
    try:
        settings = settings_here(options.config).store
        if options.keys_to:
            return _keys(settings, options.keys_to)
        rows = asyncio.run(move_house(settings, operator_key_given(), options.to, system_world().now()))
    except (ConfigError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stderr.write(
        f"moved: {rows['member']} members, {sum(rows.values())} rows. Now set store.url to the new place\n"
    )
    sys.stderr.write("the old database is as it was: keep it until the new one has run, then delete it\n")
    return 0


def _keys(settings: StoreSettings, to: str) -> int:
    count = asyncio.run(move_keys(settings, operator_key_given(), to, system_world().now()))
    sys.stderr.write(f"moved: {count} keys. Now set store.keys to the new place\n")
    sys.stderr.write("once the bot has started with it, destroy the old keys: who is erased later lives on in them\n")
    return 0
