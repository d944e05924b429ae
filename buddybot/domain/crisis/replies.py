"""Intent matching for words typed in a crisis conversation: "he's breathing", "no narcan", "idk", misspelt too.

Phrases are data (data/crisis_replies.toml). The longest phrase that fits a clause wins, so "not breathing" is never
taken for "breathing"; words that merely hold a short answer somewhere ("i dont want to be here") are no answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from buddybot.domain.kernel.plaintext import sentences

WHOLE = frozenset(
    {"yes", "no", "unsure", "skip", "ok", "thanks", "same", "better", "worse", "okay", "rest", "next", "enough"}
)
"""Meanings whose phrases are everyday words: they count only where they are all that a clause says."""
VITAL = frozenset({"breathing", "woke", "help-here"})
"""Never read out of a sentence with a "no" before it, whatever follows."""
LONGEST, LEAD_WORDS, SHORT, FEWEST_LETTERS = 25, 9, 4, 5
"""Words of a message, of a clause that begins with its answer, and of one in which a single word counts anywhere."""


_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """Small words by which phrases are found, all languages together: [reading] of data/crisis_replies.toml."""

    leading: frozenset[str] = field(default=_NONE, repr=False)
    before: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    subjects: frozenset[str] = field(default=_NONE, repr=False)
    fillers: frozenset[str] = field(default=_NONE, repr=False)
    right: frozenset[str] = field(default=_NONE, repr=False)
    negations: frozenset[str] = field(default=_NONE, repr=False)
    beside: frozenset[str] = field(default=_NONE, repr=False)
    shorthand: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def written_out(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return words with the shorthand of phones written out."""
        return tuple(full for word in words for full in self.shorthand.get(word, (word,)))

    def leads(self, clause: Sequence[str]) -> bool:
        """Return whether a clause begins with its answer."""
        if not clause or len(clause) > LEAD_WORDS:
            return False
        return clause[0] in self.leading or (len(clause) > 1 and clause[1] in self.before.get(clause[0], ()))

    def denied(self, clause: Sequence[str], start: int, meaning: str) -> bool:
        """Return whether the word before a phrase denies it; a "no" that answers first does not."""
        if start == 0 or clause[start - 1] not in self.negations:
            return False
        answers = start == 1 and clause[0] in self.leading and clause[start] in self.subjects
        return not answers or meaning in VITAL


@dataclass(frozen=True, slots=True)
class Replies:
    """All phrases by their plain words, and every word that occurs in one (for spelling)."""

    phrases: Mapping[tuple[str, ...], str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    long_words: tuple[str, ...] = field(repr=False)
    longest: int
    reading: ReplyReading = field(default_factory=ReplyReading)

    def meanings(self, text: str) -> tuple[str, ...]:
        """Return what a message means as a reply, the surest first; empty where it is no reply that is known."""
        return self.read(text)[0]

    def read(self, text: str, *, mend: bool = True) -> tuple[tuple[str, ...], bool]:
        """Return the meanings, and whether known replies make up at least half of the message.

        Without `mend` only what is spelled right counts.
        """
        parts = [part.split() for sentence in sentences(text) for part in sentence]
        clauses = [self._spelt(part) if mend else self.reading.written_out(part) for part in parts]
        length = sum(1 for clause in clauses for word in clause if word not in self.reading.fillers)
        if sum(map(len, clauses)) > LONGEST:
            return (), False
        found = [match for clause in clauses for match in self._in_clause(clause)]
        ranked = sorted(enumerate(found), key=lambda one: (-one[1][0], one[0]))
        understood = 2 * sum(size for size, meaning in found if meaning) >= length
        return tuple(dict.fromkeys(meaning for _, (_, meaning) in ranked if meaning)), understood and bool(found)

    def _in_clause(self, clause: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield the phrases of one clause with their length in words; a phrase inside a longer one is not told."""
        bare = tuple(word for word in clause if word not in self.reading.fillers) or tuple(clause)
        for whole in (tuple(clause), bare):
            if (meaning := self.phrases.get(whole)) is not None:
                yield len(whole) + 1, meaning
                return
        found = [(*self._at(clause, start), start) for start in range(len(clause))]
        taken: set[int] = set()
        for size, meaning, start in sorted(found, key=lambda one: (-one[0], one[2])):
            place = range(start, start + size)
            if size and taken.isdisjoint(place):
                taken.update(place)
                if meaning:
                    yield size, meaning
        if self.reading.leads(clause) and (meaning := self.phrases.get((clause[0],))) is not None:
            yield 1, meaning

    def _at(self, clause: Sequence[str], start: int) -> tuple[int, str]:
        """Return the longest phrase that begins at a word: how many words it takes, and what it means ("" for none)."""
        for size in range(min(self.longest, len(clause) - start), 0, -1):
            meaning = self.phrases.get(tuple(clause[start : start + size]), "")
            everyday = meaning in WHOLE and not (meaning == "next" and size > SHORT // 2)
            if not meaning or everyday or (size == 1 and len(clause) > SHORT):
                continue
            return size, "" if self.reading.denied(clause, start, meaning) else meaning
        return 0, ""

    def _spelt(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return words with shorthand written out and small slips put right: "breatihng", "narcn"."""
        return tuple(word if word in self.words else self._nearest(word) for word in self.reading.written_out(words))

    def _nearest(self, word: str) -> str:
        small = self.reading
        if len(word) < FEWEST_LETTERS or word in small.negations or word in small.fillers or word in small.right:
            return word
        slips = 1 if len(word) < FEWEST_LETTERS + 2 else 2
        found = process.extractOne(
            word, self.long_words, scorer=DamerauLevenshtein.distance, score_cutoff=slips, score_hint=slips
        )
        return word if found is None else str(found[0])


def expanded(phrase: str, sets: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a phrase once for each word of the sets that it names: "gave {them} narcan"."""
    pieces = [sets[part] if at % 2 else (part,) for at, part in enumerate(phrase.replace("}", "{").split("{"))]
    return ["".join(one) for one in product(*pieces)]


def replies_of(table: Mapping[str, Sequence[str]], reading: ReplyReading) -> Replies:
    """Return the matcher for `meaning -> phrases`, all languages together; a word that stands in many is kept once."""
    phrases: dict[tuple[str, ...], str] = {}
    for meaning, written in table.items():
        for phrase in written:
            words = tuple(intern(word) for sentence in sentences(phrase) for part in sentence for word in part.split())
            phrases.setdefault(reading.written_out(words), meaning)
    known = frozenset(word for phrase in phrases for word in phrase)
    # "call" and "calm" are both words: only longer ones are guessed at.
    long = tuple(sorted(word for word in known if len(word) >= FEWEST_LETTERS))
    return Replies(phrases, known, long, max(map(len, phrases)), reading)
