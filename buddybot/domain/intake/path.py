"""Branching of the questionnaire: which questions apply, derived from the answers each time."""

import re
from dataclasses import dataclass, replace

from buddybot.domain.intake.progress import NOTHING_PENDING, PAST, Answer, FlowStage, Progress
from buddybot.domain.intake.questions import Condition, Flow, Question, QuestionKind
from buddybot.domain.people.zones import OFFSET

_CODE = re.compile(r"[A-Za-z]{2,3}")
_ZONE = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")
"""The name of a zone: an answer also when the tz database knows it no more."""


@dataclass(frozen=True, slots=True)
class PathEntry:
    """Question on the path of this person, with their answer, if there is a valid one."""

    question: Question
    answer: Answer | None

    @property
    def open(self) -> bool:
        """Return whether it still has to be asked: no answer yet, or one given early that awaits its tap."""
        return self.answer is None or self.answer.stage is FlowStage.EARLY


def path(flow: Flow, progress: Progress) -> tuple[PathEntry, ...]:
    """Return the applicable questions, in order. Answers that the flow no longer knows are passed over."""
    fields: dict[str, tuple[str, ...]] = {}
    places: list[PathEntry] = []
    answers = progress.by_question
    for question in flow.questions:
        if question.when and not all(condition.holds(fields.get(condition.field, ())) for condition in question.when):
            continue
        answer = _valid(question, answers.get(question.key))
        if answer is not None and answer.keys:
            fields[question.field] = answer.keys
        places.append(PathEntry(question, answer))
    return tuple(places)


def _valid(question: Question, answer: Answer | None) -> Answer | None:
    """Filter an answer by today's choices; one of which nothing is left was never given."""
    if answer is None or answer.keys is None:
        return answer
    if answer.version != question.version:
        return None
    known = tuple(key for key in answer.keys if is_value(question, key))
    if known == answer.keys:
        return answer
    return replace(answer, keys=known) if known else None


def is_value(question: Question, key: str) -> bool:
    """Return whether a key can be an answer to a question."""
    if question.kind is QuestionKind.TEXT:
        return True
    if question.kind is QuestionKind.TIME:
        return OFFSET.fullmatch(key) is not None or _ZONE.fullmatch(key) is not None
    opened = bool(question.opens) and _CODE.fullmatch(key) is not None
    return opened or key.removeprefix(PAST if question.past == "mark" else "") in question.by_key


def renewed(flow: Flow, progress: Progress) -> Progress:
    """Invalidate drafts of questions that changed while a person was away; answers stand."""
    known = all(fill.question in flow.by_key for fill in progress.pending.fills)
    if known and progress.version == flow.version:
        return progress
    return replace(progress, version=flow.version, pending=NOTHING_PENDING, ticks=(), tried=())


def open_lists(flow: Flow, progress: Progress) -> tuple[PathEntry, ...]:
    """Return the open questions that are answered from a list: several of them fit on one form."""
    lists = {QuestionKind.SINGLE, QuestionKind.MULTI}
    return tuple(one for one in path(flow, progress) if one.open and one.question.kind in lists)


def open_place(flow: Flow, progress: Progress) -> PathEntry | None:
    """Return the first open question, if any."""
    return _open_of(flow, progress, path(flow, progress))


def _open_of(flow: Flow, progress: Progress, places: tuple[PathEntry, ...]) -> PathEntry | None:
    changing = next((place for place in places if place.question.key == progress.changing), None)
    if changing:
        return changing
    waiting = [place for place in places if place.open]
    if progress.looking:
        answered = {place.question.key for place in places if place.answer and place.answer.keys and not place.open}
        waiting = [p for p in waiting if p.question.key == flow.confirm or p.question.follows in answered]
    return waiting[0] if waiting else None


def step_position(flow: Flow, progress: Progress) -> tuple[int, int]:
    """Return the number of the open question and how many there are on the way of this person.

    Before the offer to look that is the way up to it; after it, what they chose. Follow-ups share a number.
    """
    places = path(flow, progress)
    current = _open_of(flow, progress, places)
    review = flow.by_key[flow.review_after].number if flow.review_after else 0
    if progress.looking:
        ahead = {place.question.number for place in places if not place.open or place == current}
    else:
        here = {place.question.key: place for place in places}
        ahead = {question.number for question in flow.questions if _may_come(question, flow, here)}
        ahead = ahead if progress.reviewed else {number for number in ahead if not review or number <= review}
    numbers = sorted(ahead)
    if current is None or current.question.number not in ahead:
        return len(numbers), len(numbers)
    return numbers.index(current.question.number) + 1, len(numbers)


def _may_come(question: Question, flow: Flow, here: dict[str, PathEntry]) -> bool:
    """Return whether a question is on the path, or hangs on one that was not answered yet."""
    return question.key in here or all(_undecided(condition, flow, here) for condition in question.when)


def _undecided(condition: Condition, flow: Flow, here: dict[str, PathEntry]) -> bool:
    sources = [one for one in flow.questions if one.field == condition.field]
    return any(one.key in here and here[one.key].answer is None for one in sources)
