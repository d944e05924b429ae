"""A screener that reads what a test says it reads, so that a story of the service does not hang on wording."""

from collections.abc import Mapping
from dataclasses import replace

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import DELIVERED, Contact, Label, Screening, Verdict
from buddybot.service.kernel.book import Book

CALM = Screening(frozenset(), None, frozenset(), DELIVERED, (), (), None, "")


def cry(level: Level, *lanes: SideLane, contacts: tuple[Contact, ...] = ()) -> Screening:
    return replace(CALM, labels=frozenset({Label.CRISIS}), level=level, lanes=frozenset(lanes), contacts=contacts)


def softly(gentle: Gentle) -> Screening:
    return replace(CALM, gentle=gentle)


def asks_for(verdict: Verdict, *labels: Label, contacts: tuple[Contact, ...] = ()) -> Screening:
    return replace(CALM, labels=frozenset(labels), verdict=verdict, contacts=contacts)


def claims(family: str) -> Screening:
    return replace(CALM, labels=frozenset({Label.MISINFO}), claim=family)


def scripted(book: Book, script: Mapping[str, Screening]) -> Book:
    """Let the screener know these messages by heart, and find nothing in any other."""
    return replace(book, screen=lambda text: script.get(text, CALM))
