"""Progress record of a flow: keys only, so that it can be stored, resumed after days, and outlive an edit.

No word anyone typed is ever held here, but for a nickname.
"""

import json
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pydantic import TypeAdapter, ValidationError

PAST = "past:"
"""In front of a key that was mentioned as past ("used to"); matching reads the key without it."""


class FlowStage(StrEnum):
    """Status of an answer."""

    GIVEN = "given"
    EARLY = "early"
    """Said and confirmed before its turn: its question is still asked, with one tap to keep it."""
    KEPT = "kept"
    """Said early, and kept when its turn came."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Recorded answer; `keys` is None when they skipped. `version` is that of the question, if it has one."""

    question: str
    keys: tuple[str, ...] | None = field(repr=False)
    stage: FlowStage = FlowStage.GIVEN
    version: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """Keys understood for one question."""

    question: str
    keys: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Ambiguous word: the question it was about, and the keys of what it may have meant.

    Vocabulary meanings are named by their own key; `past` and `considering` say how it was mentioned.
    """

    question: str
    meanings: tuple[str, ...] = field(repr=False)
    past: bool = False
    considering: bool = False


@dataclass(frozen=True, slots=True)
class PendingDoubt:
    """Understood but unconfirmed: doubts to clear first, then, with several fills, a yes."""

    fills: tuple[Fill, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def stands(self) -> bool:
        """Return whether anything waits."""
        return bool(self.fills or self.doubts)


NOTHING_PENDING = PendingDoubt()


@dataclass(frozen=True, slots=True)
class Progress:
    """Record of a flow in progress.

    `tried` names questions that had their one "did you mean". `offers` are nicknames drawn for this person,
    `nickname` one they typed that needs a second look. `languages` is the app's, as a first guess to confirm.
    """

    flow: str
    version: str
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    ticks: tuple[str, ...] = field(default=(), repr=False)
    pending: PendingDoubt = NOTHING_PENDING
    tried: tuple[str, ...] = ()
    offers: tuple[str, ...] = field(default=(), repr=False)
    nickname: str = field(default="", repr=False)
    languages: tuple[str, ...] = ()
    changing: str = ""
    """An answered question that was opened again to change it; the old answer stands until the new one."""
    reviewed: bool = False
    looking: bool = False
    shown: str = ""
    """The note that shows the open question now: a card that changes in place, or loses its buttons."""

    def answer_to(self, question: str) -> Answer | None:
        """Return the answer to a question, if there is one."""
        return next((answer for answer in self.answers if answer.question == question), None)

    @property
    def by_question(self) -> dict[str, Answer]:
        """Each answer under its question; of two to one question the first."""
        return {answer.question: answer for answer in reversed(self.answers)}

    @property
    def doubt(self) -> Doubt:
        """The doubt to clear first; only asked for while there is one."""
        return self.pending.doubts[0]

    def with_answer(self, answer: Answer) -> "Progress":
        """Put an answer last, in place of an older one to the same question, and drop all drafts."""
        others = tuple(old for old in self.answers if old.question != answer.question)
        return replace(
            self,
            answers=(*others, answer),
            ticks=(),
            pending=NOTHING_PENDING,
            nickname="",
            changing="",
            tried=self._untried(answer),
        )

    def _untried(self, answer: Answer) -> tuple[str, ...]:
        return tuple(key for key in self.tried if key != answer.question)


# ── As JSON, for the sealed columns it lives in ─────────────────────────────────────────

_PROGRESS = TypeAdapter(Progress)
_PENDING = {"fills": ("question", "keys"), "doubts": ("question", "meanings", "past", "considering")}
_ANSWER = ("question", "keys", "stage", "version")


def to_json(progress: Progress) -> str:
    """Serialize a progress; `from_json` reads it back equal."""
    return _PROGRESS.dump_json(progress, exclude_defaults=True).decode()


def from_json(text: str | bytes) -> Progress:
    """Deserialize a progress, of today or an older version; ValueError if it is anything else."""
    try:
        held: object = json.loads(text)
        return _PROGRESS.validate_python(_renewed(held) if isinstance(held, dict) and "fills" in held else held)
    except (ValidationError, ValueError, TypeError) as error:
        raise ValueError("this is not a progress that was stored") from error


def _renewed(held: dict[str, object]) -> dict[str, object]:
    """Upgrade an older record: answers, fills and doubts were lists without names."""
    pending = {name: _named(held[name], keys) for name, keys in _PENDING.items()}
    others = {name: value for name, value in held.items() if name not in _PENDING}
    return {**others, "answers": _named(held.get("answers"), _ANSWER), "pending": pending}


def _named(rows: object, keys: tuple[str, ...]) -> list[dict[str, object]]:
    if not isinstance(rows, list):
        raise TypeError("a list was expected")
    return [dict(zip(keys, row, strict=True)) for row in rows]
