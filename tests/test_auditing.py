"""`buddybot audit verify`, as an operator uses it."""

from pathlib import Path

import pytest

from buddybot.cli import main
from buddybot.testing import TestBot, running


def config(folder: Path) -> str:
    path = folder / "config.toml"
    database, keys = folder / "bot.db", folder / "keys"
    path.write_text(f'[store]\nurl = "sqlite:{database}"\nkeys = "{keys}"\n', encoding="utf-8")
    return str(path)


async def written(bot: TestBot, harm: str = "") -> None:
    await bot.house.store.write(lambda tx: tx.audit.add(bot.clock.at, "who", "warn", "case"))
    if harm:
        await bot.house.store.write(lambda tx: tx.db.run(harm))


async def prepare(folder: Path, harm: str = "") -> None:
    async with running(folder) as bot:
        await written(bot, harm)


@pytest.mark.parametrize(
    ("harm", "status", "said"),
    [("", 0, "sound: 1 entries"), ("UPDATE audit SET who = 'x'", 1, "broken: entry 1 was changed")],
)
def test_the_log_is_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: str, status: int, said: str
) -> None:
    import asyncio

    asyncio.run(prepare(tmp_path, harm))
    assert main(["audit", "verify", "--config", config(tmp_path)]) == status
    assert said in capsys.readouterr().out


def test_a_fault_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify", "--config", str(tmp_path / "none.toml")]) == 1
    assert "there is no such file" in capsys.readouterr().err
