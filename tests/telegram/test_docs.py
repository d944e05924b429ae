"""The page of documentation says what is so."""

from pathlib import Path

from buddybot_telegram.group import permissions
from buddybot_telegram.settings import TelegramSettings

PAGE = (Path(__file__).parents[2] / "docs/telegram.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_page() -> None:
    for name in {*TelegramSettings.model_fields, "token_file", "place_KEY"} - {"token"}:
        assert f"`{name}`" in PAGE


def test_every_right_stands_in_the_page_as_telegram_calls_it() -> None:
    assert len(permissions.RIGHTS) == 5
    for button, _ in permissions.RIGHTS.values():
        assert f"| *{button}*" in PAGE
