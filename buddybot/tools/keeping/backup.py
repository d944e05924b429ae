"""`buddybot backup`: an encrypted copy of the database, made and proven while the bot runs."""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from buddybot.config import ConfigError
from buddybot.runtime.hardening import forbid_core_dumps
from buddybot.runtime.keeping.backup import BackupOrder, make_backup
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import operator_key_given, settings_here
from buddybot.tools.keeping.passphrases import new_passphrase

KEPT = 14


def main(argv: Sequence[str]) -> int:
    """Make a backup; return 0, or 1 with one sentence on stderr."""
    parser = ArgumentParser(prog="buddybot backup", description="Keep an encrypted copy of the database.")
    parser.add_argument("--to", type=Path, default=None, help="folder of the backups (default: store.backups)")
    parser.add_argument("--keep", type=int, default=KEPT, help=f"how many stay there (default: {KEPT})")
    parser.add_argument("--keys-to", type=Path, default=None, help="file elsewhere to bring up to date with the keys")
    parser.add_argument("--passphrase-file", type=Path, default=None, help="file with the passphrase in it, mode 0600")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    if options.keep < 1:
        parser.error("--keep is 1 or more")
    forbid_core_dumps()
    try:
        settings = settings_here(options.config)
        order = BackupOrder(
            folder=options.to or settings.store.backups,
            passphrase=new_passphrase(options.passphrase_file),
            keep=options.keep,
            keys_to=options.keys_to,
        )
        made = asyncio.run(make_backup(settings.store, operator_key_given(), order, system_world().now()))
    except (ConfigError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"{made.path}\n")
    kept = f"{made.dropped} older ones went" if made.dropped else "no older one went"
    sys.stderr.write(f"proven: it was opened again, {made.members} members, {made.opened} records tried; {kept}\n")
    if options.keys_to is None:
        sys.stderr.write("the members' keys are not in it: keep them with --keys-to, on another disk\n")
    return 0
