"""How hard a text is to read: the Flesch-Kincaid grade, and what stands in an entry of a Fluent file.

Syllables are counted by rule, which is exact enough for a limit; words that the rule gets wrong are listed.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fluent.syntax import ast

KNOWN = {"you're": 1, "they're": 1, "we're": 1, "people": 2, "something": 2, "someone": 2, "sometimes": 2, "being": 2}
KNOWN |= {"naloxone": 3, "overdose": 3, "overdosed": 3, "breathes": 1, "clothes": 1, "real": 1, "idea": 3, "quiet": 2}
KNOWN |= {"anyone": 3, "everyone": 3, "anything": 3, "knees": 1, "moved": 1, "safely": 2, "somewhere": 2, "science": 2}
SAMPLE = {"name": "Slow River", "alias": "Slow River", "nickname": "Slow River", "url": "findahelpline.com"}
SPOKEN_NT = ("didn", "isn", "doesn", "wouldn", "couldn", "shouldn", "hasn", "hadn", "wasn")
MOST_WAYS = 64
"""Texts looked at for one entry with several selectors."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way an entry can read. `named` says that it holds numbers, names or values put in."""

    text: str
    named: bool


def readings(entry: ast.Message, messages: Mapping[str, ast.Message]) -> Iterator[Reading]:
    """Return every text that an entry can become, with samples for what is put in."""
    if entry.value is None:
        return
    for text in itertools.islice(_pattern(entry.value, messages), MOST_WAYS):
        yield Reading(text.replace("\x00", ""), named="\x00" in text or any(char.isdigit() for char in text))


def _pattern(pattern: ast.Pattern, messages: Mapping[str, ast.Message]) -> Iterator[str]:
    for parts in itertools.product(*(list(_element(element, messages)) for element in pattern.elements)):
        yield "".join(parts)


def _element(element: ast.TextElement | ast.Placeable, messages: Mapping[str, ast.Message]) -> Iterator[str]:
    if isinstance(element, ast.TextElement):
        yield element.value
        return
    inside = element.expression
    match inside:
        case ast.StringLiteral():
            yield inside.value
        case ast.NumberLiteral():
            yield inside.value
        case ast.MessageReference():
            referred = messages[inside.id.name]
            if referred.value is not None:
                yield from _pattern(referred.value, messages)
        case ast.SelectExpression():
            for variant in inside.variants:
                yield from _pattern(variant.value, messages)
        case ast.VariableReference():
            yield "\x00" + SAMPLE.get(inside.id.name, "988")
        case _:
            yield "\x00" + "988"


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: years of school needed to read it with ease."""
    words = words_of(text)
    sentences = [part for part in re.split(r"[.!?]+(?:[\s\"')]|$)|\n", text) if words_of(part)]
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 if words else 0.0


def words_of(text: str) -> list[str]:
    """Return the words; a number counts as one word."""
    return re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d[\d ,.-]*", text)


def syllables_of(word: str) -> int:
    """Return how many syllables an English word has; a number counts as one, since it is read at a glance."""
    if word[0].isdigit():
        return 1
    return sum(_syllables(part) for part in re.split(r"-", word.lower().replace("\u2019", "'")) if part)


def _syllables(word: str) -> int:
    if word in KNOWN:
        return KNOWN[word]
    bare = word.partition("'")[0]
    beats = len(re.findall(r"[aeiouy]+", bare))
    silent_e = bare.endswith("e") and not re.search(r"[^aeiouy]le$", bare) and not re.search(r"[aeiouy]e$", bare)
    silent_ed = re.search(r"[^aeiouytd]ed$", bare) is not None
    silent_es = re.search(r"[^aeiouyscxzhg]es$", bare) is not None and not re.search(r"[sc]hes$|les$", bare)
    spoken_nt = word.endswith("n't") and bare in SPOKEN_NT
    return max(1, beats - (silent_e or silent_ed or silent_es)) + spoken_nt
