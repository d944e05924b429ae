"""`buddybot check`: diagnostics of settings, content, database and keys."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from buddybot.adapter import Adapter, AdapterError, Inspector
from buddybot.config import ConfigError, Settings, adapter_settings, load_settings
from buddybot.content.files import ContentError, content_dir
from buddybot.content.library import load_book
from buddybot.runtime.crowd import load_tables
from buddybot.runtime.judges import load_judges
from buddybot.runtime.operator_socket import ask_running
from buddybot.runtime.plugins import load_adapters
from buddybot.runtime.storage.reading import reading
from buddybot.runtime.watching.vitals import REQUEST
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.watching.places import place_faults, port_faults

LINES_OF = "crisis lines of "
PATIENCE = 10.0


async def _looked_at(settings: Settings) -> None:
    async with reading(settings.store, system_world().now(), os.environ.get("BUDDYBOT_OPERATOR_KEY")):
        pass


def check(config: Path | None, content: Path | None = None, today: date | None = None, *, online: bool = False) -> int:
    """Print diagnostics, a line each, and return 1 on a fault; warnings alone return 0. `content` is where data/ lies.

    `online` also asks the platforms what the bot accounts lack there.
    """
    house = _Pieces(config, content or content_dir())
    faults = list(_faults(house))
    if online and not faults:
        faults = list(asyncio.run(_inspected(house.adapters, house.book)))
    for fault in faults:
        sys.stdout.write(f"fault: {fault}\n")
    if not faults:
        urgent, lines = by_country(house.book.warnings(today or system_world().now().date()))
        for warning in urgent:
            sys.stdout.write(f"look: {warning}\n")
        sys.stdout.write("sound: settings, content, database and keys\n")
        for warning in lines:
            sys.stdout.write(f"look: {warning}\n")
    return 1 if faults else 0


class _Pieces:
    """Cache of what is looked at: each piece is read once, since content takes a second."""

    def __init__(self, config: Path | None, content: Path) -> None:
        self._config, self._content = config, content
        self.adapters: dict[str, Adapter] = {}

    @cached_property
    def settings(self) -> Settings:
        return load_settings(self._config, os.environ)

    @cached_property
    def tables(self) -> dict[str, Mapping[str, str]]:
        return {name: adapter_settings(self.settings, name) for name in self.settings.adapters}

    @cached_property
    def book(self) -> Book:
        return load_book(self._content, self.settings)

    def make_adapters(self) -> None:
        self.adapters = load_adapters(self.tables, self.settings.file)


def by_country(warnings: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return warnings in two parts: what matters first, then help lines, a country's in one line."""
    countries = dict[str, list[str]]()
    others = list[str]()
    for warning in warnings:
        country, between, rest = warning.partition(": ")
        if between and country.startswith(LINES_OF):
            countries.setdefault(country, []).append(rest)
        else:
            others.append(warning)
    return others, [f"{country}: {' | '.join(found)}" for country, found in countries.items()]


async def _inspected(adapters: Mapping[str, Adapter], book: Book) -> tuple[str, ...]:
    faults = []
    for name, adapter in adapters.items():
        if isinstance(adapter, Inspector):
            try:
                faults += [
                    f"adapters.{name}: {missing}"
                    for missing in await adapter.inspect(book.channels, book.words.locales())
                ]
            except AdapterError as fault:
                faults.append(f"adapters.{name}: {fault}")
    return tuple(faults)


def _faults(house: _Pieces) -> Iterator[str]:
    try:
        settings, _ = house.settings, house.tables
    except ConfigError as fault:
        yield from str(fault).splitlines()
        return
    for step in (
        lambda: house.book,
        house.make_adapters,
        load_judges,
        load_tables,
        lambda: _existing(settings),
        lambda: _places(settings, house.adapters),
    ):
        try:
            step()
        except (AdapterError, ContentError, StoreError) as fault:
            yield from str(fault).splitlines()


def _places(settings: Settings, adapters: Mapping[str, Adapter]) -> None:
    """Try folders, and the ports of adapters that could be made; beside a running bot its ports are its own."""
    faults = list(place_faults(settings.store))
    if ask_running(settings.store.keys, REQUEST, {}, patience=PATIENCE) is None:
        faults += port_faults(adapters)
    if faults:
        raise StoreError("\n".join(faults))


def _existing(settings: Settings) -> None:
    """Open the database only where there is one, to read only beside a running bot: a check makes nothing."""
    database = Path(settings.store.url.removeprefix("sqlite:"))
    if not settings.store.url.startswith("sqlite:") or database.exists():
        asyncio.run(_looked_at(settings))
