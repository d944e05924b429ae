import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from buddybot.content import content_dir, read_text
from buddybot.domain.crisis.scripts import SCRIPTS
from tests.copy.reading import Reading, grade, readings, syllables_of, words_of

LOCALES = content_dir() / "locales"
LONGEST = 300
GRADE, GRADE_WITH_NAMES = 6.0, 7.0
FEWEST_WORDS = 8
"""Shorter strings are labels: the grade says nothing about them."""

TERMS = ("naloxone", "emergency", "moderator", "overdose", "discord", "telegram", "recovery", "medicine")
"""Names of things that have no shorter name; they count as names."""

BANNED = (
    # domain.md: words for people and their use
    *(r"addicts?", r"junk(?:y|ies?)", r"(?:ab)?users?", r"abus(?:e|ed|es|ing)", r"(?:drug|opioid) (?:habit|problem)s?"),
    *(
        r"substitution",
        r"replacement therapy",
        r"MAT",
        r"clean",
        r"dirty",
        r"sober(?:ed)? up",
        r"relaps(?:e|ed|es|ing)",
    ),
    *(r"fell off", r"back to square one", r"OD'?d", r"patients?", r"clients?", r"victims?", r"non-?compliant"),
    *(r"commit(?:ted|s)? suicide", r"(?:failed|successful) (?:suicide )?attempts?", r"just say no", r"ghosted"),
    # cheer that is no help
    *(
        r"stay strong",
        r"you(?:'|\u2019)ve got this",
        r"everything happens for a reason",
        r"so proud",
        r"think positive",
    ),
    *(
        r"at least",
        r"so much to live for",
        r"at peace now",
        r"oops",
        r"awesome",
        r"don(?:'|\u2019)t worry",
        r"calm down",
    ),
    *(
        r"i understand how you feel",
        r"reset",
        r"fail(?:ed|ure)",
        r"congrat\w*",
        r"amazing",
        r"confetti",
        r"think of your kids",
    ),
    # promises nobody can keep
    *(r"100 ?%", r"military-grade", r"totally anonymous", r"completely anonymous"),
)
SLANG = (
    *(
        r"dope",
        r"smack",
        r"skag",
        r"fetty",
        r"fent",
        r"blues",
        r"percs?",
        r"oxys?",
        r"roxies",
        r"subs",
        r"bupe",
        r"narc",
    ),
    *(
        r"tranq",
        r"benzos?",
        r"bars",
        r"meth",
        r"crack",
        r"coke",
        r"weed",
        r"plug",
        r"a fix",
        r"junk",
        r"high on",
        r"nodding",
    ),
    *(
        r"dope ?sick",
        r"cold turkey",
        r"fiend\w*",
        r"jones\w*",
        r"slammin\w*",
        r"hot shot",
        r"m30s?",
        r"gear",
        r"brown",
    ),
)
EXITS = (
    *("not-meant", "okay", "not-now", "not-tonight", "stop", "leave", "hide", "tired", "rest", "stepback", "sit"),
    *("skip", "no"),
)


@dataclass(frozen=True)
class Entry:
    file: str
    key: str
    note: str
    readings: tuple[Reading, ...]

    @property
    def is_card(self) -> bool:
        return "card" in self.note.split("\n")


@cache
def parsed(path: Path) -> ast.Resource:
    return FluentParser().parse(read_text(path))


def messages(folder: Path) -> dict[str, ast.Message]:
    return {
        entry.id.name: entry
        for path in sorted(folder.glob("*.ftl"))
        for entry in parsed(path).body
        if isinstance(entry, ast.Message)
    }


@cache
def copy_in(language: str) -> tuple[Entry, ...]:
    """Return all there is to read in a language. Only a test asks: whoever just collects this file need not read it."""
    return tuple(_entries(language))


def _entries(language: str) -> Iterator[Entry]:
    known = messages(LOCALES / language)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        above = ""
        for entry in parsed(path).body:
            if isinstance(entry, ast.BaseComment):
                above = entry.content or ""
            if isinstance(entry, ast.Message):
                note = (entry.comment.content or "") if entry.comment else above
                yield Entry(path.name, entry.id.name, note, tuple(readings(entry, known)))


@cache
def in_english() -> dict[str, Entry]:
    return {entry.key: entry for entry in copy_in("en")}


def files_of(language: str) -> list[str]:
    return sorted(path.name for path in (LOCALES / language).glob("*.ftl"))


EACH_FILE = pytest.mark.parametrize("file", files_of("en"))
"""A file at a time, each string of it by name where something is wrong: a test for each would be ten thousand."""


def wrong(file: str, faults: Callable[[Entry], Iterable[str]], among: tuple[Entry, ...] | None = None) -> list[str]:
    """Return what is wrong with the strings of a file, in English unless others are given."""
    entries = copy_in("en") if among is None else among
    return [f"{entry.key}: {fault}" for entry in entries if entry.file == file for fault in faults(entry)]


def found(words: tuple[str, ...], text: str) -> list[str]:
    return [word for word in words if re.search(rf"(?<![\w-])(?:{word})(?![\w-])", text, re.IGNORECASE)]


def hard_to_read(entry: Entry) -> Iterator[str]:
    for reading in entry.readings:
        if len(words_of(reading.text)) >= FEWEST_WORDS:
            named = reading.named or any(term in reading.text.lower() for term in TERMS)
            if grade(reading.text) > (GRADE_WITH_NAMES if named else GRADE):
                yield reading.text


def too_long(entry: Entry) -> Iterator[str]:
    if not entry.is_card:
        yield from (reading.text for reading in entry.readings if len(reading.text) > LONGEST)


def banned_words(entry: Entry) -> Iterator[str]:
    for reading in entry.readings:
        yield from (f"{word} in {reading.text}" for word in found(BANNED + SLANG, reading.text))
        if "!!" in reading.text:
            yield reading.text


def untold(entry: Entry) -> Iterator[str]:
    if not entry.note.replace("card", "").strip():
        yield "no word for its translator"


def astray(entry: Entry) -> Iterator[str]:
    """Yield what keeps a translation from standing in for the English string."""
    original = in_english().get(entry.key)
    if original is None:
        yield "not in English"
        return
    longest = max(len(reading.text) for reading in entry.readings)
    if not original.is_card and longest > LONGEST + 60:
        yield f"{longest} characters"
    yield from (reading.text for reading in entry.readings if "!!" in reading.text)


@EACH_FILE
def test_a_string_reads_at_sixth_grade_or_seventh_with_numbers_and_names(file: str) -> None:
    assert wrong(file, hard_to_read) == []


@EACH_FILE
def test_a_string_is_short_unless_it_is_a_card(file: str) -> None:
    assert wrong(file, too_long) == []


@EACH_FILE
def test_a_string_holds_no_banned_phrase_and_no_slang_for_drugs(file: str) -> None:
    assert wrong(file, banned_words) == []


@EACH_FILE
def test_a_string_tells_its_translator_what_it_is(file: str) -> None:
    assert wrong(file, untold) == []


@pytest.mark.parametrize("file", files_of("es"))
def test_a_translated_string_exists_in_english_and_is_not_much_longer(file: str) -> None:
    assert wrong(file, astray, copy_in("es")) == []


@pytest.mark.parametrize(
    ("faults", "text", "note"),
    [
        (
            hard_to_read,
            "Individuals experiencing considerable psychological difficulties necessitate immediate assistance.",
            "a",
        ),
        (too_long, "word " * 80, "a"),
        (banned_words, "Stay strong!", "a"),
        (banned_words, "Hello!!", "a"),
        (untold, "Hello.", "card"),
        (astray, "word " * 80, "a"),
    ],
)
def test_each_rule_finds_what_breaks_it(faults: Callable[[Entry], Iterable[str]], text: str, note: str) -> None:
    not_a_card = next(entry.key for entry in copy_in("en") if not entry.is_card)
    made = Entry("core.ftl", "no-such-key" if faults is not astray else not_a_card, note, (Reading(text, named=False),))
    assert wrong("core.ftl", faults, (made,)) != []


def test_spanish_crisis_copy_is_whole_and_takes_the_same_variables() -> None:
    english, spanish = messages(LOCALES / "en"), messages(LOCALES / "es")
    crisis = {entry.key for entry in copy_in("en") if entry.file == "crisis.ftl"}

    assert crisis <= set(spanish)
    for key in crisis:
        assert variables(spanish[key], spanish) <= variables(english[key], english), key


def variables(message: ast.Message, known: dict[str, ast.Message]) -> set[str]:
    text = str(message.to_json())
    names = set(re.findall(r"'type': 'VariableReference'[^}]*'name': '(\w+)'", text))
    return names | {
        name
        for other in re.findall(r"'type': 'MessageReference'[^}]*'name': '([\w-]+)'", text)
        for name in variables(known[other], known)
    }


@pytest.mark.parametrize("name", [name for name, script in SCRIPTS.items() if script.answers])
def test_where_a_choice_is_asked_there_is_a_way_out(name: str) -> None:
    assert [token for token in SCRIPTS[name].answers if token.rpartition(".")[2] in EXITS]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_crisis_message_asks_one_thing_at_a_time(name: str) -> None:
    ways = next(entry for entry in copy_in("en") if entry.key == f"crisis-{name}").readings
    for reading in ways:
        quoted = re.sub(r'"[^"]*"', "", reading.text)
        assert quoted.count("?") <= 1 or name == "overdose", reading.text


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("moderator", 4),
        ("naloxone", 3),
        ("breathe", 1),
        ("breathing", 2),
        ("asked", 1),
        ("wanted", 2),
        ("table", 2),
        ("lines", 1),
        ("changes", 2),
        ("emergency", 4),
        ("don't", 1),
        ("didn't", 2),
        ("911", 1),
        ("sixth-grade", 2),
    ],
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_the_grade_tells_easy_words_from_hard_ones() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 2
    assert grade("Pharmacological interventions necessitate comprehensive multidisciplinary evaluation.") > 20


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("Stay strong!", True),
        ("You are an addict.", True),
        ("Did you relapse?", True),
        ("A clean date", True),
        ("The users of this bot", True),
        ("cause", False),
        ("They format it", False),
    ],
)
def test_the_list_of_banned_phrases_catches_whole_words_only(text: str, banned: bool) -> None:
    assert bool(found(BANNED, text)) is banned
