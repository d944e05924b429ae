"""`buddybot programme`: begins and ends programmes that invite people, gives and cancels their invites."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from buddybot.config import ConfigError, Settings
from buddybot.content.files import ContentError, content_dir
from buddybot.content.library import load_book
from buddybot.domain.programmes.invites import FEWEST_USES
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import ask_house, settings_here
from buddybot.tools.programmes.sheet import Printed, print_sheet, sheet_fault

USES, DAYS = 50, 90


def main(argv: Sequence[str] | None = None) -> int:
    """Run `buddybot programme add`, `list`, `end`, `invite` or `cancel`, also while the bot runs."""
    options = _parser().parse_args(argv)
    asked = {key: value for key, value in vars(options).items() if key not in {"what", "config", "sheet", "language"}}
    try:
        settings = settings_here(options.config)
        if getattr(options, "sheet", None) is not None and (fault := _no_sheet(options, settings)):
            sys.stderr.write(f"{fault}\n")
            return 1
        told = asyncio.run(ask_house(settings, f"programme-{options.what}", asked))
    except (ConfigError, ContentError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    if "fault" in told:
        sys.stderr.write(f"{told['fault']}\n")
        return 1
    return _tell(options, settings, told)


def _no_sheet(options: Namespace, settings: Settings) -> str:
    words = load_book(content_dir(), settings).words
    return sheet_fault(options.programme, words, options.language or words.locales())


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="buddybot programme", description="Programmes that invite people, such as a clinic.")
    parts = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    add = parts.add_parser("add", help="begin a programme")
    add.add_argument("name", help="what people read: who sent them")
    listing = parts.add_parser("list", help="programmes and their invites; never who came, nor how many")
    end = parts.add_parser("end", help="let it invite nobody any more, and count nobody from now on")
    invite = parts.add_parser("invite", help="make a code, and links that carry it")
    least = f"how many may come by it, at least {FEWEST_USES} (default: {USES})"
    invite.add_argument("--uses", type=int, default=USES, help=least)
    invite.add_argument("--days", type=int, default=DAYS, help=f"how long it works (default: {DAYS})")
    invite.add_argument("--sheet", type=Path, default=None, metavar="FILE.pdf", help="write a page to print, too")
    only = "the sheet in this language alone, such as es; may be given again (default: all)"
    invite.add_argument("--language", action="append", metavar="CODE", help=only)
    cancel = parts.add_parser("cancel", help="let an invite work no more")
    for command in (end, invite, cancel):
        command.add_argument("programme", help="its name")
    cancel.add_argument("reference", help="as `buddybot programme list` shows it")
    for command in (add, listing, end, invite, cancel):
        command.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    return parser


def _tell(options: Namespace, settings: Settings, told: Mapping[str, object]) -> int:
    match options.what:
        case "add":
            sys.stderr.write(f"{options.name} can invite people now: buddybot programme invite {options.name!r}\n")
        case "list":
            _list(told.get("programmes"))
        case "end":
            sys.stderr.write(f"{told['name']} invites nobody any more, and counts nobody in a quarter yet to begin\n")
        case "cancel":
            sys.stderr.write("this invite works no more\n")
        case _:
            return _show_invite(settings, told, options)
    return 0


def _list(found: object) -> None:
    programmes = found if isinstance(found, list) else []
    for one in programmes:
        ended = f", ended {one['ended']}" if one["ended"] else ""
        sys.stdout.write(f"{one['name']}  since {one['began']}{ended}\n")
        for invite in one["invites"]:
            until = "" if invite["state"] == "cancelled" else f" {invite['until']}"
            sys.stdout.write(f"  {invite['reference']}  {invite['state']}{until}\n")
    if not programmes:
        sys.stderr.write("there is no programme; `buddybot programme add NAME` makes the first\n")


def _show_invite(settings: Settings, told: Mapping[str, object], options: Namespace) -> int:
    """Write the code and its links: the one moment at which it is known."""
    sys.stdout.write(f"{told['code']}\n")
    for where, link in invite_links(settings, str(told["code"])).items():
        sys.stdout.write(f"{where}: {link}\n")
    until = date.fromisoformat(str(told["until"]))
    sys.stderr.write(f"Keep it now: it is shown once. Its reference is {told['reference']}, it works until {until}.\n")
    if (sheet := options.sheet) is None:
        return 0
    words, links = load_book(content_dir(), settings).words, invite_links(settings, str(told["code"]))
    languages = options.language or words.locales()
    try:
        print_sheet(sheet, words, Printed(str(told["name"]), str(told["code"]), until, links, languages))
    except OSError as fault:
        sys.stderr.write(f"{sheet}: the sheet can't be written there ({fault.strerror}); the code works all the same\n")
        return 1
    sys.stdout.write(f"{sheet}\n")
    return 0


def invite_links(settings: Settings, code: str) -> dict[str, str]:
    """Return the links that carry a code, by platform. On the web it stands behind the #: no server ever sees it."""
    plain, found = code.replace("-", ""), dict[str, str]()
    web = settings.adapters.get("web")
    if web is not None and (public := str(web.get("public_url", "")).rstrip("/")):
        path = str(web.get("path", "")).strip("/")
        found["web"] = f"{public}/{path}{'/' if path else ''}#invite={plain}"
    if "telegram" in settings.adapters and settings.programmes.telegram:
        found["telegram"] = f"https://t.me/{settings.programmes.telegram}?start={plain}"
    if "discord" in settings.adapters:
        found["discord"] = f"{settings.programmes.discord or 'open a chat with the bot'} and type /join {code}"
    return found
