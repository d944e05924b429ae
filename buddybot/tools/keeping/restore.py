"""`buddybot restore`: a backup put in the place of a lost database; whoever was erased stays erased."""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from buddybot.config import ConfigError
from buddybot.runtime.hardening import forbid_core_dumps
from buddybot.runtime.keeping.archive import read_head
from buddybot.runtime.keeping.locks import ArchiveOpener, Passphrase
from buddybot.runtime.keeping.restore import RestoreOrder, restore_backup
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import operator_key_given, settings_here
from buddybot.tools.keeping.identities import identity
from buddybot.tools.keeping.passphrases import known_passphrase
from buddybot.tools.setup import check


def main(argv: Sequence[str]) -> int:
    """Restore, then check; return 0, or 1 with one sentence on stderr."""
    parser = ArgumentParser(prog="buddybot restore", description="Put a backup in the place of a lost database.")
    parser.add_argument("backup", type=Path, help="the backup, a file that ends in .bbk")
    parser.add_argument("--keys", type=Path, default=None, help="the copy of the members' keys that --keys-to made")
    parser.add_argument("--operator-key", type=Path, default=None, help="the copy of operator.key")
    parser.add_argument(
        "--erased", type=Path, action="append", default=[], help="a newer copy of the keys, to erase by"
    )
    parser.add_argument("--passphrase-file", type=Path, default=None, help="file with the passphrase in it, mode 0600")
    parser.add_argument("--identity", type=Path, default=None, help="private key of a recipient whom it was made for")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    forbid_core_dumps()
    try:
        settings = settings_here(options.config)
        opener = _opener(options.backup, options.identity, options.passphrase_file)
        order = RestoreOrder(options.backup, opener, options.keys, options.operator_key, tuple(options.erased))
        found = asyncio.run(restore_backup(settings.store, operator_key_given(), order, system_world().now()))
    except (ConfigError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stderr.write(f"restored: {found.members} members, as of {found.made_at}\n")
    if found.erased:
        sys.stderr.write(f"{found.erased} of them were erased since, and stay so: their rows go at the next start\n")
    return check(options.config)


def _opener(backup: Path, private: Path | None, phrase: Path | None) -> ArchiveOpener:
    """Return what opens this backup; nobody is asked for a passphrase that it does not have."""
    if private is not None:
        return identity(private)
    if backup.is_file():
        with backup.open("rb") as file:
            head, _ = read_head(file, backup)
        if head.sealed:
            raise ConfigError(f"{backup}: this backup was made for a recipient: give their key with --identity")
    return Passphrase(known_passphrase(phrase))
