"""Phrasebook of typed answers: which words choose which button, in every language, and which negate them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from buddybot.domain.dialog.time_spans import SpanWords
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token


@dataclass(frozen=True, slots=True)
class VerbPhrases:
    """Synonyms of one verb: its own phrases, and the families (yes, no, later ...) that mean it too."""

    own: frozenset[str]
    families: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class ReplyPhrases:
    """All phrases, normalized (`plaintext.plain`); signs such as a thumb stand as they are.

    One phrasebook is another than the next, whatever they hold: so what is made of one can be remembered by it.
    """

    verbs: Mapping[str, VerbPhrases] = field(default_factory=dict)
    families: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    negations: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    """Words that begin a question, which is no answer."""
    stating: frozenset[str] = frozenset()
    """Words that mean no by themselves, and begin a statement when more follows: "never herd of it"."""
    fillers: frozenset[str] = frozenset()
    """Words around a choice that say nothing: the polite ones, and those with which one is picked."""
    polite: frozenset[str] = frozenset()
    """Words that say nothing around anything."""
    careful: frozenset[str] = frozenset()
    """Choices, by noun and verb, that no misspelling may take."""
    spans: SpanWords = field(default_factory=SpanWords)
    """Words of time spans."""
    everyday: frozenset[str] = frozenset()
    """Phrases that people say to each other all the time."""
    beside_numbers: frozenset[str] = frozenset()
    """What stands around a number that names a place."""
    arguments: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """What people write behind a command, by its name: phrase -> what it means there."""
    words: frozenset[str] = frozenset()
    """Every word of every phrase: none of them is a misspelling of another."""

    def entry(self, token: Token, reads: str = "") -> VerbPhrases:
        """Return the phrases of a choice: by `reads` if it names some, by noun and verb, or by the verb alone."""
        verb = token.verb.rpartition(":")[2]
        for name in (reads, f"{token.noun}.{verb}", verb):
            if name and name in self.verbs:
                return self.verbs[name]
        return VerbPhrases(frozenset())

    def phrases(self, token: Token, reads: str = "") -> frozenset[str]:
        """Return every phrase that chooses this."""
        entry = self.entry(token, reads)
        return entry.own.union(*(self.families[name] for name in entry.families))

    def argument(self, command: str, said: str) -> str:
        """Return what words behind a command mean there, "" for nothing that is known."""
        return self.arguments.get(command, {}).get(plain(said), "")

    def declines(self, token: Token, reads: str = "") -> bool:
        """Return whether a plain no means this choice."""
        return "no" in self.entry(token, reads).families

    def is_careful(self, token: Token) -> bool:
        """Return whether only words that are spelled right may choose this."""
        return f"{token.noun}.{token.verb}" in self.careful

    def number(self, words: str) -> int | None:
        """Return the ordinal of a list that is named: "2", "number 2", "the second one"."""
        parts = words.split()
        if len(parts) == 1:
            return self.ordinals.get(words) if words[0].isdigit() else None
        named = [one for one in parts if one in self.ordinals and one not in self.beside_numbers]
        named = named or [one for one in parts if one in self.ordinals]
        rest = [one for one in parts if one in self.beside_numbers or one not in self.ordinals]
        if len(named) != 1 or len(rest) == len(parts) or any(one not in self.beside_numbers for one in rest):
            return None
        return self.ordinals[named[0]]

    def is_everyday(self, phrase: str) -> bool:
        """Return whether people say this to each other all the time."""
        return (
            " " not in phrase or phrase in self.everyday or any(phrase in family for family in self.families.values())
        )


def folded(phrases: Iterable[str]) -> frozenset[str]:
    """Normalize phrases as typed words are."""
    return frozenset(plain(one) or one for one in phrases)
