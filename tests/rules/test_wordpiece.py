import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.rules.wordpiece import WordPiece

PIECES = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "i",
    "want",
    "un",
    "##want",
    "##ed",
    "cafe",
    "!",
    "'",
    "m",
    "\u6b7b",
    "##m",
)
WORDPIECE = WordPiece(PIECES)


def pieces(text: str, most: int = 20) -> list[str]:
    return [PIECES[at] for at in WORDPIECE.ids(text, most)][1:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   \n\t ", []),
        ("I want", ["i", "want"]),
        ("unwanted", ["un", "##want", "##ed"]),
        ("unwantedx", ["[UNK]"]),
        ("I'm!!", ["i", "'", "m", "!", "!"]),
        ("CAFÉ", ["cafe"]),
        ("ca\u200bfe", ["cafe"]),
        ("m\u6b7bm", ["m", "\u6b7b", "m"]),
        ("mm mmm", ["m", "##m", "m", "##m", "##m"]),
        ("i_want", ["i", "[UNK]", "want"]),
        ("m" * 100, ["m", *["##m"] * 19][:18]),
        ("m" * 101, ["[UNK]"]),
        ("\U0001f600", ["[UNK]"]),
    ],
)
def test_words_become_their_longest_known_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(st.characters(codec=None), max_size=400), st.integers(2, 64))
def test_no_text_gives_more_ids_than_asked_for(text: str, most: int) -> None:
    found = WORDPIECE.ids(text, most)
    assert 2 <= len(found) <= most
    assert (found[0], found[-1]) == (2, 3)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_was_read_before_changes_nothing(before: str, text: str) -> None:
    fresh = WordPiece(PIECES)
    fresh.ids(before, 64)
    assert fresh.ids(text, 64) == WordPiece(PIECES).ids(text, 64)


@pytest.mark.parametrize("left_out", ["[UNK]", "[CLS]", "[SEP]"])
def test_a_vocabulary_without_its_special_pieces_is_named(left_out: str) -> None:
    with pytest.raises(ValueError, match=left_out.strip("[]")):
        WordPiece([piece for piece in PIECES if piece != left_out])
