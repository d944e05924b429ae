"""What happens when a timer comes due, and the daily sweep that keeps every promise about how long things are kept."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.care import Check
from buddybot.domain.ids import CaseId, MemberId, OfferId
from buddybot.service import calm, care, channels, matching, newcomers, posts, privacy, ruling
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


def ring(turn: Turn, timer: Timer) -> None:
    """Do what this timer was set for, once; it is gone first, so that the doing may set it anew."""
    standing = turn.tx.timers.find(timer.kind, timer.subject)
    if standing is None or standing.due > turn.now:
        return
    turn.tx.timers.cancel(timer.kind, timer.subject)
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
        case matching.ROUND:
            matching.run_round(turn)
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
            _in_channels(turn, timer)


def _in_channels(turn: Turn, timer: Timer) -> None:
    match timer.kind:
        case newcomers.RAID:
            newcomers.ease(turn, MemberId(timer.subject), timer.payload)
        case newcomers.WAITING:
            newcomers.admit(turn, timer.subject, timer.payload)
        case channels.ASKED:
            channels.stop_waiting(turn, MemberId(timer.subject))
        case posts.PROMPT:
            calm.prompt(turn, timer.subject)
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
    tx.passes.expire(now)
    tx.flows.expire(now - turn.book.floods.window)
    tx.inbox.expire(now - keep.events)
    tx.inbox.expire_cursors(now - keep.cursors)
    ruling.expire(turn)
    privacy.sweep(turn)
    tx.timers.set(Timer(SWEEP, "all", now + SWEEP_EVERY))
