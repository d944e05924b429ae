"""The list of commands and the bot's descriptions that Telegram shows, by scope and language; set only when changed."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from telegram.error import TelegramError

from buddybot.adapter import Command, Reads, Scope, Where
from buddybot_telegram.inbound import spelled
from buddybot_telegram.wire import Wire

log = logging.getLogger(__name__)

MEMBERS, GROUPS = "all_private_chats", "all_group_chats"
SEEN = ("crisis", "report", "help")
"""What may be seen typed in a group, where a menu shows it to everyone: it names nobody's trouble."""
LONGEST_HELP = 256
ABOUT = (
    ("MyDescription", "description", "telegram-description"),
    ("MyShortDescription", "short_description", "telegram-short-description"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to keep at Telegram: set by `set<name>`, read by `get<name>` with `key`."""

    name: str
    key: Mapping[str, object]
    value: Mapping[str, object]


def menu(commands: tuple[Command, ...], reads: Reads, moderators: Iterable[int] = ()) -> Iterator[Entry]:
    """Yield the lists and descriptions of every language; the first language stands for all others.

    `moderators` are the groups of the moderators: the only ones where their commands are listed.
    """
    staff = [each for each in commands if Where.MODERATORS is each.where or each.scope is Scope.MODERATOR]
    members = [each for each in commands if each not in staff]
    scopes: list[tuple[Mapping[str, object], list[Command]]] = [
        ({"type": MEMBERS}, members),
        ({"type": GROUPS}, [each for each in members if each.name in SEEN]),
        *(({"type": "chat", "chat_id": chat}, staff) for chat in moderators),
    ]
    for number, locale in enumerate(reads.locales()):
        language = {"language_code": locale[:2].lower() if number else ""}
        for scope, shown in scopes:
            listed = [
                {"command": spelled(each.name), "description": reads.words(locale, each.help)[:LONGEST_HELP]}
                for each in shown
            ]
            yield Entry("MyCommands", {"scope": scope, **language}, {"commands": listed})
        for name, field, key in ABOUT:
            if text := words(reads, locale, key):
                yield Entry(name, language, {field: text})


def words(reads: Reads, locale: str, key: str) -> str:
    """Return a string, or nothing where the operator ships none."""
    try:
        return reads.words(locale, key)
    except KeyError:
        return ""


async def publish(wire: Wire, entries: Iterator[Entry]) -> None:
    """Bring Telegram's copy up to date; what is the same already is left alone, and the bot works without."""
    try:
        for entry in entries:
            shown = await wire.call(f"get{entry.name}", entry.key)
            if shown not in (dict(entry.value), *entry.value.values()):
                await wire.call(f"set{entry.name}", {**entry.key, **entry.value})
    except TelegramError as error:
        log.warning("Telegram: the list of commands was not updated (%s)", type(error).__name__)
