"""Succinct set of texts (a MARISA trie): asked only whether it holds one, at a twentieth of what a set would weigh."""

from collections.abc import Collection, Iterable, Iterator

from marisa_trie import Trie


class SuccinctSet(Collection[str]):
    """An immutable set of texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._trie = Trie(texts)

    def __contains__(self, text: object) -> bool:
        """Return whether a text is in it; half a letter (a lone surrogate) stands in no list."""
        try:
            return isinstance(text, str) and text in self._trie
        except UnicodeEncodeError:
            return False

    def __iter__(self) -> Iterator[str]:
        """Spell every one of them out."""
        return iter(self._trie)

    def __len__(self) -> int:
        """Count them."""
        return len(self._trie)
