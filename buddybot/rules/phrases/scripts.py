"""Script detection and substring search for languages that folding to Latin letters would garble.

Cyrillic, Arabic, Devanagari, Thai, Han, kana and Hangul are read as they were written.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from buddybot.rules.phrases.phrase import Phrase, near

_OTHER = re.compile("[\u0370-\u1cff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WEIGHT_OF_ANY = 3
"""Fewer foreign letters than this are a trick inside Latin words, or a name."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """The phrases that are looked for in other scripts, and the letters that tell a language."""

    phrases: tuple[Phrase, ...] = ()
    letters: Mapping[str, re.Pattern[str]] | None = None

    def hear(self, original: str) -> tuple[str, tuple[Phrase, ...]]:
        """Return the language that the letters tell, if one, and the phrases that stand."""
        if original.isascii() or _OTHER.search(original) is None:
            return "", ()
        text = unicodedata.normalize("NFKC", original).casefold()
        found = tuple(
            phrase
            for phrase in self.phrases
            if any(
                phrase.stands(text, near(match.span(), 0, len(text)), match.span())
                for wording in phrase.wordings
                for match in wording.finditer(text)
            )
        )
        return (found[0].language if found else self._language(text)), found

    def _language(self, text: str) -> str:
        counts = {name: len(letters.findall(text)) for name, letters in (self.letters or {}).items()}
        best = max(counts, key=lambda name: counts[name], default="")
        latin = sum(sign.isascii() and sign.isalpha() for sign in text)
        return best if best and counts[best] >= _WEIGHT_OF_ANY and counts[best] > latin else ""
