"""Joins the detectors of contacts: numbers, handles, links, addresses, payment tags, full names.

They read text with its letters folded but its tricks left in, because a leetspeak letter in a handle is part of it.
Help lines are never contacts. What is sure is validated; whatever else looks like a contact is doubtful, which leaves
its author the last word.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import islice

from buddybot.domain.kernel.verdicts import Certainty, Contact
from buddybot.rules.contact.digits import NUMBER_WORDS, ascii_digits
from buddybot.rules.contact.handles import emails_in, handles_in
from buddybot.rules.contact.help_lines import HelpLines
from buddybot.rules.contact.links import hosts_in, schemes_in
from buddybot.rules.contact.names import may_name, names_in
from buddybot.rules.contact.phone import phones_in
from buddybot.rules.contact.places import places_in
from buddybot.rules.contact.plans import FEWEST
from buddybot.rules.normalise import Folded

_NO_LETTERS = bytes(sign if chr(sign).isascii() and chr(sign).islower() else ord(" ") for sign in range(256))
_DIGIT = re.compile(r"[0-9]")
_DOTTED = re.compile(r"\.[a-z0-9]|\. ?(?:com|net|org)")
# "Forty" and "triple five" are two digits and more.
_DIGITS_OF_A_WORD = 2
_DOT_WORDS = frozenset({"dot", "punto", "ponto", "punkt", "point", "period"})
# Each place costs a walk back through the text, so a wall of contacts is told as one from here on.
_MOST = 60


@dataclass(frozen=True, slots=True)
class ContactTables:
    """Allow lists of the detectors: help lines, and words that people use every day."""

    help_lines: HelpLines
    ordinary: Container[str] = frozenset()


def contacts_in(plain: Folded, tables: ContactTables) -> tuple[Contact, ...]:
    """Find contacts in `plain` (folded, tricks left in); spans are offsets into the original text."""
    found = [
        Contact(*plain.origin(start, end), kind, certainty) for kind, start, end, certainty in _joined(plain, tables)
    ]
    if may_name(plain.text):
        for start, end in islice(names_in(plain.original, tables.ordinary), _MOST):
            if not any(contact.start < end and start < contact.end for contact in found):
                found.append(Contact(start, end, "name", Certainty.DOUBTFUL))
    return tuple(sorted(found, key=lambda contact: contact.start)) if found else ()


def _joined(plain: Folded, tables: ContactTables) -> list[tuple[str, int, int, Certainty]]:
    """Return what was found in the folded text, no two at one place; beyond a wall the rest is one."""
    found: list[tuple[str, int, int, Certainty]] = []
    candidates = list(_candidates(plain.text, tables))
    if not candidates:
        return found
    taken = bytearray(len(plain.text) + 1)
    for kind, start, end, certainty in candidates:
        if end > start and 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            found.append((kind, start, end, certainty))
    if len(found) <= _MOST:
        return found
    found.sort(key=lambda contact: contact[1])
    kind, start, _, certainty = found[_MOST - 1]
    return [*found[: _MOST - 1], (kind, start, found[-1][2], certainty)]


def is_grammars(text: str) -> bool:
    """Return whether folded text holds a link with a scheme or as many digits as a phone number.

    What the grammar then says is final: it knows help lines and counting, which a statistical opinion does not.
    """
    if "://" in text:
        return True
    listed = _runs_of_letters(text)
    return len(_DIGIT.findall(ascii_digits(text))) + _spoken(listed, frozenset(listed)) >= FEWEST


def _runs_of_letters(text: str) -> list[str]:
    """Return what stands between signs of any other kind."""
    return text.encode("utf-8", "replace").translate(_NO_LETTERS).decode("ascii").split()


def _spoken(listed: list[str], words: frozenset[str]) -> int:
    """Return for how many digits number words may stand; `words` are those that are listed, each once."""
    if NUMBER_WORDS.isdisjoint(words):
        return 0
    return _DIGITS_OF_A_WORD * sum(word in NUMBER_WORDS for word in listed)


def _candidates(text: str, tables: ContactTables) -> Iterator[tuple[str, int, int, Certainty]]:
    """Yield what each detector finds; one whose signs are missing costs one look."""
    listed = _runs_of_letters(text)
    words = frozenset(listed)
    dotted = "." in text and (_DOTTED.search(text) is not None or "[.]" in text or "(.)" in text)
    dots = dotted or not words.isdisjoint(_DOT_WORDS)
    if ":" in text or "http" in text or "hxx" in text:
        for start, end, certainty in schemes_in(text, tables.help_lines):
            yield "link", start, end, certainty
    if "@" in text or dots or " at sign" in text:
        yield from emails_in(text)
    if dots:
        for start, end, certainty in hosts_in(text, tables.help_lines, tables.ordinary):
            yield "link", start, end, certainty
    digits = len(_DIGIT.findall(ascii_digits(text)))
    if digits + _spoken(listed, words) >= FEWEST:
        for start, end, certainty in phones_in(text, tables.help_lines):
            yield "phone", start, end, certainty
    yield from handles_in(text, words, tables.ordinary)
    if digits:
        for start, end in places_in(text):
            yield "address", start, end, Certainty.DOUBTFUL
