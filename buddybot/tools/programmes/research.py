"""`buddybot research export`: tables of one quarter as CSV, with the data dictionary and the text people agreed to."""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from buddybot.config import ConfigError, Settings
from buddybot.content.files import ContentError, content_dir
from buddybot.content.library import load_book
from buddybot.domain.programmes.counted import TERMS
from buddybot.domain.programmes.quarters import Quarter, quarters_from
from buddybot.service.programmes.counting import RESEARCH
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import settings_here
from buddybot.tools.programmes.publications import publication
from buddybot.tools.programmes.report import TOO_FEW, as_csv, save

DICTIONARY = Path(__file__).parent / "dictionary.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Run `buddybot research export`: three files in the folder of `--out`, or a sentence on why not."""
    parser = ArgumentParser(prog="buddybot research", description="Export tables for research, where it is on.")
    export = parser.add_subparsers(dest="what", required=True, metavar="COMMAND").add_parser(
        "export", help="write one quarter: the same numbers each time, and nothing of fewer than ten people"
    )
    export.add_argument("--quarter", required=True, help="such as 2026-Q3")
    export.add_argument("--out", type=Path, default=Path(), help="folder to write to (default: here)")
    export.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    found = quarters_from(options.quarter, options.quarter)
    if isinstance(found, str):
        sys.stderr.write(f"{found}\n")
        return 2
    try:
        return asyncio.run(_export(settings_here(options.config), found[0], options.out))
    except (ConfigError, ContentError, StoreError) as fault:
        sys.stderr.write(f"{fault}\n")
    except OSError as fault:
        sys.stderr.write(f"{options.out}: nothing can be written there ({fault.strerror}): choose another folder\n")
    return 1


async def _export(settings: Settings, quarter: Quarter, folder: Path) -> int:
    if not settings.programmes.research:
        sys.stderr.write("the research export is off; set programmes.research = true, and only then ask members\n")
        return 1
    told = await publication(settings, RESEARCH, quarter)
    if isinstance(told, str) or not any(table.shows for table in told):
        sys.stderr.write(f"{quarter}: {told if isinstance(told, str) else TOO_FEW}\n")
        return 1
    stem = f"research-{quarter}"
    files = {
        f"{stem}.csv": as_csv({quarter: told}),
        f"{stem}-dictionary.md": DICTIONARY.read_text(encoding="utf-8"),
        f"{stem}-consent.md": _consent(settings),
    }
    save(folder, files)
    return 0


def _consent(settings: Settings) -> str:
    """Return the text that people agreed to, in each language they could read it in."""
    words = load_book(content_dir(), settings).words
    said = [f"## {one}\n\n{words.say(one, 'research-ask', version=TERMS)}\n" for one in words.locales()]
    return "\n".join((f"# What people agreed to\n\nVersion of {TERMS}.\n", *said))
