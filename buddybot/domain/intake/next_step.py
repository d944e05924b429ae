"""Next step of the questionnaire: derived from the progress, and nothing else."""

from dataclasses import replace

from buddybot.domain.intake.path import PathEntry, open_place, path, renewed, step_position
from buddybot.domain.intake.progress import FlowStage, PendingDoubt, Progress
from buddybot.domain.intake.questions import Flow, Question, QuestionKind
from buddybot.domain.intake.replies import Ask, Clarify, Confirm, Done, Moment, Review, Step
from buddybot.domain.intake.vocabulary import Vocabulary
from buddybot.domain.people import nickname as nicknames


def begin(flow: Flow, vocabulary: Vocabulary, moment: Moment, languages: tuple[str, ...] = ("en",)) -> Progress:
    """Return the initial progress; `languages` is what the app speaks, to be confirmed where language is asked."""
    offers = nicknames.offers(vocabulary.nicknames, moment.chance)
    return Progress(flow.key, flow.version, offers=offers, languages=languages)


def next_step(flow: Flow, progress: Progress) -> Step:
    """Return the step to show now."""
    progress = renewed(flow, progress)
    place = open_place(flow, progress)
    if place is None:
        return Done(early=progress.looking and _left(flow, progress) > 0)
    question = place.question
    if progress.pending.doubts:
        return Clarify(question, progress.doubt)
    if progress.pending.fills:
        return Confirm(question, progress.pending.fills)
    if _is_review(flow, progress, question):
        return Review(_left(flow, progress))
    return Ask(
        question,
        *step_position(flow, progress),
        ticks=_ticks(place, progress),
        kept=place.answer.keys or () if place.answer and place.answer.stage is FlowStage.EARLY else (),
        offers=progress.offers if question.kind is QuestionKind.TEXT else (),
        mine=bool(progress.nickname) and question.kind is QuestionKind.TEXT,
    )


def reopen(progress: Progress, question: str) -> Progress:
    """Open an answered question again to change it; the old answer stands until there is a new one."""
    return replace(progress, changing=question, pending=PendingDoubt(), ticks=(), nickname="")


def keep_going(progress: Progress) -> Progress:
    """Go on with the questions after having looked early."""
    return replace(progress, looking=False, reviewed=True)


def offer_again(progress: Progress) -> Progress:
    """Let the offer to look stand once more, for someone who comes back past it."""
    return replace(progress, reviewed=False)


def _ticks(place: PathEntry, progress: Progress) -> tuple[str, ...]:
    question = place.question
    if progress.ticks or question.kind is not QuestionKind.MULTI:
        return progress.ticks
    if place.answer and place.answer.keys:
        return place.answer.keys
    return progress.languages if question.opens == "languages" else ()


def _is_review(flow: Flow, progress: Progress, question: Question) -> bool:
    """Return whether the offer to look stands now: all up to `review_after` is settled, and something is left."""
    if not flow.review_after or progress.reviewed or progress.looking or progress.changing:
        return False
    return question.number > flow.by_key[flow.review_after].number


def _left(flow: Flow, progress: Progress) -> int:
    """Return how many numbered questions are still open."""
    return len({place.question.number for place in path(flow, progress) if place.open})
