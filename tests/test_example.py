import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from buddybot_desk import settings as desk
from buddybot_discord import settings as discord
from buddybot_telegram import settings as telegram
from buddybot_web import settings as web
from pydantic import BaseModel

from buddybot.config import Settings, adapter_settings, load_settings

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"
TOKENS = {"telegram": "4242:AbC-d_e", "discord": "a.b.c"}
ADAPTERS = ("web", "discord", "telegram", "desk")


def everything_set() -> str:
    """Take the # from each setting that is left at its default."""
    return re.sub(r"^#(?=[\[a-z])", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def keys(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from keys(kind, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def flat(table: dict[str, object], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict) and f"{before}{name}" != "adapters":
            yield from flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


@pytest.fixture
def whole(tmp_path: Path) -> Settings:
    path = tmp_path / "config.toml"
    path.write_text(everything_set(), encoding="utf-8")
    return load_settings(path, {})


def table(whole: Settings, name: str) -> dict[str, str]:
    found = adapter_settings(whole, name, {f"BUDDYBOT_{name.upper()}_TOKEN": TOKENS.get(name, "")})
    return {key: value for key, value in found.items() if not (name in {"web", "desk"} and key == "token")}


def test_the_example_as_it_is_changes_nothing() -> None:
    assert load_settings(EXAMPLE, {}).model_dump() == Settings().model_dump()


def test_the_example_names_every_setting_and_no_other() -> None:
    assert set(flat(tomllib.loads(everything_set()))) == set(keys(Settings))


def test_the_example_shows_the_defaults(whole: Settings) -> None:
    usual = Settings()
    assert (whole.log_level, whole.store, whole.matching, whole.operator) == (
        usual.log_level,
        usual.store,
        usual.matching,
        usual.operator,
    )


def test_the_example_has_every_adapter(whole: Settings) -> None:
    assert tuple(whole.adapters) == ADAPTERS


def test_the_example_names_every_setting_of_each_adapter(whole: Settings) -> None:
    named = {name: set(whole.adapters[name]) for name in ADAPTERS}
    assert named["web"] == set(web.WebSettings.model_fields)
    assert named["desk"] == set(desk.DeskSettings.model_fields)
    assert named["discord"] == set(discord.DiscordSettings.model_fields) - {"token"} | {"token_file"}
    # The group of a single channel has that channel's key in its name.
    assert named["telegram"] == set(telegram.TelegramSettings.model_fields) - {"token"} | {"token_file"}


def test_the_example_shows_each_adapters_defaults(whole: Settings) -> None:
    assert web.read_settings(table(whole, "web")) == web.read_settings({"push_key": "var/keys/push.pem"})
    assert desk.read_settings(table(whole, "desk")) == desk.read_settings({})
    assert discord.read_settings(table(whole, "discord")) == discord.read_settings({"token": TOKENS["discord"]})
    assert telegram.read_settings(table(whole, "telegram")) == telegram.read_settings({"token": TOKENS["telegram"]})
