"""`buddybot backup`: an encrypted copy of the database, made and proven while the bot runs."""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from buddybot.config import ConfigError
from buddybot.runtime.hardening import forbid_core_dumps
from buddybot.runtime.keeping.backup import BackupOrder, make_backup
from buddybot.runtime.keeping.locks import Passphrase
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import operator_key_given, settings_here
from buddybot.tools.keeping.identities import new_identity, recipients
from buddybot.tools.keeping.passphrases import new_passphrase

KEPT = 14


def main(argv: Sequence[str]) -> int:
    """Make a backup; return 0, or 1 with one sentence on stderr."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.keep < 1:
        parser.error("--keep is 1 or more")
    if options.recipient and options.passphrase_file:
        parser.error("--recipient and --passphrase-file are two ways: take one")
    forbid_core_dumps()
    if options.new_identity is not None:
        return _new_identity(options.new_identity)
    try:
        settings = settings_here(options.config)
        order = BackupOrder(
            folder=options.to or settings.store.backups,
            lock=recipients(options.recipient)
            if options.recipient
            else Passphrase(new_passphrase(options.passphrase_file)),
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
    if options.recipient:
        sys.stderr.write("only the recipients' identities open it: try that elsewhere, once\n")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="buddybot backup", description="Keep an encrypted copy of the database.")
    parser.add_argument("--to", type=Path, default=None, help="folder of the backups (default: store.backups)")
    parser.add_argument("--keep", type=int, default=KEPT, help=f"how many stay there (default: {KEPT})")
    parser.add_argument("--keys-to", type=Path, default=None, help="file elsewhere to bring up to date with the keys")
    parser.add_argument("--passphrase-file", type=Path, default=None, help="file with the passphrase in it, mode 0600")
    parser.add_argument(
        *("--recipient",),
        type=Path,
        action="append",
        default=[],
        metavar="FILE.pub",
        help="instead of a passphrase: public key of whoever may open it; can be given several times",
    )
    parser.add_argument(
        "--new-identity", type=Path, default=None, metavar="FILE", help="make a recipient's keys, no backup"
    )
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    return parser


def _new_identity(file: Path) -> int:
    try:
        public = new_identity(file)
    except ConfigError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"{public}\n")
    sys.stderr.write(
        f"{file} opens all backups that are made for {public}: keep it away from the server, in two places; {public} "
        "goes to the server\n"
    )
    return 0
