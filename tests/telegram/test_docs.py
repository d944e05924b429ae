"""The page of documentation says what is so."""

from pathlib import Path

from buddybot_telegram.adapter import MOST_BUTTONS
from buddybot_telegram.group import permissions
from buddybot_telegram.settings import TelegramSettings

from tests import docs_telegram

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "telegram.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_page() -> None:
    for name in {*TelegramSettings.model_fields, "token_file", "place_KEY"} - {"token"}:
        assert f"`{name}`" in PAGE


def test_the_rights_are_those_of_the_tables() -> None:
    assert docs_telegram.page() == PAGE, "run python -m tests.docs_telegram --write"
    assert len(permissions.RIGHTS) == 6
    assert docs_telegram.table().count("\n| *") == 6


def test_what_platforms_can_show_stands_on_one_page_alone() -> None:
    for name in ("discord", "telegram"):
        assert "](platforms.md)" in (DOCS / f"{name}.md").read_text(encoding="utf-8")
    table = (DOCS / "platforms.md").read_text(encoding="utf-8")
    assert f"{MOST_BUTTONS} in a message" in table
