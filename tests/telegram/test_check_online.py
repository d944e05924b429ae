"""`buddybot check --online`: what the bot's account lacks at Telegram, and what kept us from looking."""

import asyncio
from pathlib import Path

import pytest

from buddybot.tools.setup import check
from tests.telegram.faults import Fault, Rejected, cut_json, proxied, reset, too_many
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


async def checked(folder: Path, fake: FakeTelegram, config_text: str = CONFIG) -> int:
    (folder / "token").write_text(fake.world.token)
    (folder / "token").chmod(0o600)
    config = folder / "config.toml"
    config.write_text(config_text.format(folder=folder, url=fake.url))
    return await asyncio.to_thread(check, config, online=True)


async def test_a_missing_right_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001).rights.discard("can_delete_messages")
        assert await checked(tmp_path, fake) == 1
    told = capsys.readouterr().out
    assert 'fault: adapters.telegram: the group "Room": the bot has no right "Delete messages"' in told
    assert "sound" not in told


async def test_where_nothing_is_missing_all_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001)
        assert await checked(tmp_path, fake) == 0
    assert "sound: settings" in capsys.readouterr().out


async def test_a_server_from_before_ephemeral_messages_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001)
        fake.world.api = (10, 1)
        assert await checked(tmp_path, fake) == 1
    assert "fault: adapters.telegram: the Bot API server is older than 10.2" in capsys.readouterr().out


async def test_a_bot_without_groups_lacks_none(tmp_path: Path) -> None:
    async with FakeTelegram() as fake:
        assert await checked(tmp_path, fake, CONFIG.replace('group = "-1001"', "")) == 0


async def test_what_keeps_us_from_looking_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeTelegram() as fake:
        fake.faults.next("getChat", Fault(Rejected(401, "Unauthorized")))
        assert await checked(tmp_path, fake) == 1
    assert "fault: adapters.telegram: Telegram does not accept the bot's token" in capsys.readouterr().out


@pytest.mark.parametrize(
    "fault",
    [
        *(Fault(Rejected(code, "Some words")) for code in (400, 401, 403, 404, 409, 413, 500)),
        *(proxied(code) for code in (400, 404, 502)),
        *(too_many(9), reset(after=False), cut_json()),
    ],
)
@pytest.mark.parametrize("method", ["getMe", "getChat", "getChatMember"])
async def test_whatever_telegram_answers_it_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], method: str, fault: Fault
) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001)
        fake.faults.next(method, fault)
        assert await checked(tmp_path, fake) == 1
    told = capsys.readouterr().out
    assert told.startswith("fault: adapters.telegram: ")
    assert fake.world.token not in told


@pytest.mark.parametrize("answer", [None, [], {}, True, {"status": "administrator"}, {"id": "x"}])
@pytest.mark.parametrize("method", ["getChat", "getChatMember"])
async def test_an_answer_unlike_telegrams_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], method: str, answer: object
) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001)
        fake.answers[method] = answer
        assert await checked(tmp_path, fake) == 1
    assert capsys.readouterr().out.startswith("fault: adapters.telegram: ")
