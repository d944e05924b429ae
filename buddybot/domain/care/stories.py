"""Fuzzy search of the experience library: short notes on what helped one person, by topic or word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rapidfuzz import fuzz

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.plaintext import plain

ALIKE = 78
"""Similarity (0 to 100) from which a word counts as another one, misspelt."""
WHOLE = 3
"""Shorter words must stand as they are: too many look alike."""
MANY = 8
"""The most stories that one search goes through."""


class StoryState(StrEnum):
    """Review state of a story."""

    WAITING = "waiting"
    """Nobody but its author has seen it."""
    SHOWN = "shown"
    REPORTED = "reported"
    """A member reported it: hidden until a moderator looks again."""


@dataclass(frozen=True, slots=True)
class Story:
    """One member's note on what helped them; `claim` is the medical claim in it, `stays` that it may outlast them."""

    id: str
    author: MemberId | None
    state: StoryState
    made_at: datetime
    text: str = field(repr=False)
    locale: str
    topics: tuple[str, ...] = ()
    claim: str = ""
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Topics:
    """The library's vocabulary: words by topic, and how long a story may be."""

    shortest: int
    longest: int
    words: Mapping[str, tuple[str, ...]]

    def meant(self, text: str) -> str:
        """Return the topic that a search means, misspelt too; "" for none."""
        asked = plain(text)
        rated = [(_likeness(asked, word), name) for name, words in self.words.items() for word in (name, *words)]
        score, name = max(rated, default=(0.0, ""))
        return name if score >= ALIKE else ""

    def within(self, text: str) -> tuple[str, ...]:
        """Return the topics whose words stand in a text."""
        padded = f" {plain(text)} "
        return tuple(name for name, words in self.words.items() if any(f" {plain(word)} " in padded for word in words))


def ranked(stories: Iterable[Story], topics: Topics, query: str, locale: str) -> list[Story]:
    """Return the stories that fit a search: those of its topic, then those with its words; one's own language first."""
    topic, asked = topics.meant(query), plain(query)
    rated = [(_fit(one, topic, asked), one.locale == locale, one.made_at, one.id, one) for one in stories]
    found = sorted((row for row in rated if row[0] >= ALIKE), key=lambda row: row[:4], reverse=True)
    return [row[4] for row in found[:MANY]]


def _fit(story: Story, topic: str, asked: str) -> float:
    if topic and topic in story.topics:
        return 200.0
    words = [word for word in asked.split() if len(word) > WHOLE]
    said = plain(story.text).split()
    return min((max((_likeness(word, one) for one in said), default=0.0) for word in words), default=0.0)


def _likeness(asked: str, word: str) -> float:
    word = plain(word)
    return 100.0 if asked == word else fuzz.ratio(asked, word) if min(len(asked), len(word)) > WHOLE else 0.0
