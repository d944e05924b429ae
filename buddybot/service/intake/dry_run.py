"""Dry run of the questionnaire's parser: what typed words would answer; nothing is kept by asking."""

from buddybot.domain.intake.flow import apply_reply, begin
from buddybot.domain.intake.next_step import next_step
from buddybot.domain.intake.questions import QuestionKind
from buddybot.domain.intake.replies import MISSES, Ask, Clarify, Confirm, FlowOutcome, Notice, Stop, Typed
from buddybot.domain.kernel.messages import Origin
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people.members import Member
from buddybot.service.intake import card
from buddybot.service.kernel.turn import Turn

NAME = 2
"""Words of a name; what is longer may as well be a sentence."""


def tells_age(turn: Turn, origin: Origin, text: str) -> bool:
    """Return whether somebody tells how old they are, whether or not they were asked."""
    if not any(map(str.isdigit, text)):
        return False
    begun = begin(turn.book.gates, turn.book.vocabulary, card.moment_of_reply(turn, None))
    outcome = apply_reply(turn.book.gates, begun, Typed(text), turn.book.vocabulary, card.moment_of_reply(turn, origin))
    return bool(outcome.understood) or isinstance(outcome.step, Stop)


def understands(turn: Turn, member: Member, origin: Origin, text: str) -> bool:
    """Return whether a typed message answers, skips or asks about the open question."""
    found = _tried(turn, member, origin, text)
    return bool(found.understood) or found.notice not in {*MISSES, Notice.LEFT_OPEN, Notice.STALE}


def is_label(turn: Turn, member: Member, text: str) -> bool:
    """Return whether a typed message is what stands on a button of the open question, word for word."""
    left = next_step(*card.flow_of(turn, member))
    if not isinstance(left, Ask):
        return False
    choices = tuple(choice.key for choice in left.question.choices)
    return plain(text) in turn.book.vocabulary.labels.of(left.question.key, choices).choices


def answers_open(turn: Turn, member: Member, origin: Origin, text: str) -> bool:
    """Return whether a typed message is for the open question, and not only read as an answer to another one.

    "A bad night" tells of an hour to somebody who asked for one, and of a night to anybody else.
    """
    found, left = _tried(turn, member, origin, text), next_step(*card.flow_of(turn, member))
    if isinstance(left, Ask) and left.question.kind is QuestionKind.TEXT and len(text.split()) > NAME:
        return False
    match found.step:
        case Confirm(_, fills) if isinstance(left, Ask):
            return left.question.key in {fill.question for fill in fills}
        case Clarify(_, doubt) if isinstance(left, Ask):
            return left.question.key == doubt.question
        case _:
            return found.notice is Notice.LEFT_OPEN or understands(turn, member, origin, text)


def _tried(turn: Turn, member: Member, origin: Origin, text: str) -> FlowOutcome:
    flow, progress = card.flow_of(turn, member)
    return apply_reply(flow, progress, Typed(text), turn.book.vocabulary, card.moment_of_reply(turn, origin, member))
