"""Reported photos and voice notes: their bytes join the case once the platform has handed them over by itself.

The proof is the platform's own: it vouches for the message that the bot passed on to the reporter, and the receipt says
which note of whom that is. It is asked only for what the reporter chose to share.
"""

from collections.abc import Iterable
from datetime import timedelta

from buddybot.domain.kernel.ids import CaseId
from buddybot.domain.kernel.messages import Address, MediaFile, MessageId
from buddybot.domain.moderation import file_evidence
from buddybot.domain.moderation.cases import Case, State
from buddybot.domain.people.members import Member
from buddybot.domain.talk.media import is_file
from buddybot.service.kernel.turn import Turn
from buddybot.store.kernel.receipts import Part
from buddybot.store.kernel.timers import Timer
from buddybot.store.moderation.records import Report

WANTED = "reported-file"
PATIENCE = timedelta(minutes=5)
"""After which a file that was reported is not waited for: the words of the report stand alone."""


def await_file(turn: Turn, reporter: Member, case: Case) -> None:
    """Write down that a file which they report may join this case."""
    turn.tx.timers.set(Timer(WANTED, reporter.id, turn.now + PATIENCE, reporter.id, case.id))


def pointed_file(turn: Turn, address: Address, messages: Iterable[MessageId]) -> MessageId | None:
    """Return the first of these messages that is a file from whom the case of this reporter is about."""
    reporter = turn.tx.members.by_address(address)
    case = None if reporter is None else _case(turn, reporter)
    if reporter is None or case is None:
        return None
    for message in messages:
        receipt = turn.tx.receipts.of_message(reporter.id, message)
        if receipt is not None and receipt.part is Part.COPY and is_file(receipt.note):
            found = turn.tx.rooms.room_of_note(receipt.note)
            if found is not None and found[1] == case.about:
                return message
    return None


def attach_file(turn: Turn, address: Address, message: MessageId, made: MediaFile) -> None:
    """Keep a file with the case, once; whatever changed meanwhile counts."""
    reporter = turn.tx.members.by_address(address)
    case = None if reporter is None else _case(turn, reporter)
    if reporter is None or case is None or pointed_file(turn, address, (message,)) is None:
        return
    turn.tx.timers.cancel(WANTED, reporter.id)
    text = file_evidence.as_text(made.data)
    if text not in {one.text for one in turn.tx.records.reports(case.id)}:
        report = Report(reporter.id, case.concern, turn.now, verified=True, text=text)
        turn.tx.records.report(case.id, report)


def _case(turn: Turn, reporter: Member) -> Case | None:
    timer = turn.tx.timers.find(WANTED, reporter.id)
    case = None if timer is None else turn.tx.cases.by_id(CaseId(timer.payload))
    return None if case is None or case.state is State.CLOSED else case
