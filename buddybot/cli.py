"""The command line: `buddybot run`, `init`, `check`, `demo`, and the tools for content and matching."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from buddybot import __version__
from buddybot.adapter import Adapter, AdapterError
from buddybot.config import ConfigError, Settings, adapter_settings, load_settings
from buddybot.content.files import ContentError, content_dir
from buddybot.interrupts import ends_on_ctrl_c
from buddybot.store.kernel.errors import StoreError
from buddybot.unswept import unswept

if TYPE_CHECKING:
    from buddybot.content.known import KnownContent
    from buddybot.domain.kernel.world import World
    from buddybot.runtime.house import House
    from buddybot.runtime.second.advised import AdvisedScreener
    from buddybot.runtime.storage.group_commit import GroupStore
    from buddybot.service.kernel.book import Book

FAULTS = (AdapterError, ConfigError, ContentError, StoreError)
FAULT, MISUSE = 1, 2
FAST = 30
TOOLS: Mapping[str, tuple[str, str]] = {
    "init": ("init", "ask a few things, write config.toml, make the keys; --server: and what a server needs"),
    "language": ("language", "list what a language lacks, with the English and a note for translators"),
    "screen": ("screen", "say what messages on stdin are, one JSON string a line"),
    "match": ("match", "pair a pool of people from a JSONL file"),
    "backup": ("keeping.backup", "keep an encrypted copy of the database, also while the bot runs"),
    "restore": ("keeping.restore", "put a backup in the place of a lost database"),
    "rekey": ("keeping.rekey", "change the operator's key, also while the bot runs"),
    "move": ("keeping.move", "copy everything into an empty database elsewhere, such as PostgreSQL"),
    "invite": ("invite", "make words for links that open the chat with the name of whoever gave them"),
    "programme": ("programmes.programme", "programmes that invite people: add, list, end, and their invites"),
    "report": ("programmes.report", "write what a programme may know, as a page with charts and as CSV"),
    "research": ("programmes.research", "export: write the tables of the research export, where it is on"),
    "staff": ("staff", "add, list, remove: people who look after the house, by a word that works once"),
    "doctor": ("watching.doctor", "say what is wrong with the house and what to do, the worst first"),
    "top": ("watching.top", "show how the running bot is, refreshed in the terminal"),
    "audit": ("auditing", "verify: say whether the log of what moderators did is whole"),
    "simulate": ("simulate", "compare policies of matching for a community of your size"),
    "outcomes": ("outcomes", "write what became of offers, for tune to read"),
    "tune": ("tune", "fit the weights of matching to what became of offers"),
}
"""Commands with arguments of their own: the module of each, and what it is for."""
T = TypeVar("T")
STOPPED = "\nstopped; nothing is lost\n"
LANDING = 30.0
"""Seconds that what is under way has to land in once a signal came, before a store that says nothing is given up."""
log = logging.getLogger(__name__)
OPERATOR_KEY = "BUDDYBOT_OPERATOR_KEY"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status. Every fault is a sentence, never a traceback."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments and arguments[0] in TOOLS:
        return _tool(TOOLS[arguments[0]][0], arguments[1:])
    options = _parser().parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options.config, online=options.online)
        if options.command == "demo":
            return _demo(options.config, options.fast)
        return _commands()[options.command](options.config)
    except FAULTS as fault:
        sys.stderr.write(f"{fault}\n")
        return FAULT
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; nothing is lost\n")
        return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="buddybot", description="Pairs people who face opioids with one peer.")
    parser.add_argument("--version", action="version", version=f"buddybot {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help_text in (
        ("run", "start the bot on all configured platforms"),
        ("check", "check settings, content, database and keys; say what to mend"),
        ("demo", "run with practice peers, so that one person can try everything"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
        if name == "demo":
            command.add_argument(
                *("--fast",),
                type=int,
                nargs="?",
                const=FAST,
                default=1,
                choices=range(1, 241),
                metavar="N",
                help=f"let the clock run N times as fast, 1 to 240 (without N: {FAST})",
            )
        if name == "check":
            command.add_argument(
                "--online", action="store_true", help="also ask the platforms what the bot lacks there"
            )
    for name, (_, help_text) in TOOLS.items():
        commands.add_parser(name, help=help_text, add_help=False)
    return parser


def _tool(module: str, arguments: Sequence[str]) -> int:
    """Run a command with arguments of its own; what it needs is imported only now."""
    with ends_on_ctrl_c():
        main: Callable[[Sequence[str]], int] = import_module(f"buddybot.tools.{module}").main
    return main(arguments)


def _commands() -> Mapping[str, Callable[[Path | None], int]]:
    return {"run": _run}


def _run(config: Path | None) -> int:
    with ends_on_ctrl_c():
        settings = load_settings(config, os.environ)
    return asyncio.run(_serve(settings))


def _demo(config: Path | None, factor: int) -> int:
    with ends_on_ctrl_c():
        from buddybot.tools.demo import demo_settings, fast_world, introduce, lenient

        settings = demo_settings(load_settings(config, os.environ))

    async def serve() -> int:
        return await _serve(settings, lambda store: (introduce(settings, store, factor),), lenient, fast_world(factor))

    return asyncio.run(serve())


def _check(config: Path | None, *, online: bool) -> int:
    from buddybot.tools.setup import check

    return check(config, online=online)


async def _serve(
    settings: Settings,
    guests: "Callable[[GroupStore], Sequence[Adapter]]" = lambda _: (),
    change: "Callable[[Book], Book]" = lambda book: book,
    world: "World | None" = None,
) -> int:
    """Open everything, then run until Ctrl-C or a fault; nothing starts when anything can't."""
    stopping = _listen_for_signals()
    with unswept():
        from buddybot.content.crisis_policy import policy_gaps
        from buddybot.runtime.hardening import forbid_core_dumps
        from buddybot.runtime.house import House, closing, quieten
        from buddybot.runtime.keeping.rekey import Rekeying
        from buddybot.runtime.operator_socket import listening
        from buddybot.runtime.rounds import in_a_process
        from buddybot.runtime.storage.opening import open_store
        from buddybot.runtime.watching.logs import begin_logging
        from buddybot.runtime.watching.scraping import scraped
        from buddybot.runtime.watching.vitals import HouseWatch
        from buddybot.runtime.world import system_world

        forbid_core_dumps()
        begin_logging(settings.log_level, settings.log_format)
        quieten()
        known, book, advised, adapters = _read_known(settings, change)
    now = (world or system_world()).now()
    for gap in policy_gaps(settings, now.date()):
        log.error("not ready for people yet: %s", gap)
    opening = open_store(settings.store, now, os.environ.get(OPERATOR_KEY))
    # A file is opened in a moment, and must not be left half made; whoever leaves waits for no server.
    store = await (opening if settings.store.url.startswith("sqlite:") else _unless_stopped(opening, stopping))
    if store is None:
        sys.stderr.write(STOPPED)
        return 0
    async with closing(store):
        known.keep()
        world = world or system_world(None if store.membership is None else store.membership.skew.corrected)
        more = {adapter.platform: adapter for adapter in guests(store)}
        house = House(store, world, book, adapters | more, in_a_process, advised=advised, pretended=list(more))
        rekeying = Rekeying(
            store.keys, settings.store.keys, house.engine.operate, from_environment=OPERATOR_KEY in os.environ
        )
        watch = HouseWatch(house, settings.store, rekeying.answer, public=settings.open_to_public())
        async with listening(settings.store.keys, watch.answer), scraped(settings.metrics, watch):
            await _until_stopped(house, stopping)
    return 0


def _read_known(
    settings: Settings, change: "Callable[[Book], Book]"
) -> "tuple[KnownContent, Book, AdvisedScreener | None, dict[str, Adapter]]":
    """Return what `_read` does and how it is known again; where it was not known, all that can fail is tried now."""
    from buddybot.content.known import KnownContent
    from buddybot.runtime.crowd import load_tables

    known = KnownContent(settings.store.keys, content_dir())
    whole = known.holds()
    if not whole:
        load_tables()
    return (known, *_read(settings, change, whole=whole))


def _read(
    settings: Settings, change: "Callable[[Book], Book]", *, whole: bool
) -> "tuple[Book, AdvisedScreener | None, dict[str, Adapter]]":
    """Return content, second opinion and adapters."""
    from buddybot.content.library import load_book
    from buddybot.runtime.judges import joined, load_judges
    from buddybot.runtime.plugins import load_adapters
    from buddybot.runtime.second.advised import advised_screener

    book = load_book(content_dir(), settings, whole=whole)
    judges = load_judges()
    book = change(replace(book, screen=joined(book.screen, judges)))
    advised = advised_screener(book, judges, content_dir(), settings.screening.second_opinion_ms / 1000)
    adapters = load_adapters({name: adapter_settings(settings, name) for name in settings.adapters}, settings.file)
    return book, advised, adapters


def _listen_for_signals() -> asyncio.Event:
    """Return an event that Ctrl-C or SIGTERM sets: a start that is cut off would leave files half open."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    return stopping


async def _unless_stopped(doing: Coroutine[None, None, T], stopping: asyncio.Event) -> T | None:
    """Return what comes of it; None where a signal came first: then it is broken off, and undoes what it began."""
    task, stopped = asyncio.create_task(doing, name="start"), asyncio.create_task(stopping.wait(), name="stopping")
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
        return await task
    except asyncio.CancelledError:
        return None
    finally:
        stopped.cancel()


async def _until_stopped(house: "House", stopping: asyncio.Event) -> None:
    serving = asyncio.create_task(house.run(), name="house")
    stopped = asyncio.create_task(stopping.wait(), name="stopping")
    try:
        await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not serving.done():
            await asyncio.wait({serving}, timeout=house.take_leave())
            serving.cancel()
            if not (await asyncio.wait({serving}, timeout=LANDING))[0]:
                log.error("the store gives no answer: its lines are cut, and what was not written down comes again")
                house.store.break_off()
        await serving
    except asyncio.CancelledError:
        sys.stderr.write(STOPPED)
    finally:
        stopped.cancel()
