"""`buddybot top`: live status board of the running bot in the terminal, refreshed every two seconds."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from buddybot.config import ConfigError, Settings
from buddybot.content.validation import TableError, validated
from buddybot.domain.moderation.vitals import Vitals
from buddybot.runtime.operator_socket import ask_running
from buddybot.runtime.watching.board import board
from buddybot.runtime.watching.vitals import REQUEST
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import settings_here

EVERY = 2.0
PATIENCE = 10.0


def main(argv: Sequence[str]) -> int:
    """Show the board until Ctrl-C, or once."""
    parser = ArgumentParser(prog="buddybot top", description="Show how the running bot is, refreshed.")
    parser.add_argument("--once", action="store_true", help="show it once and end")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    try:
        settings = settings_here(options.config)
        shown = _shown(settings)
        if options.once or not sys.stdout.isatty():
            Console().print(shown)
            return 0
        with Live(shown, screen=True, auto_refresh=False) as live:
            while True:
                time.sleep(EVERY)
                live.update(_shown(settings), refresh=True)
    except KeyboardInterrupt:
        return 0
    except (ConfigError, StoreError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


def _shown(settings: Settings) -> Group:
    """Return the board as the running bot tells it."""
    told = ask_running(settings.store.keys, REQUEST, {}, patience=PATIENCE)
    if told is None:
        raise StoreError("the bot does not run, or not with these settings: `buddybot doctor` says more")
    try:
        vitals = validated(Vitals, told)
    except TableError as error:
        raise StoreError("another version runs than this command's: start the bot anew") from error
    found = board(vitals, public=settings.open_to_public())
    lines = Table(box=None, show_header=False)
    for one in found.lines:
        lines.add_row(Text(one.name, style="bold"), Text(one.told))
    title = Text(f"{vitals.stored.at:%Y-%m-%d %H:%M:%S} UTC")
    return Group(title, lines, *(Text(f"! {one}", style="red") for one in found.wrong))
