"""Writes the table of rights into docs/telegram.md: `python -m tests.docs_telegram [--write]` says if it is stale."""

import sys
from pathlib import Path

from buddybot_telegram.group.permissions import ADMINISTRATOR, RIGHTS, needed

from buddybot.adapter import ChannelKind

PAGE = Path(__file__).resolve().parent.parent / "docs" / "telegram.md"
BEGIN = "<!-- rights: written by `python -m tests.docs_telegram --write`; a test says when they are out of date -->\n"
END = "<!-- end of rights -->"


def table() -> str:
    """Return a line for each right: where it is needed, and what goes without it."""
    lines = [
        "",
        "| right, as Telegram calls it | members' group | moderators' group | without it |",
        "|---|---|---|---|",
        f"| being an administrator | yes | yes | the bot {ADMINISTRATOR} |",
    ]
    for right, (button, cost) in RIGHTS.items():
        cells = [_where(right, kind) for kind in (ChannelKind.OPEN, ChannelKind.MODERATORS)]
        lines.append(f"| *{button}* | {cells[0]} | {cells[1]} | {cost} |")
    return "\n".join([*lines, "", ""])


def _where(right: str, kind: ChannelKind) -> str:
    """Say whether a right is needed in a group, or only where that has topics."""
    if right in needed(kind, forum=False):
        return "yes"
    if right in needed(kind, forum=True):
        return "with topics"
    return "with `tags`" if right in needed(kind, forum=True, tags=True) else ""


def page() -> str:
    """Return the whole page as it should be."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


def main() -> int:
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") != page():
        sys.stdout.write("docs/telegram.md is out of date: run python -m tests.docs_telegram --write\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
