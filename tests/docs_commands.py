"""Writes docs/commands.md from the table of commands: `python -m tests.docs_commands [--write]` says if it is stale."""

import sys
from pathlib import Path

from buddybot.adapter import COMMANDS, Command, Scope, Where
from buddybot.content import content_dir
from buddybot.content.words import Words, load_words

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
WHO = {Scope.ANYONE: "anyone", Scope.MEMBER: "members", Scope.MODERATOR: "moderators"}
PLACE = {Where.PRIVATE: "in private", Where.EVERYWHERE: "everywhere", Where.MODERATORS: "where moderators work"}
HEAD = """\
# Commands

<!-- Written by `python -m tests.docs_commands --write`; a test says when it is out of date. -->

A command can be typed (`/help`), chosen from the platform's own menu, or reached by a button. All platforms draw the
same table, `COMMANDS` in `buddybot/domain/kernel/commands.py`. *Anyone* means also before agreeing to anything.
*Everywhere* means in a shared place too; the answer is then for the caller's eyes only.

| command | what it does | with | who | where | also typed as |
|---|---|---|---|---|---|
"""
FOOT = """
On Discord the commands of a group have its name before them: `/buddy find`, `/me export`. Those of moderators are under
`/mod` and `/casework`, typed ones too: `/mod claim CODE` ([Moderate](moderate.md)).

A call for help needs no slash and works at any time: words such as `help me`, `911` or `sos` bring the same card as
`/crisis`. `/find` does for a new person what "Find a buddy" does: it begins with what everybody is
asked first: age, consent, country.

`/link` gives a word that works once, for ten minutes. Sent to the bot from another app (`/link WORD`, or `/start WORD`
on Telegram), it makes that app another way to the same person. `/unlink` keeps only the app it is typed in. `/write`
posts in an anonymous [channel](channels.md).

What you want from a shell, as an operator, is on the page about [running the bot](run.md#commands-of-the-shell).
"""


def row(words: Words, command: Command) -> str:
    """Return the table's line of one command."""
    given = ", ".join(
        f"`{each.name}`: {words.say('en', f'{command.help}-{each.name}').lower()}" for each in command.inputs
    )
    also = " ".join(f"`{alias}`" for alias in command.aliases)
    cells = (
        f"`/{command.name}`",
        words.say("en", command.help),
        given,
        WHO[command.scope],
        PLACE[command.where],
        also,
    )
    return "| " + " | ".join(cells) + " |"


def page() -> str:
    """Return the whole page as it should be."""
    words = load_words(content_dir() / "locales")
    return HEAD + "".join(row(words, command) + "\n" for command in COMMANDS) + FOOT


def main() -> int:
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") != page():
        sys.stderr.write("docs/commands.md is stale; run: python -m tests.docs_commands --write\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
