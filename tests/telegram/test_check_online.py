"""`buddybot check --online`: what the bot's account lacks at Telegram, and what kept us from looking."""

import asyncio
from pathlib import Path

import pytest

from buddybot.tools.setup import check
from tests.telegram.faults import Fault, Refused
from tests.telegram.wire import FakeTelegram

CONFIG = """
[store]
url = "sqlite:{folder}/none.db"

[[channels]]
key = "lobby"
title = "Lobby"
kind = "open"

[adapters.web]

[adapters.telegram]
token_file = "{folder}/token"
base_url = "{url}"
group = "-1001"
"""


async def checked(folder: Path, fake: FakeTelegram) -> int:
    (folder / "token").write_text(fake.world.token)
    (folder / "token").chmod(0o600)
    config = folder / "config.toml"
    config.write_text(CONFIG.format(folder=folder, url=fake.url))
    return await asyncio.to_thread(check, config, online=True)


async def test_a_missing_right_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001).rights.discard("can_delete_messages")
        assert await checked(tmp_path, fake) == 1
    told = capsys.readouterr().out
    assert 'fault: adapters.telegram: the group "Room": the bot has no right "Delete messages"' in told
    assert "sound: settings" not in told


async def test_what_keeps_us_from_looking_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeTelegram() as fake:
        fake.faults.next("getChat", Fault(Refused(401, "Unauthorized")))
        assert await checked(tmp_path, fake) == 1
    assert "fault: adapters.telegram: Telegram does not accept the bot's token" in capsys.readouterr().out
