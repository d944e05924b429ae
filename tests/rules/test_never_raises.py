"""Any text at all is read: the screener stands before every relayed message."""

import random
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Label, Screening
from buddybot.rules.decide import Screener

SIGNS = st.characters(codec=None, categories=None)
TRICKS = ["percs for sale", "my name is Jane Doe", "\u200b", "\ud800", "e\u0301", "\u202e", "\x00", "\x1b[2J", "﷽", "İ"]
TALK = "i want to die kill myself you call me on 212-456-7890 @ $ http:// dot com u/ k.i.l.l k i l l 5 5 5 0 1 2 3"
WORDS = st.sampled_from([*TRICKS, *TALK.split()])


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def sane(text: str) -> Screening:
    reading = screener().screen(text)
    assert reading.explanation
    assert reading.labels <= set(Label)
    assert all(0 <= span.start <= span.end <= len(text) for span in reading.evidence)
    assert all(0 <= found.start < found.end <= len(text) for found in reading.contacts)
    return reading


@given(st.text(SIGNS, max_size=200))
@example("\ud800\udc00\udfff")
@example("İİİ 5 5 5 0 1 2 3 4 @ﬁﬁﬁ")
@settings(max_examples=150)
def test_any_signs_are_read(text: str) -> None:
    sane(text)


@given(st.lists(WORDS, max_size=60).map(" ".join) | st.lists(WORDS, max_size=60).map("".join))
@settings(max_examples=150)
def test_any_mix_of_telling_pieces_is_read(text: str) -> None:
    sane(text)


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes_are_read(raw: bytes) -> None:
    sane(raw.decode("utf-8", "surrogateescape"))
    sane(raw.decode("utf-16-le", "replace"))


@pytest.mark.parametrize("seed", range(3))
def test_sixty_four_kilobytes_of_noise_are_read(seed: int) -> None:
    chance = random.Random(seed)
    sane("".join(map(chr, chance.choices(range(0x11000), k=65536))))
    sane("".join(chance.choices("0123456789 -.@$", k=65536)))


def test_the_same_text_reads_the_same_twice() -> None:
    texts = ["i want to kill myself", "got percs for sale, 30 each, hmu", "hello there", "zxqv wkj"]
    assert [screener().screen(text) for text in texts] == [screener().screen(text) for text in texts]
