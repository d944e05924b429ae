import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.kernel.note_text import command_in, tidy

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hello", "hello"),
        ("  hello \n", "hello"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tstays", "tab\tstays"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("\u202eevil\u202c txt\u200b", "evil txt"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\ufeffwidth", "zerowidth"),
        (FAMILY, FAMILY),
        ("❤\ufe0f", "❤\ufe0f"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("private \ue000 use", "private  use"),
        ("नमस्ते", "नमस्ते"),
        ("e\u0301" + "x", "e\u0301x"),
        ("Z" + "\u0335" * 50 + "algo", "Z" + "\u0335" * 8 + "algo"),
        ("\u200b\u202e\x00", ""),
    ],
)
def test_words_stay_and_tricks_go(text: str, shown: str) -> None:
    assert tidy(text) == shown


@given(st.text())
def test_tidied_text_is_stable_and_holds_nothing_invisible(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    once.encode("utf-8")
    for char in once:
        assert unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"} or char in "\n\t"
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_words_are_never_changed(text: str) -> None:
    assert tidy(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/help", ("help", "")),
        ("/Pause 7", ("pause", "7")),
        ("/quiet 10 pm - 7 am", ("quiet", "10 pm - 7 am")),
        ("/goodbye@buddy_bot", ("goodbye", "")),
        ("/report\nshe was mean!", ("report", "she was mean!")),
        ("/crisis…", ("crisis", "")),
        ("/help@buddy_bot, please", ("help", "please")),
        ("/goodbye@buddy_bot, please", ("goodbye", "please")),
        ("/crisis!", ("crisis", "")),
        ("/CRISIS!!! please", ("crisis", "please")),
        ("/crisis\nplease", ("crisis", "please")),
        ("/crisis\r\nplease\nnow", ("crisis", "please\nnow")),
        ("/crisis\tplease", ("crisis", "please")),
        ("/crisis, please", ("crisis", "please")),
        ("/crisis\u00a0now", ("crisis", "now")),
        ("/crisis\u3000now", ("crisis", "now")),
        ("/crisis\u2028now", ("crisis", "now")),
        ("/crisis\u200b now", ("crisis", "now")),
        ("\u200b/crisis", ("crisis", "")),
        ("/crisis\U0001f198", ("crisis", "")),
        ("/crisis/", ("crisis", "")),
        ("/pause: 3", ("pause", "3")),
        ("/write lobby !important", ("write", "lobby !important")),
        ("/set_note x", ("set_note", "x")),
        ("/\u00c1nimo x", ("\u00e1nimo", "x")),
        ("//find", ("", "find")),
        ("/ and then", ("", "and then")),
        ("/!", ("", "")),
        ("/", None),
        ("and/or", None),
        ("", None),
    ],
)
def test_a_slash_in_front_makes_a_command(text: str, command: tuple[str, str] | None) -> None:
    assert command_in(text) == command


@given(st.sampled_from(["crisis", "mod", "911"]), st.characters(codec="utf-8"), st.text())
def test_a_name_ends_at_whatever_is_no_letter_digit_or_underscore(name: str, sign: str, rest: str) -> None:
    found = command_in(f"/{name}{sign}{rest}")
    assert found is not None
    whole = tidy(f"{name}{sign}{rest}")[len(name) : len(name) + 1]
    assert (found[0] == name) == (not whole.isalnum() and whole != "_")
