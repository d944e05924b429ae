"""The page of documentation says what is so."""

from pathlib import Path

from buddybot_telegram import rights
from buddybot_telegram.settings import TelegramSettings

PAGE = (Path(__file__).parents[2] / "docs/telegram.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_page() -> None:
    for name in {*TelegramSettings.model_fields, "token_file", "place_KEY"} - {"token"}:
        assert f"`{name}`" in PAGE


def test_every_right_stands_in_the_page_as_telegram_calls_it() -> None:
    found = [one for one in vars(rights).values() if isinstance(one, rights.Right)]
    assert len(found) == 5
    for right in found:
        assert f"| *{right.button}*" in PAGE
