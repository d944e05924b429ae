"""State transition of the questionnaire: one reply, and the next step. Values in, values out.

Begin with `begin`, show `next_step`, put each reply through `answer`, and store the progress that its turn holds.
"""

from typing import assert_never

from buddybot.domain.intake.next_step import begin, keep_going, next_step, offer_again, reopen
from buddybot.domain.intake.path import open_place, renewed
from buddybot.domain.intake.pressed import confirmed_reading, control_of, picked, reviewed, toggled
from buddybot.domain.intake.progress import Progress
from buddybot.domain.intake.questions import Flow
from buddybot.domain.intake.recording import Recording
from buddybot.domain.intake.replies import (
    REVIEW,
    Ask,
    Clarify,
    Confirm,
    FlowOutcome,
    Moment,
    Notice,
    Picked,
    Reply,
    Review,
    Step,
    Ticked,
    Typed,
)
from buddybot.domain.intake.typed import Reading, picture_read
from buddybot.domain.intake.vocabulary import Vocabulary
from buddybot.domain.kernel.plaintext import plain

__all__ = ["apply_reply", "begin", "keep_going", "next_step", "offer_again", "reopen"]


def apply_reply(flow: Flow, progress: Progress, reply: Reply, vocabulary: Vocabulary, moment: Moment) -> FlowOutcome:
    """Apply one reply. Whatever it is, there is a next step; what was typed is not in it (but for a nickname)."""
    progress = renewed(flow, progress)
    place = open_place(flow, progress)
    at = Recording(flow, vocabulary, progress, place.question if place else flow.questions[-1])
    step = next_step(flow, progress)
    match reply:
        case Typed(text):
            said = picture_read(text)
            return _typed(at, step, Reading(at, moment, said), vocabulary.command(plain(said)))
        case Picked(question, keys):
            return picked(at, step, question, keys, moment)
        case Ticked(question, key):
            return toggled(at, step, question, key)
        case _:
            assert_never(reply)


def _typed(at: Recording, step: Step, reading: Reading, command: str) -> FlowOutcome:
    """Apply a typed reply: a word that works at any point, else an answer to what is open."""
    turn = None if reading.is_answer else control_of(at, step, command, reading.moment)
    if turn:
        return turn
    match step:
        case Ask():
            return reading.question()
        case Clarify():
            return reading.doubt(command)
        case Confirm():
            return confirmed_reading(at, command) or reading.question()
        case Review():
            return reviewed(at, command) or at.turn(Notice.UNCLEAR, REVIEW)
        case _:
            return at.turn()
