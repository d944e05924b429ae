"""Says which transcripts are out of date: `python -m tests.stories.transcripts [--write] [NAME...]` puts them right."""

import asyncio
import sys

from buddybot.testing import practice_book
from tests.stories.transcripts.script import files, load, replay


async def main() -> int:
    """Replay all, or those whose path ends in one of the names; return 1 where one is out of date and not written."""
    names = [one for one in sys.argv[1:] if not one.startswith("-")]
    write, stale = "--write" in sys.argv, False
    for path in files():
        if names and not any(name in str(path) for name in names):
            continue
        try:
            today = await replay(load(path), practice_book())
        except AssertionError as error:
            sys.stdout.write(f"can't be played: {path}: {error}\n")
            stale = True
            continue
        if today != path.read_text("utf-8"):
            sys.stdout.write(f"{'written' if write else 'out of date'}: {path}\n")
            stale = stale or not write
            if write:
                path.write_text(today, "utf-8")
    return int(stale)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
