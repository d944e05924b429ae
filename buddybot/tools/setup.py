"""`buddybot check`: diagnostics of settings, content, database and keys."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from buddybot.adapter import Adapter, AdapterError, Inspector
from buddybot.config import ConfigError, Settings, adapter_settings, load_settings
from buddybot.content.files import ContentError, content_dir
from buddybot.content.library import load_book
from buddybot.domain.kernel.places import Channel
from buddybot.runtime.judges import load_judges
from buddybot.runtime.operator_socket import ask_running
from buddybot.runtime.plugins import load_adapters
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.storage.reading import reading
from buddybot.runtime.watching.vitals import REQUEST
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.watching.places import place_faults, port_faults

LINES_OF = "crisis lines of "
PATIENCE = 10.0


async def _open_once(settings: Settings) -> None:
    store = await open_store(settings.store, system_world().now(), os.environ.get("BUDDYBOT_OPERATOR_KEY"))
    await store.close()


async def _looked_at(settings: Settings) -> None:
    async with reading(settings.store, system_world().now(), os.environ.get("BUDDYBOT_OPERATOR_KEY")):
        pass


def check(config: Path | None, content: Path | None = None, today: date | None = None, *, online: bool = False) -> int:
    """Print diagnostics, a line each, and return 1 on a fault; warnings alone return 0. `content` is where data/ lies.

    `online` also asks the platforms what the bot accounts lack there.
    """
    content = content or content_dir()
    faults = list(_faults(config, content))
    if online and not faults:
        faults = _look_around(config, content)
    for fault in faults:
        sys.stdout.write(f"fault: {fault}\n")
    if not faults:
        book = load_book(content, load_settings(config, os.environ))
        urgent, lines = by_country(book.warnings(today or system_world().now().date()))
        for warning in urgent:
            sys.stdout.write(f"look: {warning}\n")
        sys.stdout.write("sound: settings, content, database and keys\n")
        for warning in lines:
            sys.stdout.write(f"look: {warning}\n")
    return 1 if faults else 0


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


def _look_around(config: Path | None, content: Path) -> list[str]:
    """Return what the bot accounts lack at their platforms, and what kept us from looking."""
    settings = load_settings(config, os.environ)
    channels = load_book(content, settings).channels
    adapters = load_adapters({name: adapter_settings(settings, name) for name in settings.adapters}, settings.file)
    return list(asyncio.run(_inspected(adapters, channels)))


async def _inspected(adapters: Mapping[str, Adapter], channels: tuple[Channel, ...]) -> tuple[str, ...]:
    faults = []
    for name, adapter in adapters.items():
        if isinstance(adapter, Inspector):
            try:
                faults += [f"adapters.{name}: {missing}" for missing in await adapter.inspect(channels)]
            except AdapterError as fault:
                faults.append(f"adapters.{name}: {fault}")
    return tuple(faults)


def _faults(config: Path | None, content: Path) -> Iterator[str]:
    try:
        settings = load_settings(config, os.environ)
        tables = {name: adapter_settings(settings, name) for name in settings.adapters}
    except ConfigError as fault:
        yield from str(fault).splitlines()
        return
    adapters: dict[str, Adapter] = {}
    for step in (
        lambda: load_book(content, settings),
        lambda: adapters.update(load_adapters(tables, settings.file)),
        load_judges,
        lambda: _existing(settings),
        lambda: _places(settings, adapters),
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
