"""`buddybot doctor`: diagnosis of the whole house, with and without the running bot; a sentence and a remedy each."""

import asyncio
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from buddybot import __version__
from buddybot.adapter import Adapter, AdapterError
from buddybot.config import ConfigError, Settings, adapter_settings, load_settings
from buddybot.content.files import ContentError, content_dir
from buddybot.content.library import load_book
from buddybot.content.validation import TableError, validated
from buddybot.domain.moderation.vitals import Finding, Grade, Vitals
from buddybot.runtime.operator_socket import ask_running
from buddybot.runtime.plugins import load_adapters
from buddybot.runtime.storage.opening import is_held
from buddybot.runtime.watching.diagnosis import diagnosed
from buddybot.runtime.watching.vitals import REQUEST, kept_vitals
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.errors import StoreError
from buddybot.tools.asking import operator_key_given
from buddybot.tools.watching.places import kept_in_time, place_faults, port_faults, silent_ports
from buddybot.tools.watching.stored import examined

WORDS = {Grade.DANGER: "now", Grade.WRONG: "soon", Grade.LOOK: "look"}
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Machine:
    """Probes of the machine that a test can answer itself."""

    now: Callable[[], datetime]
    kept_in_time: Callable[[], bool] = kept_in_time


def main(argv: Sequence[str]) -> int:
    """Say what is wrong and what to do, the worst first; return 1 if anything is."""
    parser = ArgumentParser(prog="buddybot doctor", description="Say what is wrong with the house and what to do.")
    parser.add_argument("--config", type=Path, default=None, help="settings file (default: config.toml here)")
    options = parser.parse_args(argv)
    found = sorted(findings(options.config, Machine(system_world().now)), key=lambda one: one.grade)
    for one in found:
        sys.stdout.write(f"{WORDS[one.grade]}: {one.about}: {one.sentence}\n")
    wrong = [one for one in found if one.grade is not Grade.LOOK]
    if not wrong:
        sys.stdout.write("well: nothing is wrong\n")
    return 1 if wrong else 0


def findings(config: Path | None, machine: Machine) -> list[Finding]:
    """Examine everything, as far as what is broken lets one look."""
    try:
        settings = load_settings(config, os.environ)
        book = load_book(content_dir(), settings)
        adapters = load_adapters({name: adapter_settings(settings, name) for name in settings.adapters}, settings.file)
    except (AdapterError, ConfigError, ContentError) as fault:
        return [Finding(Grade.DANGER, "settings", line) for line in str(fault).splitlines()]
    found = [Finding(Grade.DANGER, "disk", fault) for fault in place_faults(settings.store)]
    if not machine.kept_in_time():
        sentence = "no time server sets this machine's clock: run `timedatectl set-ntp true`"
        found.append(Finding(Grade.WRONG, "clock", sentence))
    told = list(_running(settings, adapters))
    live = next((one for one in told if isinstance(one, Vitals)), None)
    found += [one for one in told if isinstance(one, Finding)]
    if any(one.about == "disk" for one in found):
        return found
    if settings.store.url.startswith("sqlite:") and not Path(settings.store.url.removeprefix("sqlite:")).exists():
        return [*found, Finding(Grade.WRONG, "database", "there is none yet: `buddybot run` makes it")]
    return found + asyncio.run(_looked_at(settings, book, machine.now(), live))


async def _looked_at(settings: Settings, book: Book, now: datetime, live: Vitals | None) -> list[Finding]:
    """Return what is wrong in database, keys and queues; queues as the bot tells them, where it runs."""
    stored, found = await examined(settings, book, now, operator_key_given())
    vitals = live or (None if stored is None else Vitals(stored, kept_vitals(settings.store)))
    return found if vitals is None else [*found, *diagnosed(vitals, public=settings.open_to_public())]


def _running(settings: Settings, adapters: Mapping[str, Adapter]) -> Iterator[Finding | Vitals]:
    """Ask the running bot; yield its vital signs, or what is wrong with it."""
    try:
        told = ask_running(settings.store.keys, REQUEST, {}, patience=PATIENCE)
    except (StoreError, OSError) as fault:
        sentence = f"it does not answer ({fault}): see its log, then start it anew"
        yield Finding(Grade.DANGER, "bot", sentence)
        return
    if told is None:
        yield from _stopped(settings, adapters)
        return
    try:
        live = validated(Vitals, told)
    except TableError:
        sentence = f"another version runs than this command's ({__version__}): start it anew"
        yield Finding(Grade.WRONG, "version", sentence)
        return
    if live.process is not None and live.process.version != __version__:
        sentence = f"version {live.process.version} runs, this command is {__version__}: start the bot anew"
        yield Finding(Grade.WRONG, "version", sentence)
    yield live
    for name, host, port in silent_ports(adapters):
        sentence = f"the bot runs, but nobody takes a connection on {host} port {port}: see its log for adapters.{name}"
        yield Finding(Grade.DANGER, f"platform {name}", sentence)


def _stopped(settings: Settings, adapters: Mapping[str, Adapter]) -> Iterator[Finding]:
    if is_held(settings.store):
        yield Finding(
            Grade.DANGER,
            "bot",
            "a bot has the database but does not listen on operator.sock in the folder of the keys: start it anew",
        )
        return
    sentence = "it does not run: start it (`systemctl start buddybot`, or `buddybot run`); its log says why it ended"
    yield Finding(Grade.DANGER, "bot", sentence)
    for fault in port_faults(adapters):
        yield Finding(Grade.DANGER, "port", fault)
