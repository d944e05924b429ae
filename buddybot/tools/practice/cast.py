"""The demo's script, parsed from data/demo.toml: who the practice peers are, and how they answer what was said."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from rapidfuzz import fuzz

from buddybot.content.files import content_dir
from buddybot.content.validation import TableModel, read_table, validated

FORGIVEN = 86
"""Similarity (Indel ratio, 0 to 100) from which a longer word counts as another one misspelt."""
FORGIVEN_FROM = 5
_WORD = re.compile(r"[a-z0-9]+")


class PracticePeer(TableModel):
    """One practice peer: answers to the intake, how many notes they answer, and what they say at which note."""

    name: str
    answers: Mapping[str, tuple[str, ...]]
    circle: bool = False
    """They look for no buddy, and sit in a circle with whoever asks for one."""
    quiet_after: int = Field(default=1000, ge=1)
    says: Mapping[int, str] = {}


class PracticeStory(TableModel):
    """A sample in the library of what helped: its sentence, and the topics it is found by."""

    key: str
    topics: tuple[str, ...]


class Cast(TableModel):
    """Everybody in the demo, and what they know to answer, by language."""

    others: Annotated[tuple[str, ...], Field(min_length=2)]
    common: Mapping[str, tuple[str, ...]]
    peers: tuple[PracticePeer, ...]
    stories: tuple[PracticeStory, ...]
    replies: Mapping[str, Mapping[str, tuple[str, ...]]]

    def answers_of(self, peer: PracticePeer) -> Mapping[str, tuple[str, ...]]:
        """Return what a peer answers in the intake, question by question."""
        return {**self.common, **peer.answers}


def load_cast() -> Cast:
    """Read data/demo.toml; a fault is a `ContentError` that names file and key."""
    return read_table(content_dir() / "demo.toml", lambda table: validated(Cast, table))


@dataclass
class PracticeTalk:
    """A peer's memory of a talk: how many notes came, what was said last, and in which language."""

    heard: int = 0
    last: str = ""
    language: str = "en"
    others: int = 0

    def reply(self, cast: Cast, peer: PracticePeer, text: str) -> str | None:
        """Return the key of what the peer says to this note; None once it has gone silent."""
        self.heard += 1
        if self.heard > peer.quiet_after:
            return None
        key = peer.says.get(self.heard) or self._known(cast, text) or self._next_other(cast.others)
        self.last = key
        return f"practice-{key}"

    def _known(self, cast: Cast, text: str) -> str:
        """Return the reply whose longest word or phrase stands in the text; never the last one again."""
        words = _WORD.findall(_folded(text))
        found = [
            (len(phrase), key, language)
            for language, replies in cast.replies.items()
            for key, phrases in replies.items()
            for phrase in phrases
            if key != self.last and _stands(phrase.split(), words)
        ]
        if not found:
            return ""
        _, key, self.language = max(found)
        return key

    def _next_other(self, others: Sequence[str]) -> str:
        self.others += 1
        return others[(self.others - 1) % len(others)]


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'").replace("'", ""))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _stands(phrase: list[str], words: list[str]) -> bool:
    size = len(phrase)
    return any(
        all(_same(mine, theirs) for mine, theirs in zip(phrase, words[at : at + size], strict=True))
        for at in range(len(words) - size + 1)
    )


def _same(mine: str, theirs: str) -> bool:
    return mine == theirs or (len(mine) >= FORGIVEN_FROM and fuzz.ratio(mine, theirs) >= FORGIVEN)
