"""Typed words: which kinds of thing a text names, and where, found in one pass over it.

A kind ("drug", "acquire", "past") proves nothing alone. Rules look at kinds that stand together in a sentence.
"""

from collections.abc import Mapping

from ahocorasick_rs import AhoCorasick


class Lexicon:
    """All typed words of all languages, in one automaton; a scan costs one pass whatever their number."""

    def __init__(self, languages: Mapping[str, Mapping[str, frozenset[str]]]) -> None:
        """Take kinds of words by language: `{"en": {"drug": {"heroin", ...}}}`."""
        kinds: dict[str, dict[str, None]] = {}
        for language in languages.values():
            for kind, words in language.items():
                for word in words:
                    kinds.setdefault(f" {word} ", {})[kind] = None
        patterns = sorted(kinds)
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._kinds = tuple(shared.setdefault(found, found) for found in (tuple(kinds[one]) for one in patterns))
        self._automaton = AhoCorasick(patterns or ["\0"])

    def typed(self, joined: str) -> list[tuple[str, int]]:
        """Find typed words in text whose words are joined, and bordered, by single blanks: kind and place, in order."""
        kinds = self._kinds
        return [
            (kind, start)
            for index, start, _ in self._automaton.find_matches_as_indexes(joined, overlapping=True)
            for kind in kinds[index]
        ]
