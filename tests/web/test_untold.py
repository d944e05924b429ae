"""What is typed into our pages goes to our server alone: to no speller of a browser, into no file of its own."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("adapters/*/templates/*.html"))
PAGES = [path for path in TEMPLATES if "<html" in path.read_text(encoding="utf-8")]
TYPED = re.compile(r"<textarea[^>]*>|<input(?![^>]*type=\"(?:hidden|radio|checkbox)\")[^>]*>")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_page_lets_the_browser_send_what_is_typed_to_a_speller(page: Path) -> None:
    (opened,) = re.findall(r"<html[^>]*>", page.read_text(encoding="utf-8"))
    assert 'spellcheck="false"' in opened
    assert 'writingsuggestions="false"' in opened


def test_no_field_lets_the_browser_keep_what_is_typed() -> None:
    fields = [found[0] for path in TEMPLATES for found in TYPED.finditer(path.read_text(encoding="utf-8"))]
    assert len(fields) > 10
    assert [one for one in fields if 'autocomplete="off"' not in one] == []
    assert not any("spellcheck=" in one and 'spellcheck="false"' not in one for one in fields)
