"""`buddybot report`: writes what a programme may know, as a page with charts and as CSV, also while the bot runs."""

import asyncio
import csv
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from buddybot.config import ConfigError, Settings
from buddybot.content.files import ContentError, content_dir
from buddybot.content.library import load_book
from buddybot.content.words import FALLBACK
from buddybot.domain.programmes.disclosure import SMALLEST, Published
from buddybot.domain.programmes.quarters import Quarter, quarters_from
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import ask_house, settings_here
from buddybot.tools.programmes.pages import report_page
from buddybot.tools.programmes.publications import publication

MOST_QUARTERS = 20
TOO_FEW = f"too few people are counted: it takes {SMALLEST} at least, and about twice as many to be sure"


def main(argv: Sequence[str] | None = None) -> int:
    """Run `buddybot report`: two files in the folder of `--out`, or a sentence on why not."""
    options = _parser().parse_args(argv)
    quarters = quarters_from(options.first, options.last)
    if isinstance(quarters, str):
        sys.stderr.write(f"{quarters}\n")
        return 2
    if len(quarters) > MOST_QUARTERS:
        sys.stderr.write(f"a report is about {MOST_QUARTERS} quarters at most\n")
        return 2
    try:
        return asyncio.run(_report(settings_here(options.config), options, quarters))
    except (ConfigError, ContentError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
    except OSError as fault:
        sys.stderr.write(f"{options.out}: nothing can be written there ({fault.strerror}): choose another folder\n")
    return 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="buddybot report", description="Write what a programme may know.")
    parser.add_argument("programme", help="its name, as `buddybot programme list` shows it")
    parser.add_argument("--from", dest="first", required=True, help="first quarter, such as 2026-Q3 or 2026-07-01")
    parser.add_argument("--to", dest="last", required=True, help="last quarter, such as 2026-Q4 or 2026-12-31")
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write to (default: here)")
    parser.add_argument("--language", default=FALLBACK, help=f"of the page, such as es (default: {FALLBACK})")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    return parser


async def _report(settings: Settings, options: Namespace, quarters: Sequence[Quarter]) -> int:
    words, wanted = load_book(content_dir(), settings).words, str(options.programme)
    if options.language not in words.locales():
        sys.stderr.write(f"there are no words in {options.language!r}; there are: {', '.join(words.locales())}\n")
        return 2
    listed = (await ask_house(settings, "programme-list", {})).get("programmes")
    known = {str(one["name"]).casefold(): one for one in listed} if isinstance(listed, list) else {}
    if (programme := known.get(wanted.casefold())) is None:
        names = ", ".join(str(one["name"]) for one in known.values())
        sys.stderr.write(f"there is no programme {wanted!r}; there are: {names or 'none'}\n")
        return 1
    found = {one: await publication(settings, str(programme["programme"]), one) for one in quarters}
    for quarter, told in found.items():
        if why := _refused(told):
            sys.stderr.write(f"{quarter} is left out: {why}\n")
    shown = {one: told for one, told in found.items() if not isinstance(told, str) and not _refused(told)}
    if not shown:
        sys.stderr.write("there is nothing to report, so nothing was written\n")
        return 1
    name = str(programme["name"])
    stem = "-".join(("report", *re.findall(r"\w+", name.casefold()), str(quarters[0]), str(quarters[-1])))
    page = report_page(words, options.language, name, shown, system_world().now().date())
    own = "" if options.language == FALLBACK else f"-{options.language}"
    save(options.out, {f"{stem}{own}.html": page, f"{stem}.csv": as_csv(shown)})
    return 0


def save(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{folder / name}\n")


def _refused(told: list[Published] | str) -> str:
    """Return why a quarter is left out of the report; "" where it is in it."""
    if isinstance(told, str):
        return told
    return "" if any(table.name == "people" and table.shows for table in told) else TOO_FEW


def as_csv(found: dict[Quarter, list[Published]]) -> str:
    """Return published numbers, a row each; a number that is hidden is an empty field."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("quarter", "measure", "answer", "people"))
    for quarter, tables in found.items():
        for table in tables:
            for cell, count in table.cells.items():
                rows.writerow((quarter, table.name, "/".join(cell), "" if count is None else count))
    return text.getvalue()
