"""What happens when a timer comes due, and the daily sweep that keeps every promise about how long things are kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import assert_never

from buddybot.domain.crisis.conversation import Check
from buddybot.domain.kernel.ids import CaseId, MemberId, OfferId, RoomId
from buddybot.domain.matching.gatherings import GatheringId
from buddybot.domain.talk.rooms import OPENED, SILENCE
from buddybot.service.care import deal, own_days, silences
from buddybot.service.care.dates import milestone_notes, remembrance
from buddybot.service.care.mentoring import offering, serving
from buddybot.service.channels import admission, entry, relay
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.crisis import conversation, effects
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import circles, offers, waits
from buddybot.service.moderation import appeals, casework, deanonymize, paging, platform_enforcement, sanctions
from buddybot.service.moderation.desk import reported_files
from buddybot.service.moderation.review import mentors
from buddybot.service.moderation.threads import posts
from buddybot.service.moderation.voice import talks
from buddybot.service.people import erasure, privacy
from buddybot.service.programmes import consent
from buddybot.service.talk import checkins, enforcement, media, mentor_rooms, on_call
from buddybot.store.kernel.timers import Timer

SWEEP = "sweep"
SWEEP_EVERY = timedelta(hours=1)
SWEPT = 100
"""Rows of one kind let go in one transaction."""
AWAY = timedelta(days=1)
"""A bot that was off for longer can't tell a long rest from a clock that is ahead."""
SLACK = timedelta(minutes=2)
ATTEMPTS = 5
AGAIN = timedelta(minutes=5)


def start_timers(turn: Turn) -> None:
    """Set what must always run: the rounds and the sweep."""
    swept = turn.tx.timers.find(SWEEP, "all")
    if swept is not None and not swept.due - SWEEP_EVERY - SLACK <= turn.now <= swept.due + AWAY:
        turn.world.doubt()
    for kind in (offers.ROUND, circles.ROUND, SWEEP):
        if turn.tx.timers.find(kind, "all") is None:
            turn.tx.timers.set(Timer(kind, "all", turn.now))
    turn.tx.staff.appoint(turn.book.practice.staff)
    posts.declare_open(turn)


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
            turn.tx.clock.rein_in_shifts(turn.now)
        case ClockDoubt.OVER:
            turn.tx.clock.rein_in_past(turn.now)
            _no_later(turn, SWEEP, SWEEP_EVERY)
        case _:
            assert_never(doubt)


def _no_later(turn: Turn, kind: str, period: timedelta) -> None:
    found = turn.tx.timers.find(kind, "all")
    if found is None or found.due > turn.now + period:
        turn.tx.timers.set(Timer(kind, "all", turn.now + period))


def ring(turn: Turn, timer: Timer) -> None:
    """Do what this timer was set for, once; it is gone first, so that the doing may set it anew.

    A round has been worked out and offered by then, in pieces: here only the next one is set.
    """
    if not stands(turn, timer):
        return
    turn.tx.timers.cancel(timer.kind, timer.subject)
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
    """Let go of what has come to its time (privacy.md, section 3): some rows at once, again until none is left."""
    keep, tx, now = turn.book.retention, turn.tx, turn.now
    gone = (
        tx.rooms.expire_notes(now - keep.notes, SWEPT),
        tx.rooms.expire(now - keep.rooms, SWEPT),
        tx.receipts.expire(now - keep.notes, SWEPT),
        tx.ties.expire(now, SWEPT),
        tx.offers.expire(now - keep.offers, SWEPT),
        tx.gatherings.expire(now - keep.offers, SWEPT),
        tx.outcomes.expire(now - keep.rooms, SWEPT),
        tx.waits.expire(now - waits.RECENT, now),
        tx.questions.expire(now, SWEPT),
        tx.inbox.expire(now - keep.events, SWEPT),
        tx.tags.expire(now, SWEPT),
        tx.own.expire(now - keep.own_days, SWEPT),
    )
    tx.cases.expire_shared(now - keep.evidence, now - keep.evidence_appealed, now - keep.evidence_open)
    tx.cases.expire(now - keep.cases)
    tx.passes.expire(now)
    tx.invites.expire(now - keep.invites, now - keep.programmes)
    tx.oncall.expire_calls(now - SWEEP_EVERY)
    tx.flows.expire(now - turn.book.floods.window)
    tx.inbox.expire_cursors(now - keep.cursors)
    tx.sanctions.expire(now - keep.cases)
    tx.sanctions.expire_removals(now)
    tx.records.expire(now - keep.proposals)
    tx.stories.expire(now - keep.stories)
    tx.mentors.expire(now - keep.mentors)
    tx.staff.expire(now, now - keep.shifts)
    tx.desk.expire(now)
    tx.buckets.expire(now)
    tx.accounts.count()
    tx.uploads.expire(now)
    tx.lines.expire(now - SWEEP_EVERY)
    tx.audit.expire(now - keep.audit)
    enforcement.expire_pending(turn)
    tx.outbox.drop_keys_ahead(now)
    more = privacy.sweep_members(turn) or any(count >= SWEPT for count in gone)
    # What is left over goes with the next tick, so that nobody waits behind a long transaction.
    tx.timers.set(Timer(SWEEP, "all", now if more else now + SWEEP_EVERY))


def _care(turn: Turn, timer: Timer) -> None:
    member, _, check = timer.subject.rpartition(":")
    conversation.due(turn, MemberId(member), Check(check))


DOING: Mapping[str, Callable[[Turn, Timer], None]] = {
    offers.EXPIRY: lambda turn, timer: offers.expire(turn, OfferId(timer.subject)),
    "offer-again": lambda turn, timer: offers.ask_again(turn, timer.subject),
    waits.NONE_YET: waits.tell_none_yet,
    offers.ROUND: lambda turn, _: offers.set_next_round(turn),
    circles.ROUND: lambda turn, _: circles.set_circles_round(turn),
    circles.EXPIRY: lambda turn, timer: circles.settle(turn, GatheringId(timer.subject)),
    on_call.CALL: lambda turn, timer: on_call.nobody(turn, timer.subject),
    on_call.HOUR: lambda turn, timer: on_call.end_hour(turn, RoomId(timer.subject)),
    effects.TIMER: _care,
    checkins.TIMER: checkins.ask_checkin,
    OPENED: deal.begin_deal,
    SILENCE: lambda turn, timer: silences.watch_pair(turn, RoomId(timer.subject)),
    silences.AGAIN: silences.remind_silent,
    mentor_rooms.DEBRIEF: serving.ask_mentor,
    mentor_rooms.OWN_CRISIS: serving.ask_mentor,
    mentors.UNREAD: offering.expire_offer,
    own_days.OWN_DAY: own_days.ask_own_day,
    consent.ASKING: consent.ask_to_count,
    milestone_notes.MARK: milestone_notes.note_mark,
    remembrance.DAY: remembrance.speak_of,
    effects.WORDS: lambda turn, timer: turn.tx.cases.drop_shared(CaseId(timer.subject)),
    media.COMING: media.give_up_late,
    privacy.IDLE: lambda turn, timer: privacy.erase_idle(turn, MemberId(timer.subject), timer.due),
    erasure.FAREWELL: erasure.say_farewell,
    SWEEP: lambda turn, _: sweep(turn),
    admission.RAID: lambda turn, timer: admission.ease(turn, MemberId(timer.subject), timer.payload),
    admission.WAITING: lambda turn, timer: admission.admit(turn, timer.subject, timer.payload),
    entry.ASKED: lambda turn, timer: entry.stop_waiting(turn, MemberId(timer.subject)),
    relay.PROMPT: lambda turn, timer: channel_pacing.prompt(turn, timer.subject),
    paging.PAGE: lambda turn, timer: paging.page_next(turn, CaseId(timer.subject), timer.payload),
    sanctions.BEGIN: lambda turn, timer: sanctions.enforce(turn, timer.subject),
    sanctions.END: lambda turn, timer: sanctions.end_sanction(turn, timer.subject),
    platform_enforcement.AGAIN: lambda turn, timer: platform_enforcement.follow_again(turn, timer.subject),
    appeals.SEEN: lambda turn, timer: appeals.late(turn, CaseId(timer.subject), appeals.SEEN),
    appeals.ANSWERED: lambda turn, timer: appeals.late(turn, CaseId(timer.subject), appeals.ANSWERED),
    casework.WATCH: lambda turn, timer: casework.remind_follow_up(turn, CaseId(timer.subject)),
    casework.DEBRIEF: lambda turn, timer: casework.debrief(turn, MemberId(timer.subject.rpartition(":")[0])),
    reported_files.WANTED: lambda _, __: None,  # it did not come in time: the words of the report stand
    posts.THREAD: lambda turn, timer: posts.follow_case(turn, CaseId(timer.subject)),
    talks.WORDS: lambda turn, timer: turn.tx.records.drop_talk(CaseId(timer.subject)),
    staff.SHIFT_END: lambda turn, timer: staff.warn_long_shift(turn, MemberId(timer.subject)),
    deanonymize.END: lambda turn, timer: deanonymize.retract_reveal(turn, timer.subject, MemberId(timer.payload)),
}
"""What each kind of timer does; one that nothing answers to (an older version set it) is let go."""
ERASING = frozenset({SWEEP, privacy.IDLE, effects.WORDS, talks.WORDS})
