"""Command menu and descriptions that Telegram shows, by scope and language; set only when changed."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot.adapter import Command, Reads, Scope, Where, backoff, words_or
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import described

log = logging.getLogger(__name__)

START = "start"
"""Telegram's own word: it means that they joined."""
MEMBERS, GROUPS = "all_private_chats", "all_group_chats"
GROUP_SCOPE: Mapping[str, object] = {"type": GROUPS}
"""Where others read along: a command there is seen by the bot alone, where the app knows how."""
LONGEST_HELP, MOST_COMMANDS = 256, 100
LONGEST_PAUSE = 600.0
ABOUT = (
    ("MyDescription", "description", "telegram-description"),
    ("MyShortDescription", "short_description", "telegram-short-description"),
)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One thing to keep at Telegram: set by `set<name>`, read by `get<name>` with `key`."""

    name: str
    key: Mapping[str, object]
    value: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class MenuPart:
    """What `MenuEntry` keeps, by the key it is read with; `title` is what an operator calls it."""

    name: str
    key: Mapping[str, object]
    title: str


def spelled(word: str) -> str:
    """Return a command's name in the letters Telegram allows."""
    return word.replace("-", "_").lower()


def by_word(commands: Iterable[Command]) -> dict[str, Command]:
    """Index the table by what people type: names and aliases."""
    words = ((word, command) for command in commands for word in (*command.aliases, command.name))
    return {spelled(word): command for word, command in words if word != START}


def menu(commands: tuple[Command, ...], reads: Reads, moderators: Iterable[int] = ()) -> Iterator[MenuEntry]:
    """Yield the lists and descriptions of every language; the first language stands for all others.

    `moderators` are the groups of the moderators: the only ones where their commands are listed.
    """
    staff = [each for each in commands if Where.MODERATORS is each.where or each.scope is Scope.MODERATOR]
    members = [each for each in commands if each not in staff]
    scopes: list[tuple[Mapping[str, object], list[Command]]] = [
        ({"type": MEMBERS}, members),
        (GROUP_SCOPE, [each for each in members if each.public]),
        *(({"type": "chat", "chat_id": chat}, staff) for chat in moderators),
    ]
    for language, locale in _languages(reads):
        for scope, shown in scopes:
            yield _entry(reads, locale, {"scope": scope, **language}, shown, ephemeral=scope is GROUP_SCOPE)
        for name, field, key in ABOUT:
            if text := words_or(reads, locale, key):
                yield MenuEntry(name, language, {field: text})


def menu_parts(locales: Sequence[str], moderators: Iterable[int] = ()) -> Iterator[MenuPart]:
    """Yield what `menu` keeps at Telegram, without what it says: for whoever looks whether it is there."""
    scopes: list[tuple[Mapping[str, object], str]] = [
        ({"type": MEMBERS}, "menu of commands in private chats"),
        (GROUP_SCOPE, "menu of commands in groups"),
        *(({"type": "chat", "chat_id": chat}, f"menu of moderators' commands in group {chat}") for chat in moderators),
    ]
    for number, locale in enumerate(locales):
        language, spoken = {"language_code": _code(number, locale)}, f' (language "{locale}")'
        for scope, title in scopes:
            yield MenuPart("MyCommands", {"scope": scope, **language}, title + spoken)
        for name, title in (("MyDescription", "description"), ("MyShortDescription", "short description")):
            yield MenuPart(name, language, title + spoken)


def staff_menu(commands: tuple[Command, ...], reads: Reads, person: int) -> Iterator[MenuEntry]:
    """Yield the lists of a moderator's private chat: what everybody can do there, and what moderators can."""
    scope = {"scope": {"type": "chat", "chat_id": person}}
    for language, locale in _languages(reads):
        yield _entry(reads, locale, {**scope, **language}, commands[:MOST_COMMANDS])


def _languages(reads: Reads) -> Iterator[tuple[Mapping[str, object], str]]:
    for number, locale in enumerate(reads.locales()):
        yield {"language_code": _code(number, locale)}, locale


def _code(number: int, locale: str) -> str:
    """Return what Telegram calls a language; the first one stands for all others."""
    return locale[:2].lower() if number else ""


def _entry(
    reads: Reads, locale: str, key: Mapping[str, object], shown: Iterable[Command], *, ephemeral: bool = False
) -> MenuEntry:
    apart = {"is_ephemeral": True} if ephemeral else {}
    listed = [
        {"command": spelled(each.name), "description": reads.words(locale, each.help)[:LONGEST_HELP], **apart}
        for each in shown
    ]
    return MenuEntry("MyCommands", key, {"commands": listed})


async def publish(
    api: BotApi, entries: Iterable[MenuEntry], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Bring Telegram's copy up to date, each entry by itself; what is the same already is left alone.

    What can't be set just now is tried again until it can. Nothing waits for this: the bot works without.
    """
    left = list(entries)
    for pause in backoff(1, LONGEST_PAUSE):
        left = [entry for entry in left if not await _is_settled(api, entry)]
        if not left:
            return
        await sleep(pause)


async def _is_settled(api: BotApi, entry: MenuEntry) -> bool:
    """Set one entry if need be; return whether nothing is left to do: it stands, or it is refused for good."""
    try:
        if await _shown(api, entry) not in (dict(entry.value), *entry.value.values()):
            await api.call(f"set{entry.name}", {**entry.key, **entry.value})
    except (BadRequest, Forbidden) as error:
        where = json.dumps({name: value for name, value in entry.key.items() if value}, sort_keys=True)
        log.warning("Telegram: set%s for %s was refused (%s)", entry.name, where, described(error))
    except TelegramError as error:
        log.info("Telegram: %s waits (%s)", entry.name, type(error).__name__)
        return False
    return True


async def _shown(api: BotApi, entry: MenuEntry) -> object:
    """Return what Telegram has; None where a server of one's own can't say, and may take it all the same."""
    try:
        return await api.call(f"get{entry.name}", entry.key)
    except BadRequest:
        return None
