"""Each lane has its own words: nothing of care that speaks of own use reaches who loves or lost somebody."""

import re

import pytest

from buddybot.testing import practice_book
from tests.copy.test_copy import Entry, copy_in

OTHERS = ("family", "bereaved")
CARE = ("care.ftl", "checkins.ftl", "own.ftl", "milestones.ftl", "remembrance.ftl")
OWN_USE = re.compile(
    r"\b(?:cravings?|urges?|slip(?:ped|s)?|using|used again|you used|your use|days without|your medicine|my medicine"
    r"|ganas de consumir|ganas|consum\w*|recaí\w*|días sin|tu medicina|mi medicina)\b",
    re.IGNORECASE,
)
HEAVY_WORDS = re.compile(r"\b(?:nothing is lost|is lost|lost it|nada se (?:ha )?perd\w*|se pierde)\b", re.IGNORECASE)
"""What is kind elsewhere and a blow to who lost somebody."""
NOT_THERE = {
    r"own-craving.*": "who is here for their own use alone is asked of it: tests/stories/care/test_lanes.py",
    r"milestone-kind-(?:without|medicine)": "no choice in the other lanes: the same",
    r"milestone-(?:settle|keep|kept|anew-too)": "of days that are counted in the lane of own use",
}
COUNTED = re.compile(r"(?:milestone-|command-milestones|date-not-kept).*")
"""Nothing of this is said to who lost somebody: there /milestones offers a day to have in mind instead."""


def said_in(lane: str) -> list[tuple[str, Entry]]:
    """Return every sentence of care that somebody of this lane can read, in each language."""
    found = []
    for language in ("en", "es"):
        keys = {entry.key for entry in copy_in(language)}
        for entry in copy_in(language):
            common = entry.key.removesuffix("-family").removesuffix("-bereaved")
            elsewhere = entry.key != common and not entry.key.endswith(f"-{lane}")
            replaced = f"{entry.key}-{lane}" in keys
            kept_out = any(re.fullmatch(pattern, entry.key) for pattern in NOT_THERE)
            uncounted = lane == "bereaved" and COUNTED.fullmatch(entry.key)
            care = entry.file in CARE or (entry.file == "rooms.ftl" and entry.key.startswith("goodbye"))
            if care and not (elsewhere or replaced or kept_out or uncounted):
                found.append((language, entry))
    return found


@pytest.mark.parametrize("lane", OTHERS)
def test_no_sentence_of_care_speaks_of_own_use(lane: str) -> None:
    table = said_in(lane)
    assert len(table) > 200, "the table holds the sentences of care"
    wrong = {
        (language, entry.key): reading.text
        for language, entry in table
        for reading in entry.readings
        if OWN_USE.search(reading.text)
    }
    assert wrong == {}


def test_who_lost_somebody_is_never_told_that_nothing_is_lost() -> None:
    wrong = {
        (language, entry.key): reading.text
        for language, entry in said_in("bereaved")
        for reading in entry.readings
        if HEAVY_WORDS.search(reading.text)
    }
    assert wrong == {}


@pytest.mark.parametrize("lane", OTHERS)
def test_no_first_words_of_a_lane_speak_of_own_use(lane: str) -> None:
    openers = [one for one in practice_book().openers if one.lane in {"", lane}]
    assert openers
    wrong = {one.key: words for one in openers for words in one.words.values() if OWN_USE.search(words)}
    assert wrong == {}


def test_a_sentence_of_a_lane_stands_beside_a_common_one_in_every_language() -> None:
    words = practice_book().words
    care = {entry.key for entry in copy_in("en") if entry.file in CARE or entry.key.startswith("goodbye")}
    found = {key: key.removesuffix("-family").removesuffix("-bereaved") for key in care}
    special = {key: common for key, common in found.items() if key != common}
    assert {"silence-told-bereaved", "deal-limits-using-family", "goodbye-to-other-bereaved"} <= set(special)
    assert set(special.values()) <= care
    assert all(words.bundles[locale].has_message(key) for locale in words.locales() for key in special)


@pytest.mark.parametrize(
    "sentence", ["Any craving today?", "¿Ganas de consumir hoy?", "Stories of using", "Days without"]
)
def test_the_table_would_find_what_is_out_of_place(sentence: str) -> None:
    assert OWN_USE.search(sentence)
