"""Intent matching for words typed in a crisis conversation: "he's breathing", "no narcan", "idk", misspelt too.

Phrases are data (data/crisis_replies.toml). The longest phrase that fits a clause wins, so "not breathing" is never
taken for "breathing"; words that merely hold a short answer somewhere ("i dont want to be here") are no answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from buddybot.domain.kernel.plaintext import sentences

WHOLE = frozenset({"yes", "no", "unsure", "skip", "ok", "thanks", "same", "better", "worse", "okay", "rest", "next"})
"""Meanings whose phrases are everyday words: they count only where they are all that a clause says."""
LEADING = frozenset("yes yeah yea yep yup no nope nah si sip oui non ja nein sim nao".split())  # noqa: SIM905 - a word list
"""Words that answer a question by standing first."""
FILLERS = frozenset("um uh er well oh so please pls just like honestly lol now and but omg tbh haha pues bueno".split())  # noqa: SIM905
NEGATIONS = frozenset(
    "not no isnt aint dont doesnt didnt never without cant havent hasnt wont nobody sin nunca".split()  # noqa: SIM905
)
LONGEST, LEAD_WORDS, SHORT, FEWEST_LETTERS = 25, 9, 4, 5
"""Words of a message, of a clause that begins with its answer, and of one in which a single word counts anywhere."""


@dataclass(frozen=True, slots=True)
class Replies:
    """All phrases by their plain words, and every word that occurs in one (for spelling)."""

    phrases: Mapping[tuple[str, ...], str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    long_words: tuple[str, ...] = field(repr=False)
    longest: int

    def meanings(self, text: str) -> tuple[str, ...]:
        """Return what a message means as a reply, the surest first; empty where it is no reply that is known."""
        clauses = [self._spelt(part.split()) for sentence in sentences(text) for part in sentence]
        if sum(map(len, clauses)) > LONGEST:
            return ()
        found = [match for clause in clauses for match in self._in_clause(clause)]
        ranked = sorted(enumerate(found), key=lambda one: (-one[1][0], one[0]))
        return tuple(dict.fromkeys(meaning for _, (_, meaning) in ranked))

    def _in_clause(self, clause: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield the phrases of one clause with their length in words; a phrase inside a longer one is not told."""
        bare = tuple(word for word in clause if word not in FILLERS) or tuple(clause)
        for whole in (tuple(clause), bare):
            if (meaning := self.phrases.get(whole)) is not None:
                yield len(whole) + 1, meaning
                return
        start = 0
        while start < len(clause):
            size, meaning = self._at(clause, start)
            if meaning:
                yield size, meaning
            start += size or 1
        if clause and clause[0] in LEADING and len(clause) <= LEAD_WORDS:
            yield 1, self.phrases[(clause[0],)]

    def _at(self, clause: Sequence[str], start: int) -> tuple[int, str]:
        """Return the longest phrase that begins at a word: how many words it takes, and what it means ("" for none)."""
        for size in range(min(self.longest, len(clause) - start), 0, -1):
            meaning = self.phrases.get(tuple(clause[start : start + size]), "")
            everyday = meaning in WHOLE and not (meaning == "next" and size > SHORT // 2)
            if not meaning or everyday or (size == 1 and len(clause) > SHORT):
                continue
            denied = start > 0 and clause[start - 1] in NEGATIONS
            return size, "" if denied else meaning
        return 0, ""

    def _spelt(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return words with small slips put right: "breatihng", "narcn"."""
        return tuple(word if word in self.words else self._nearest(word) for word in words)

    def _nearest(self, word: str) -> str:
        if len(word) < FEWEST_LETTERS or word in NEGATIONS or word in FILLERS:
            return word
        slips = 1 if len(word) < FEWEST_LETTERS + 2 else 2
        found = process.extractOne(
            word, self.long_words, scorer=DamerauLevenshtein.distance, score_cutoff=slips, score_hint=slips
        )
        return word if found is None else str(found[0])


def replies_of(table: Mapping[str, Sequence[str]]) -> Replies:
    """Return the matcher for `meaning -> phrases`, all languages together."""
    phrases: dict[tuple[str, ...], str] = {}
    for meaning, written in table.items():
        for phrase in written:
            words = tuple(word for sentence in sentences(phrase) for part in sentence for word in part.split())
            phrases.setdefault(words, meaning)
    known = frozenset(word for phrase in phrases for word in phrase)
    # "call" and "calm" are both words: only longer ones are guessed at.
    long = tuple(sorted(word for word in known if len(word) >= FEWEST_LETTERS))
    return Replies(phrases, known, long, max(map(len, phrases)))
