"""Words as they are written by ear: "ya kompre la soga" is "ya compré la soga", and "im dyin" is "im dying"."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.rules.phrases.by_ear import spelled_by_ear, words_in
from tests.rules.test_bare_cries import LANES, LEVELS, said, screener

SOUNDS = (
    ("qu(?=[ei])", "k"),
    ("cc", "c"),
    ("c(?=[aourl])", "k"),
    ("(?<!c)h", ""),
    ("z", "s"),
    ("c(?=[ei])", "s"),
    ("ll", "y"),
    ("v", "b"),
)
ALIKE = {"v": "b", "c(?=[ei])": "s z", "(?<!c)h": ""}


def by_ear(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.lower())
    text = "".join(sign for sign in folded if not unicodedata.combining(sign))
    for letters, other in SOUNDS:
        text = re.sub(letters, other, text)
    return text


def is_in(text: str, language: str) -> bool:
    hearing = screener().read(text).hearing
    return hearing.is_cry and hearing.language == language


def droppin(text: str) -> str:
    return re.sub(r"(?<=\w\w)ing\b", "in", text)


@pytest.mark.parametrize(("language", "spelled", "least"), [("es", by_ear, 300), ("en", droppin, 100)])
def test_nearly_every_cry_is_heard_as_well_as_where_it_is_spelled_right(
    language: str, spelled: Callable[[str], str], least: int
) -> None:
    told = {text for _, text in (*LEVELS, *LANES) if is_in(text, language)}
    rows = {text for text in told if spelled(text) != text}
    missed = []
    for text in rows:
        right, wrong = screener().read(text).hearing, screener().read(spelled(text)).hearing
        if not wrong.is_cry or (right.level or 0) > (wrong.level or 0) or not right.lanes <= wrong.lanes:
            missed.append(text)
    assert len(rows) > least
    assert len(missed) <= len(rows) // 100, missed


@pytest.mark.parametrize(
    "text", [text for text in said("quiet", "calm.toml") if re.search("[ñáéíóú]|que | el | la ", text)]
)
def test_an_idiom_stays_one(text: str) -> None:
    hearing = screener().read(by_ear(text)).hearing
    assert [phrase.name for phrase in hearing.phrases if phrase.is_cry] == []


@pytest.mark.parametrize("word", ["boy", "ice", "arte", "asia", "like", "save", "vote", "ban", "ai", "aber"])
def test_a_word_of_another_language_stands_for_itself(word: str) -> None:
    assert word in screener().read(f"{word} {word}").hearing.utterance.text


@given(st.text("abcehvz", min_size=3, max_size=9))
def test_a_spelling_stands_for_one_word_and_never_for_itself(word: str) -> None:
    spellings = spelled_by_ear([word], ALIKE)
    assert set(spellings.values()) <= {word}
    assert word not in spellings


def test_what_two_words_share_stands_for_neither() -> None:
    assert spelled_by_ear(["valla", "balla"], {"v": "b", "b": "v"}) == {"balla": "valla", "valla": "balla"}
    assert spelled_by_ear(["cerco", "serco"], {"[cs](?=e)": "z"}) == {}


def test_words_are_what_stands_whole_in_a_pattern() -> None:
    assert words_in([r"(?:se )?puso morad[oa]s \w+ar convulsion\w*"]) == {
        "se",
        "puso",
        "convulsion",
        "morados",
        "moradas",
    }
