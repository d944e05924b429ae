"""What happens when a timer comes due, and the daily sweep that keeps every promise about how long things are kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from buddybot.domain.care import Check
from buddybot.domain.ids import CaseId, MemberId, OfferId
from buddybot.domain.matching import Pairing
from buddybot.service import care, matching, privacy, ruling
from buddybot.service.turn import Turn
from buddybot.store.timers import Timer

SWEEP = "sweep"
SWEEP_EVERY = timedelta(hours=1)
ATTEMPTS = 5
AGAIN = timedelta(minutes=5)


def begin(turn: Turn) -> None:
    """Set what must always run: the round and the sweep; finish what a crash may have cut off."""
    for kind in (matching.ROUND, SWEEP):
        if turn.tx.timers.find(kind, "all") is None:
            turn.tx.timers.set(Timer(kind, "all", turn.now))
    privacy.sweep(turn)


def ring(turn: Turn, timer: Timer, pairs: Sequence[Pairing] | None = None) -> None:
    """Do what this timer was set for, once; it is gone first, so that the doing may set it anew.

    A round may come with its pairs already worked out.
    """
    standing = turn.tx.timers.find(timer.kind, timer.subject)
    if standing is None or standing.due > turn.now:
        return
    turn.tx.timers.cancel(timer.kind, timer.subject)
    if timer.kind == matching.ROUND:
        matching.run_round(turn, pairs)
    else:
        _do(turn, timer)


def postpone(turn: Turn, timer: Timer) -> None:
    """Try a failed timer again later; after some failures let it go, but never the ones that must always run."""
    if timer.attempts + 1 < ATTEMPTS or timer.subject == "all":
        later = turn.now + AGAIN * (timer.attempts + 1)
        turn.tx.timers.set(replace(timer, due=later, attempts=timer.attempts + 1))
    else:
        turn.tx.timers.cancel(timer.kind, timer.subject)


def _do(turn: Turn, timer: Timer) -> None:
    match timer.kind:
        case matching.EXPIRY:
            matching.expire(turn, OfferId(timer.subject))
        case "offer-again":
            matching.ask_again(turn, timer.subject)
        case care.TIMER:
            member, _, check = timer.subject.rpartition(":")
            care.due(turn, MemberId(member), Check(check))
        case care.WORDS:
            turn.tx.cases.drop_shared(CaseId(timer.subject))
        case privacy.IDLE:
            privacy.erase_idle(turn, MemberId(timer.subject), timer.due)
        case "sweep":
            sweep(turn)
        case _:
            return


def sweep(turn: Turn) -> None:
    """Let go of everything whose time has come (privacy.md, section 3)."""
    keep, tx, now = turn.book.retention, turn.tx, turn.now
    tx.rooms.expire(now - keep.notes, now - keep.rooms)
    tx.receipts.expire(now - keep.notes)
    tx.ties.expire(now)
    tx.offers.expire(now - keep.offers)
    tx.cases.expire_shared(now - keep.evidence)
    tx.cases.expire(now - keep.cases)
    tx.flows.expire(now - turn.book.floods.window)
    tx.inbox.expire(now - keep.events)
    tx.inbox.expire_cursors(now - keep.cursors)
    ruling.expire(turn)
    privacy.sweep(turn)
    tx.timers.set(Timer(SWEEP, "all", now + SWEEP_EVERY))
