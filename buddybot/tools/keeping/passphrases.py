"""Where the passphrase of a backup comes from: a file, the environment, or whoever sits at the terminal."""

import os
import sys
from getpass import getpass
from pathlib import Path

from buddybot.config import ConfigError
from buddybot.store.kernel.private_files import open_to_others

VARIABLE = "BUDDYBOT_BACKUP_PASSPHRASE"
SHORTEST = 12
"""Letters: a file that is stolen can be guessed at for years."""


def new_passphrase(file: Path | None) -> str:
    """Return a passphrase for a new backup: long enough, and typed twice."""
    found = _given(file)
    if found is None:
        found = getpass("Passphrase for the backup: ")
        if getpass("The same once more: ") != found:
            raise ConfigError("the two passphrases differ: try again")
    if len(found) < SHORTEST:
        raise ConfigError(f"the passphrase is too short: take {SHORTEST} letters or more, such as five words")
    return found


def known_passphrase(file: Path | None) -> str:
    """Return the passphrase of a backup that is there."""
    found = _given(file)
    return getpass("Passphrase of the backup: ") if found is None else found


def _given(file: Path | None) -> str | None:
    """Return what was given; None where somebody can be asked."""
    if file is not None:
        try:
            if open_to_others(file):
                raise ConfigError(f"{file}: others can read the passphrase: run: chmod 600 {file}")
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file}: the passphrase can't be read ({type(error).__name__}): look there") from error
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise ConfigError(f"a passphrase is needed: give --passphrase-file, or set {VARIABLE}")
    return None
