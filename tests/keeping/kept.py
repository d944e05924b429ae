"""A house in a folder, with settings for the commands of the shell, and a socket that they can ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from buddybot.cli import main
from buddybot.config.tables import StoreSettings
from buddybot.runtime.operator_socket import listening
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.testing import TestBot, running


def settled(folder: Path, url: str = "", key_server: str = "", port: int = 0) -> Path:
    """Write settings that keep everything in one folder, as `running` does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text(
        f'[store]\nurl = "{url or f"sqlite:{folder}/bot.db"}"\nkeys = "{folder}/keys"\nbackups = "{folder}/backups"\n'
        f'key_server = "{key_server}"\n[adapters.web]\nport = {port}\n',
        encoding="utf-8",
    )
    return path


@asynccontextmanager
async def serving(folder: Path, url: str = "", port: int = 0) -> AsyncIterator[TestBot]:
    """Run a bot in a folder, as `buddybot run` does: with its socket."""
    settled(folder, url, port=port)
    places = StoreSettings(url=url or f"sqlite:{folder}/bot.db", keys=folder / "keys", backups=folder / "backups")
    async with running(folder, url=url) as bot:
        watch = HouseWatch(bot.house, places, bot.house.engine.operate)
        async with listening(folder / "keys", watch.answer):
            yield bot


async def shell(folder: Path, *arguments: str) -> int:
    """Give a command in the shell beside the bot; return its status."""
    return await asyncio.to_thread(main, [*arguments, "--config", str(folder / "config.toml")])
