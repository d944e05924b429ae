"""The page that is printed: what stands on it, and why there may be none."""

from datetime import date
from pathlib import Path

import pytest

from buddybot.config import Settings, load_settings
from buddybot.service.kernel.book import Book
from buddybot.tools.programmes.programme import invite_links
from buddybot.tools.programmes.sheet import Printed, print_sheet, sheet_fault


def settings(folder: Path, text: str) -> Settings:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return load_settings(folder / "config.toml", {})


def test_links_carry_the_code_where_each_platform_takes_one(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        '[programmes]\ntelegram = "@my_buddy_bot"\n[adapters.web]\npublic_url = "https://chat.example.org"\n'
        'path = "/help"\n'
        '[adapters.telegram]\nidentity = "x"\n[adapters.discord]\n',
    )
    assert invite_links(found, "K7QM-3XTW-9RHD") == {
        "web": "https://chat.example.org/help/#invite=K7QM3XTW9RHD",
        "telegram": "https://t.me/my_buddy_bot?start=K7QM3XTW9RHD",
        "discord": "open a chat with the bot and type /join K7QM-3XTW-9RHD",
    }
    assert invite_links(settings(tmp_path, "[adapters.web]\n"), "K7QM-3XTW-9RHD") == {}


def test_a_sheet_is_one_page_and_its_title_names_nobody(tmp_path: Path, book: Book) -> None:
    links = {"web": "https://chat.example.org/#invite=K7QM3XTW9RHD", "telegram": "https://t.me/b?start=K7QM3XTW9RHD"}
    print_sheet(tmp_path / "sheet.pdf", book.words, Printed("Clínica & Co", "K7QM-3XTW-9RHD", date(2027, 3, 1), links))
    printed = (tmp_path / "sheet.pdf").read_bytes()
    assert printed.count(b"/Type /Page\n") == 1
    assert b"(BuddyBot)" in printed
    assert b"Cl\xedn" not in printed


@pytest.mark.parametrize(("name", "said"), [("Harbour clinic", ""), ("Zdrávi", ""), ("Клиника", "Latin letters")])
def test_a_name_that_can_not_be_printed_is_a_sentence(name: str, said: str) -> None:
    assert said in sheet_fault(name)
