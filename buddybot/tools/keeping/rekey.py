"""`buddybot rekey`: a new operator's key, and every other key wrapped anew by it, without a pause."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from buddybot.runtime.keeping.rekey import REKEY
from buddybot.tools.asking import house_answer


def main(argv: Sequence[str]) -> int:
    """Change the key; return 0, or 1 with one sentence on stderr."""
    parser = ArgumentParser(prog="buddybot rekey", description="Change the operator's key, also while the bot runs.")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    told = house_answer(options.config, REKEY, {})
    if told is None:
        return 1
    sys.stdout.write(f"{told['file']}\n")
    sys.stderr.write(f"{told['keys']} keys are wrapped anew; the new operator's key is in the file named above\n")
    if told["given"]:
        sys.stderr.write("set BUDDYBOT_OPERATOR_KEY to it before the next start, then delete the file\n")
    sys.stderr.write("now make a backup with --keys-to, and keep the new key where the old one was kept\n")
    return 0
