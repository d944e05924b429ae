"""What happens when a timer comes due, and the daily sweep that keeps every promise about how long things are kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import assert_never

from buddybot.domain.crisis.conversation import Check
from buddybot.domain.kernel.ids import CaseId, MemberId, OfferId, RoomId
from buddybot.domain.matching.gatherings import GatheringId
from buddybot.domain.matching.pairing import Pairing
from buddybot.service.channels import admission, entry, relay
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.crisis import conversation, effects
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import circles, offers
from buddybot.service.moderation import appeals, casework, deanonymize, paging, platform_enforcement, sanctions
from buddybot.service.moderation.voice import talks
from buddybot.service.people import privacy
from buddybot.service.talk import checkins, enforcement, on_call
from buddybot.store.kernel.timers import Timer

SWEEP = "sweep"
SWEEP_EVERY = timedelta(hours=1)
AWAY = timedelta(days=1)
"""A bot that was off for longer can't tell a long rest from a clock that is ahead."""
SLACK = timedelta(minutes=2)
ATTEMPTS = 5
AGAIN = timedelta(minutes=5)


def begin(turn: Turn) -> None:
    """Set what must always run: the round and the sweep; finish what a crash may have cut off."""
    swept = turn.tx.timers.find(SWEEP, "all")
    if swept is not None and not swept.due - SWEEP_EVERY - SLACK <= turn.now <= swept.due + AWAY:
        turn.world.doubt()
    for kind in (offers.ROUND, circles.ROUND, SWEEP):
        if turn.tx.timers.find(kind, "all") is None:
            turn.tx.timers.set(Timer(kind, "all", turn.now))
    turn.tx.staff.appoint(turn.book.practice.staff)
    privacy.finish(turn)


class ClockDoubt(Enum):
    """How long the clock has been in doubt: the longer it holds, the more is changed by what it says."""

    NEW = "new"
    """Only what does no harm if the clock is wrong now: deliveries, rounds, open questions."""
    HELD = "held"
    """What was set for later, by a clock that was ahead then."""
    OVER = "over"
    """How old things are. The sweep itself waits until here: its timer tells a later start that something is wrong."""


def rein_in(turn: Turn, doubt: ClockDoubt) -> None:
    """Bring back what a clock that was ahead put further away than it can be."""
    match doubt:
        case ClockDoubt.NEW:
            turn.tx.clock.rein_in_waiting(turn.now)
            for kind in (offers.ROUND, circles.ROUND):
                _no_later(turn, kind, turn.book.practice.round_every)
        case ClockDoubt.HELD:
            turn.tx.clock.rein_in_spans(turn.now)
        case ClockDoubt.OVER:
            turn.tx.clock.rein_in_past(turn.now)
            _no_later(turn, SWEEP, SWEEP_EVERY)
        case _:
            assert_never(doubt)


def _no_later(turn: Turn, kind: str, period: timedelta) -> None:
    found = turn.tx.timers.find(kind, "all")
    if found is None or found.due > turn.now + period:
        turn.tx.timers.set(Timer(kind, "all", turn.now + period))


def ring(turn: Turn, timer: Timer, pairs: Sequence[Pairing] | None = None) -> None:
    """Do what this timer was set for, once; it is gone first, so that the doing may set it anew.

    A round may come with its pairs already worked out.
    """
    if not stands(turn, timer):
        return
    turn.tx.timers.cancel(timer.kind, timer.subject)
    if timer.kind == offers.ROUND:
        offers.run_round(turn, pairs)
    else:
        _do(turn, timer)


def stands(turn: Turn, timer: Timer) -> bool:
    """Whether a timer is still to be rung now: not done already, nor put off."""
    found = turn.tx.timers.find(timer.kind, timer.subject)
    return found is not None and found.due <= turn.now


def postpone(turn: Turn, timer: Timer) -> None:
    """Try a failed timer again later; after some failures let it go, but never the ones that must always run."""
    if timer.attempts + 1 < ATTEMPTS or timer.subject == "all":
        later = turn.now + AGAIN * (timer.attempts + 1)
        turn.tx.timers.set(replace(timer, due=later, attempts=timer.attempts + 1))
    else:
        turn.tx.timers.cancel(timer.kind, timer.subject)


def _do(turn: Turn, timer: Timer) -> None:
    if (doing := DOING.get(timer.kind)) is not None:
        doing(turn, timer)


def sweep(turn: Turn) -> None:
    """Let go of everything whose time has come (privacy.md, section 3)."""
    keep, tx, now = turn.book.retention, turn.tx, turn.now
    tx.rooms.expire(now - keep.notes, now - keep.rooms)
    tx.receipts.expire(now - keep.notes)
    tx.ties.expire(now)
    tx.offers.expire(now - keep.offers)
    tx.gatherings.expire(now - keep.offers)
    tx.outcomes.expire(now - keep.rooms)
    tx.cases.expire_shared(now - keep.evidence, now - keep.evidence_appealed, now - keep.evidence_open)
    tx.cases.expire(now - keep.cases)
    tx.passes.expire(now)
    tx.questions.expire(now)
    tx.flows.expire(now - turn.book.floods.window)
    tx.inbox.expire(now - keep.events)
    tx.inbox.expire_cursors(now - keep.cursors)
    tx.tags.expire(now)
    tx.sanctions.expire(now - keep.cases)
    tx.sanctions.expire_removals(now)
    tx.records.expire(now - keep.proposals)
    tx.staff.expire(now, now - keep.shifts)
    tx.desk.expire(now)
    tx.audit.expire(now - keep.audit)
    enforcement.expire(turn)
    privacy.finish(turn)
    privacy.sweep(turn)
    tx.timers.set(Timer(SWEEP, "all", now + SWEEP_EVERY))


def _care(turn: Turn, timer: Timer) -> None:
    member, _, check = timer.subject.rpartition(":")
    conversation.due(turn, MemberId(member), Check(check))


DOING: Mapping[str, Callable[[Turn, Timer], None]] = {
    offers.EXPIRY: lambda turn, timer: offers.expire(turn, OfferId(timer.subject)),
    "offer-again": lambda turn, timer: offers.ask_again(turn, timer.subject),
    circles.ROUND: lambda turn, _: circles.run_round(turn),
    circles.EXPIRY: lambda turn, timer: circles.settle(turn, GatheringId(timer.subject)),
    on_call.CALL: lambda turn, timer: on_call.nobody(turn, timer.subject),
    on_call.HOUR: lambda turn, timer: on_call.over(turn, RoomId(timer.subject)),
    effects.TIMER: _care,
    checkins.TIMER: checkins.due,
    effects.WORDS: lambda turn, timer: turn.tx.cases.drop_shared(CaseId(timer.subject)),
    privacy.IDLE: lambda turn, timer: privacy.erase_idle(turn, MemberId(timer.subject), timer.due),
    SWEEP: lambda turn, _: sweep(turn),
    admission.RAID: lambda turn, timer: admission.ease(turn, MemberId(timer.subject), timer.payload),
    admission.WAITING: lambda turn, timer: admission.admit(turn, timer.subject, timer.payload),
    entry.ASKED: lambda turn, timer: entry.stop_waiting(turn, MemberId(timer.subject)),
    relay.PROMPT: lambda turn, timer: channel_pacing.prompt(turn, timer.subject),
    paging.PAGE: lambda turn, timer: paging.again(turn, CaseId(timer.subject), timer.payload),
    sanctions.BEGIN: lambda turn, timer: sanctions.begin(turn, timer.subject),
    sanctions.END: lambda turn, timer: sanctions.end(turn, timer.subject),
    platform_enforcement.AGAIN: lambda turn, timer: platform_enforcement.follow_again(turn, timer.subject),
    appeals.SEEN: lambda turn, timer: appeals.late(turn, CaseId(timer.subject), appeals.SEEN),
    appeals.ANSWERED: lambda turn, timer: appeals.late(turn, CaseId(timer.subject), appeals.ANSWERED),
    casework.WATCH: lambda turn, timer: casework.watched(turn, CaseId(timer.subject)),
    casework.DEBRIEF: lambda turn, timer: casework.debrief(turn, MemberId(timer.subject.rpartition(":")[0])),
    talks.WORDS: lambda turn, timer: turn.tx.records.drop_talk(CaseId(timer.subject)),
    staff.SHIFT_END: lambda turn, timer: staff.over(turn, MemberId(timer.subject)),
    deanonymize.END: lambda turn, timer: deanonymize.over(turn, timer.subject, MemberId(timer.payload)),
}
"""What each kind of timer does; one that nothing answers to (an older version set it) is let go."""
ERASING = frozenset({SWEEP, privacy.IDLE, effects.WORDS, talks.WORDS})
