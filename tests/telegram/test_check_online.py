"""`buddybot check --online`: what the bot's account lacks at Telegram, and what kept us from looking."""

import asyncio
import textwrap
from pathlib import Path

import pytest
from buddybot_telegram.group.permissions import needed

from buddybot.adapter import ChannelKind
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


async def test_what_the_page_says_is_a_sound_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs/telegram.md").read_text(encoding="utf-8")
    steps = page.partition("## Channels in groups")[2].partition("\n4. ")[0]
    shown = textwrap.dedent("\n".join(line for line in steps.splitlines() if line.startswith("       ") or not line))
    config = shown.replace('token_file = "var/telegram.token"', 'token_file = "{folder}/token"\nbase_url = "{url}"')
    store = '[store]\nurl = "sqlite:{folder}/none.db"\n\n[adapters.web]\n'
    async with FakeTelegram() as fake:
        for number, kind in ((-1001234567890, ChannelKind.OPEN), (-1009876543210, ChannelKind.MODERATORS)):
            fake.group(number).rights = set(needed(kind, forum=True))
        assert await checked(tmp_path, fake, store + config) == 0, capsys.readouterr().out


async def test_of_a_menu_only_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001)
        fake.world.commands |= {
            (scope, language): [{}] for scope in ("all_private_chats", "all_group_chats") for language in ("", "es")
        }
        fake.world.descriptions |= {
            ("description", ""): "x",
            ("short_description", ""): "x",
            ("description", "es"): "x",
        }
        assert await checked(tmp_path, fake) == 1
        told = capsys.readouterr().out
        assert told.count("fault:") == 1
        assert (
            'Telegram has no short description (language "es"): it was refused, or not set yet. Start the bot' in told
        )
        del fake.world.commands["all_group_chats", "es"]
        assert await checked(tmp_path, fake) == 1
    assert 'menu of commands in groups (language "es")' in capsys.readouterr().out


async def test_a_bot_that_is_no_administrator_hears_little_or_all_but_may_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001).bot = "member"
        assert await checked(tmp_path, fake) == 1
        assert "hears commands and answers to itself alone" in capsys.readouterr().out
        fake.world.bot["can_read_all_group_messages"] = True
        assert await checked(tmp_path, fake) == 1
    assert "may take nothing away" in capsys.readouterr().out


@pytest.mark.parametrize(("asks", "faults"), [(False, 1), (True, 0)])
async def test_a_public_group_that_lets_in_whoever_finds_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, asks: bool, faults: int
) -> None:
    async with FakeTelegram() as fake:
        fake.group(-1001)
        fake.world.chats[-1001] |= {"username": "harbour_room", **({"join_by_request": True} if asks else {})}
        assert await checked(tmp_path, fake) == faults
    assert ("is public (@harbour_room) and lets in whoever finds it" in capsys.readouterr().out) is not asks


async def test_a_team_that_members_can_read_along_with_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team = '\n[[channels]]\nkey = "team"\ntitle = "Team"\nkind = "moderators"\n'
    config = CONFIG.replace("[adapters.web]", team + "\n[adapters.web]")
    async with FakeTelegram() as fake:
        fake.group(-1001)
        shared = config.replace('group = "-1001"', 'group = "-1001"\nmoderators_group = "-1001"')
        assert await checked(tmp_path, fake, shared) == 1
        assert 'the channels "team" and "lobby" are in one group' in capsys.readouterr().out
        fake.group(-1002)
        fake.world.chats[-1002] |= {"username": "harbour_team", "join_by_request": True}
        apart = config.replace('group = "-1001"', 'group = "-1001"\nmoderators_group = "-1002"')
        assert await checked(tmp_path, fake, apart) == 1
    assert "is public (@harbour_team): anybody can find it and read what moderators are told" in capsys.readouterr().out


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
