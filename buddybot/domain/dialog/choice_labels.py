"""Lookup of a whole message among the labels of a question's choices, in every language, small slips forgiven.

A slip is judged word by word: each word that differs is one that nobody writes, and near the one it stands for. So
"uner a year" is the label it resembles, and "few times a day" is none that says "week".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from buddybot.domain.dialog.fillers import narrower
from buddybot.domain.kernel.plaintext import plain

_LEAST, _LONG = 4, 8
"""Letters of a word of a label that is recognized with one slip, and with two."""


@dataclass(frozen=True, slots=True)
class ChoiceLabels:
    """Labels of one question, as plain words; a label that two choices share means neither."""

    choices: Mapping[str, str]

    def near(self, message: str, known: Callable[[str], bool]) -> str:
        """Return the one choice whose label has these words but for slips; "" where there is none, or a second one."""
        words = message.split()
        found = {choice for label, choice in self.choices.items() if _is_misspelt(words, label.split(), known)}
        return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class SpokenLabels:
    """Labels of every question, each made when it is first asked for; `said` gives a locale key in every language."""

    said: Callable[[str], tuple[str, ...]] = field(default=lambda _: (), repr=False)
    _made: dict[str, ChoiceLabels] = field(default_factory=dict, repr=False, compare=False)

    def of(self, question: str, choices: tuple[str, ...]) -> ChoiceLabels:
        """Return the labels of a question with these choices."""
        if question not in self._made:
            self._made[question] = ChoiceLabels(self._read(question, choices))
        return self._made[question]

    def _read(self, question: str, choices: tuple[str, ...]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        shared: set[str] = set()
        for choice in choices:
            for label in filter(None, map(plain, self.said(f"choice-{question}-{choice}"))):
                shared |= {label} if found.setdefault(label, choice) != choice else set()
        return {label: choice for label, choice in found.items() if label not in shared}


def forms_of(message: str, around: frozenset[str], nods: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield a plain message and what is left of it without words around an answer, the longest first."""
    if message:
        yield from narrower(message, around, nods)


def _is_misspelt(words: list[str], label: list[str], known: Callable[[str], bool]) -> bool:
    if len(words) != len(label):
        return False
    wrong = [(one, other) for one, other in zip(words, label, strict=True) if one != other]
    return bool(wrong) and all(_is_slip(one, other) and not known(one) for one, other in wrong)


def _is_slip(word: str, meant: str) -> bool:
    if len(meant) < _LEAST or not (word.isalpha() and meant.isalpha()) or (len(meant) < _LONG and word[0] != meant[0]):
        return False
    most = 1 + (len(meant) >= _LONG)
    return OSA.distance(word, meant, score_cutoff=most) <= most
