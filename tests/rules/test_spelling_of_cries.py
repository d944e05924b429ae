"""Tricks and slips of letters leave a cry what it is."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.rules.decide import Screener
from buddybot.rules.phrases.respelling import Respelling, slips_of

PLAIN = ["i want to die", "i want to kill myself", "i will kill myself", "i want to end my life"]
HOW: dict[str, Callable[[str], str]] = {
    "apart": lambda text: " ".join(text.replace(" ", "")),
    "words apart": lambda text: "  ".join(" ".join(word) for word in text.split()),
    "a stop behind each word": lambda text: ". ".join(text.split()),
    "a line for each word": lambda text: "\n".join(text.split()),
    "commas": lambda text: ", ".join(text.split()),
    "swapped": lambda text: text.replace("die", "dei").replace("kill", "klil"),
    "wanna": lambda text: text.replace("want to", "wanna"),
    "short": lambda text: text.replace("want to", "want 2"),
    "doubled": lambda text: text.replace("die", "diie").replace("want", "wantt"),
    "capitals": str.upper,
    "wide": lambda text: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text),
    "laughter": lambda text: text.replace(" ", " lol ", 1) + " 😂",
    "fillers": lambda text: text.replace("i want", "i honestly just really want"),
}


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("text", PLAIN)
def test_a_cry_reads_like_its_plain_spelling(how: str, text: str) -> None:
    plain, changed = screener().screen(text), screener().screen(HOW[how](text))
    assert changed.is_crisis
    assert plain.level is not None
    assert changed.level is not None
    assert changed.level >= plain.level


@pytest.mark.parametrize(
    "text",
    [
        "iwanttodie",
        "iwannadie",
        "idontwanttolive",
        "killmyself",
        "iwanttokillmyself",
        "i want to dei",
        "im suicdal",
        "i am sucidial",
        "i want to kll myslef",
        "i w a n t t o d i e",
        "i.want.to.die",
        "i-want-to-die",
        "i w4nt t0 d1e",
    ],
)
def test_joined_swapped_and_dotted_letters_are_read(text: str) -> None:
    assert screener().screen(text).is_crisis


@given(st.sampled_from(["die", "myself", "suicide", "overdose"]))
def test_a_slip_stands_for_its_word_and_a_real_word_for_itself(word: str) -> None:
    spelling = Respelling({"im": "i am"}, ["die", "myself", "suicide", "overdose"], ["ide"])
    assert all(spelling.get(slip) in {(word,), None} for slip in slips_of(word))
    assert spelling.get("ide") is None
    assert spelling.get("im") == ("i", "am")
    assert spelling.get("somethingelse") is None
