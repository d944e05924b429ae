"""`buddybot audit verify`: verifies the hash chain of the audit log (whole, unchanged, in order)."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from buddybot.config import ConfigError, load_settings
from buddybot.runtime.storage.reading import reading
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError

OPERATOR_KEY = "BUDDYBOT_OPERATOR_KEY"


def main(arguments: Sequence[str]) -> int:
    """Verify the log; return 0 when it is sound, 1 when it is not or can't be read."""
    parser = argparse.ArgumentParser(prog="buddybot audit")
    parser.add_argument("what", choices=["verify"], help="verify: find any change, gap or reorder")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(arguments)
    try:
        return asyncio.run(_verify(options.config))
    except (ConfigError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


async def _verify(config: Path | None) -> int:
    settings = load_settings(config, os.environ)
    async with reading(settings.store, system_world().now(), os.environ.get(OPERATOR_KEY)) as store:
        trouble, entries = await store.read(lambda tx: (tx.audit.trouble(), tx.audit.entries()))
    if trouble is not None:
        sys.stdout.write(f"broken: {trouble}\n")
        return 1
    last = entries[-1].hash.hex()[:16] if entries else "-"
    sys.stdout.write(f"sound: {len(entries)} entries, the last is {last}\n")
    return 0
