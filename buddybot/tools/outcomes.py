"""`buddybot outcomes`: exports the outcomes of offers, a JSON object a line, for `buddybot tune`."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import fmean

from buddybot.config import ConfigError, load_settings
from buddybot.domain.talk.rooms import Ending
from buddybot.runtime.storage.reading import reading
from buddybot.runtime.world import system_world
from buddybot.service.talk.checkins import ANSWERS, QUESTIONS
from buddybot.store.kernel.errors import StoreError
from buddybot.store.matching.outcomes import Kept
from buddybot.store.tx import Tx

OPERATOR_KEY = "BUDDYBOT_OPERATOR_KEY"
OPEN_LONG_ENOUGH = timedelta(days=14)
MOST = max(ANSWERS.values())


def main(argv: Sequence[str]) -> int:
    """Write all outcomes that are over or two weeks old; return 0, or 1 when the database can't be read."""
    parser = argparse.ArgumentParser(prog="buddybot outcomes", description="Write what became of offers.")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    try:
        return asyncio.run(_write(options.config))
    except (ConfigError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


async def _write(config: Path | None) -> int:
    settings, now = load_settings(config, os.environ), system_world().now()
    async with reading(settings.store, now, os.environ.get(OPERATOR_KEY)) as store:
        lines = await store.read(lambda tx: list(written(tx, now)))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def written(tx: Tx, now: datetime) -> Iterable[str]:
    """Return a line for each offer of which it is known what it came to."""
    for kept in tx.outcomes.all():
        row: dict[str, object] = {"factors": dict(kept.factors), "accepted": kept.room is not None}
        if kept.room is not None:
            if (fate := _fate(tx, kept, now)) is None:
                continue
            row |= fate
        elif now - kept.made_at < timedelta(days=2):
            continue
        yield json.dumps(row, sort_keys=True)


def _fate(tx: Tx, kept: Kept, now: datetime) -> dict[str, object] | None:
    """Return length and ending of a pair; None while it is too early to tell, or no longer known."""
    room = None if kept.room is None else tx.rooms.by_id(kept.room)
    if room is None or (room.ending is None and now - room.opened_at < OPEN_LONG_ENOUGH):
        return None
    end = now if room.ending is None else tx.rooms.closed_at(room.id) or now
    endings = {None: "open", Ending.GOODBYE: "goodbye"}
    taps = {name: fmean(kept.answers[name]) / MOST for name in QUESTIONS if kept.answers.get(name)}
    found: dict[str, object] = {"days": (end - room.opened_at).days, "talked": kept.talked}
    return found | {"ending": endings.get(room.ending, "silent")} | taps
