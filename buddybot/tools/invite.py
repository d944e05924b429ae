"""`buddybot invite`: makes one-time invite codes for links that open the chat with the inviter's name."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from buddybot.service.operator_requests import LONGEST_DAYS, MOST_INVITES, invite_fault
from buddybot.tools.asking import house_answer


def main(argv: Sequence[str] | None = None) -> int:
    """Run `buddybot invite`: a word a line on stdout."""
    parser = ArgumentParser(
        prog="buddybot invite", description="Make invites of a clinic or community, also while the bot runs."
    )
    parser.add_argument("--label", required=True, help="who invites, as people read it")
    parser.add_argument("--count", type=int, default=1, help=f"how many, 1 to {MOST_INVITES} (default: 1)")
    parser.add_argument(
        "--days", type=int, default=30, help=f"how long they work, 1 to {LONGEST_DAYS} days (default: 30)"
    )
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    if fault := invite_fault(options.label, options.count, options.days):
        parser.error(fault)
    asked = {"label": options.label, "count": options.count, "days": options.days}
    told = house_answer(options.config, "invite", asked)
    if told is None:
        return 1
    sys.stdout.write("".join(f"{word}\n" for word in _listed(told.get("words"))))
    sys.stderr.write("on Telegram: https://t.me/YOUR_BOT?start=WORD; elsewhere people send the bot: /link WORD\n")
    return 0


def _listed(words: object) -> list[str]:
    return [str(word) for word in words] if isinstance(words, list) else []
