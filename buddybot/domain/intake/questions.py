"""Questions as data: what may be asked, in which order, and when. The wording lives in data/locales.

Texts are found by key: `question-KEY`, `why-KEY`, `choice-KEY-CHOICE`, `more-KEY-CHOICE` for a choice that explains.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

CONTROLS = frozenset(
    {
        "skip",
        "back",
        "left",
        "again",
        "why",
        "done",
        "another",
        "keep",
        "change",
        "keep_mine",
        "other_time",
        "something_else",
        "fix",
        "look",
        "later",
    }
)
"""Buttons that every question may have beside its choices; no choice may take one of these keys."""


class QuestionKind(StrEnum):
    """Answer type of a question."""

    SINGLE = "single"
    MULTI = "multi"
    TEXT = "text"
    """The chosen nickname: the one free text that is kept."""
    TIME = "time"
    """A time zone, read from a time of day or its name; an offset from UTC where that is all that is known."""


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One possible answer.

    `stores` is the value matching reads ("" = did not say). `alone` excludes all others. `hidden` has no button.
    `explains` shows a text and asks again. `stops` ends the flow and empties it, and says why.
    """

    key: str
    stores: str
    alone: bool = False
    hidden: bool = False
    explains: bool = False
    stops: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Branching condition: `field` was answered, and with one of `one_of` (if any) and none of `none_of`.

    `only` asks for exactly that answer; `several` for more than one key.
    """

    field: str
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    only: bool = False
    several: bool = False

    def holds(self, keys: tuple[str, ...]) -> bool:
        """Return whether an answer to `field` meets this condition."""
        if not keys or any(key in self.none_of for key in keys):
            return False
        if self.several:
            return len(keys) > 1
        if self.only:
            return keys == self.one_of
        return not self.one_of or any(key in self.one_of for key in keys)


@dataclass(frozen=True, slots=True)
class DayRange:
    """A range of whole numbers that means one choice: years of age, or days since (end inclusive)."""

    choice: str
    first: int
    last: int


@dataclass(frozen=True)
class Question:
    """One question.

    `field` is what it fills (several questions may fill one field: `now` by lane). `follows` names the question whose
    number it shares. `limit` is the most keys an answer may hold (0 = no limit). `required` can't be skipped.
    `others` lets its answer fill other questions too. `fallback` is what stands in when words were not understood
    twice: a choice, "" (left open) or "stay" (ask on). `opens` names a vocabulary list of further values. `past` and
    `considering` are the choices that such a mention fills ("mark" keeps the key, marked as past).
    """

    key: str
    kind: QuestionKind
    choices: tuple[AnswerChoice, ...]
    field: str
    number: int
    follows: str = ""
    limit: int = 0
    required: bool = False
    others: bool = False
    fallback: str = ""
    opens: str = ""
    version: str = ""
    past: str = ""
    considering: str = ""
    negation: bool = True
    when: tuple[Condition, ...] = ()
    ages: tuple[DayRange, ...] = ()
    days: tuple[DayRange, ...] = ()
    beats: tuple[tuple[str, str], ...] = ()
    offsets: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, AnswerChoice]:
        """Each choice under its key."""
        return {choice.key: choice for choice in self.choices}

    @property
    def weighty(self) -> bool:
        """Return whether an answer may end everything: of these none is taken from somebody who is not sure."""
        return any(choice.stops and not choice.hidden for choice in self.choices)

    @cached_property
    def shown(self) -> tuple[AnswerChoice, ...]:
        """The choices that have a button, in order: number 1 is the first."""
        return tuple(choice for choice in self.choices if not choice.hidden)


@dataclass(frozen=True)
class Flow:
    """A list of questions in the order they are asked; `review_after` is where looking may start."""

    key: str
    version: str
    questions: tuple[Question, ...]
    review_after: str = ""
    confirm: str = ""
    """The one question that is still asked when somebody looks early."""

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """Each question under its key."""
        return {question.key: question for question in self.questions}

    @cached_property
    def total(self) -> int:
        """Return the number of counted questions; follow-ups share a number."""
        return max((question.number for question in self.questions), default=0)
