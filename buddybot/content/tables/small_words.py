"""Validation of lists of single words by language: small words that typed text is read by, all languages together."""

from collections.abc import Mapping

from buddybot.content.validation import TableError, Texts
from buddybot.domain.kernel.plaintext import plain


def single_words(listed: Mapping[str, Texts], key: str) -> frozenset[str]:
    """Return the words of all languages; a `TableError` names the first entry that no typed word equals."""
    for language, words in listed.items():
        for word in words:
            if plain(word) != word or " " in word:
                fix = f"write one word, small letters, no accents or signs, such as {plain(word).split(' ')[0]!r}"
                raise TableError(f"{key}.{language}", word, fix)
    return frozenset(word for words in listed.values() for word in words)
