"""`buddybot staff`: appoints, lists and removes staff by one-time codes, so that no account id is ever typed."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path

from buddybot.service.operator_requests import ROLES
from buddybot.tools.asking import house_answer

SOURCES = {"config": "by config.toml", "platform": "by a platform's role", "word": "by a word"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run `buddybot staff add`, `list` or `remove`, also while the bot runs."""
    options = _parser().parse_args(argv)
    asked = {"add": {"role": getattr(options, "role", "")}, "remove": {"reference": getattr(options, "reference", "")}}
    told = house_answer(options.config, f"staff-{options.what}", asked.get(options.what, {}))
    if told is None:
        return 1
    {"add": _added, "list": _listed, "remove": _removed}[options.what](told)
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="buddybot staff", description="Appoint people who look after the house, by a word.")
    commands = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="make a word; whoever sends it to the bot first has the role")
    add.add_argument("--role", required=True, choices=ROLES, help="what they are to be")
    remove = commands.add_parser("remove", help="take a role back that a word gave")
    remove.add_argument("reference", help="as `buddybot staff list` shows it")
    for command in (add, remove, commands.add_parser("list", help="who has which role, without an account")):
        command.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    return parser


def _added(told: Mapping[str, object]) -> None:
    sys.stdout.write(f"{told['word']}\n")
    sys.stderr.write(
        f"Give this word to one person, by a way that only they read. They send the bot: /link {told['word']} "
        f"(on Telegram also https://t.me/YOUR_BOT?start={told['word']}). It works once, for {told['hours']} hours.\n"
    )


def _listed(told: Mapping[str, object]) -> None:
    listed = told.get("staff")
    for reference, role, source, came in listed if isinstance(listed, list) else ():
        never = "" if came else "; nobody with that account has ever written to the bot"
        sys.stdout.write(f"{reference}  {role}, {SOURCES[source]}{never}\n")
    if not listed:
        sys.stderr.write("nobody has a role; `buddybot staff add --role lead` makes a word for the first\n")


def _removed(_: Mapping[str, object]) -> None:
    sys.stderr.write("they have that role no more\n")
