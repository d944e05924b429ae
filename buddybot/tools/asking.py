"""Sends a command's request to the running bot; where none runs, the command opens the database and does it itself."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from buddybot.config import ConfigError, Settings, load_settings
from buddybot.content.files import ContentError, content_dir
from buddybot.content.library import load_book
from buddybot.runtime.engine import Engine
from buddybot.runtime.house import closing
from buddybot.runtime.keeping.rekey import Rekeying
from buddybot.runtime.operator_socket import ask_running
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.world import system_world
from buddybot.service.operator_requests import Answer, Asked
from buddybot.store.kernel.errors import StoreError, StoreInUse

OPERATOR_KEY = "BUDDYBOT_OPERATOR_KEY"
STARTING, LOOK_EVERY = 30.0, 0.5
"""Seconds that a bot may need from taking its database to listening, and between two looks."""


def settings_here(config: Path | None) -> Settings:
    """Return the settings that a command works with."""
    return load_settings(config, os.environ)


def operator_key_given() -> str | None:
    """Return the operator's key, where it comes from the environment."""
    return os.environ.get(OPERATOR_KEY)


def house_answer(config: Path | None, request: str, asked: Asked) -> Answer | None:
    """Return what the house answers; None where it can't, or refuses, which is then told on stderr in a sentence."""
    try:
        told = asyncio.run(ask_house(settings_here(config), request, asked))
    except (ConfigError, ContentError, StoreError) as fault:
        told = {"fault": str(fault)}
    if "fault" not in told:
        return told
    sys.stderr.write(f"{told['fault']}\n")
    return None


async def ask_house(settings: Settings, request: str, asked: Asked) -> Answer:
    """Have the bot do something, running or not: the same transaction, and the same line in the audit log.

    A bot that holds its database and does not listen yet is about to: it gets `STARTING` seconds.
    """
    for _ in range(int(STARTING / LOOK_EVERY)):
        told = ask_running(settings.store.keys, request, asked)
        if told is not None:
            return told
        with contextlib.suppress(StoreInUse):
            return await _by_ourselves(settings, request, asked)
        await asyncio.sleep(LOOK_EVERY)
    return await _by_ourselves(settings, request, asked)


async def _by_ourselves(settings: Settings, request: str, asked: Asked) -> Answer:
    world, book = system_world(), load_book(content_dir(), settings)
    async with closing(await open_store(settings.store, world.now(), operator_key_given())) as store:
        operate = Engine(store, world, book).operate
        rekeying = Rekeying(store.keys, settings.store.keys, operate, from_environment=operator_key_given() is not None)
        return await rekeying.answer(request, asked)
