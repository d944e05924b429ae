"""The page that is printed: what stands on it, and why there may be none."""

import re
import zlib
from base64 import a85decode
from datetime import date
from pathlib import Path

import pytest

from buddybot.config import Settings, load_settings
from buddybot.content.words import Words
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


LINKS = {"web": "https://chat.example.org/#invite=K7QM3XTW9RHD", "telegram": "https://t.me/b?start=K7QM3XTW9RHD"}


def printed(folder: Path, words: Words, *languages: str) -> bytes:
    print_sheet(
        folder / "sheet.pdf", words, Printed("Clínica & Co", "K7QM-3XTW-9RHD", date(2027, 3, 1), LINKS, languages)
    )
    return (folder / "sheet.pdf").read_bytes()


def written(page: bytes) -> str:
    """Return the letters on a page of reportlab's: each stream is deflated, then in ASCII 85."""
    streams = re.findall(rb"stream\r?\n(.*?)~>\s*endstream", page, re.DOTALL)
    return "".join(zlib.decompress(a85decode(one.strip())).decode("latin-1") for one in streams)


def test_a_sheet_is_one_page_and_its_title_names_nobody(tmp_path: Path, book: Book) -> None:
    page = printed(tmp_path, book.words, "en", "es")
    assert page.count(b"/Type /Page\n") == 1
    assert b"(BuddyBot)" in page
    assert b"Cl\xedn" not in page


@pytest.mark.parametrize(
    ("languages", "there", "absent"),
    [
        (("en", "es"), ("In a browser / En el", "Talk with", "Habla con"), ()),
        (("en",), ("In a browser", "Talk with"), ("En el navegador", "Habla con")),
        (("es",), ("En el navegador", "Habla con"), ("In a browser", "Talk with")),
    ],
)
def test_a_sheet_is_in_the_languages_that_were_asked_for(
    tmp_path: Path, book: Book, languages: tuple[str, ...], there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    said = written(printed(tmp_path, book.words, *languages))
    assert [one for one in there if one not in said] == []
    assert [one for one in absent if one in said] == []


@pytest.mark.parametrize(("name", "said"), [("Harbour clinic", ""), ("Zdrávi", ""), ("Клиника", "Latin letters")])
def test_a_name_that_can_not_be_printed_is_a_sentence(book: Book, name: str, said: str) -> None:
    assert said in sheet_fault(name, book.words, ("en", "es"))


def test_a_language_that_is_not_there_is_a_sentence(book: Book) -> None:
    assert "there are: en, es" in sheet_fault("Harbour clinic", book.words, ("xx",))
