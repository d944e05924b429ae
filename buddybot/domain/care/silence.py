"""Decision function of a silence: who is to be asked next, and when to look again. It reads no clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from buddybot.domain.care.company import Company
from buddybot.domain.care.pair_care import LEAVE, PairCare, Silence

HOUR = timedelta(hours=1)
SOONEST, LATEST = timedelta(minutes=15), timedelta(days=2)
"""How soon and how late a pair is looked at again; notes are kept for longer than that."""


class SilenceStep(StrEnum):
    """What is due now."""

    NUDGE = "nudge"
    """Ask the silent one, once."""
    TELL = "tell"
    """Tell the waiting one, and let them choose."""
    WORRY = "worry"
    """The last words were a cry for help: the waiting one gets company, and moderators a case."""
    NONE = ""


def counted(silence: Silence, now: datetime, quiet: Callable[[datetime], datetime | None]) -> Silence:
    """Add the waking time up to now. `quiet` gives the end of a quiet time or break that holds a moment."""
    at, awake = silence.counted_to, silence.awake
    while at < now:
        until = quiet(at)
        if until is not None and until > at:
            at = min(until, now)
            continue
        step = min(at.replace(minute=0, second=0, microsecond=0) + HOUR, now)
        awake += step - at
        at = step
    return replace(silence, awake=awake, counted_to=max(now, silence.counted_to))


def due_step(silence: Silence, silent: PairCare, clock: timedelta, company: Company, now: datetime) -> SilenceStep:
    """Return what is due: the silent one is asked first, the waiting one a day later."""
    if silence.cried and silence.told_at is None:
        return SilenceStep.WORRY if silence.awake >= min(clock, company.crisis) else SilenceStep.NONE
    if silence.told_at is not None:
        waited = silence.wait_until is not None and now >= silence.wait_until
        return SilenceStep.TELL if waited else SilenceStep.NONE
    if silence.nudged_at is None and silent.check != LEAVE:
        return SilenceStep.NUDGE if silence.awake >= _patience(silent, clock, company) else SilenceStep.NONE
    if silence.nudged_at is None:
        return SilenceStep.TELL if silence.awake >= clock + company.tell_after else SilenceStep.NONE
    after = silence.nudged_at + company.tell_after + (company.snooze if silence.snoozed else timedelta())
    return SilenceStep.TELL if now >= after and silence.awake >= clock else SilenceStep.NONE


def next_look(silence: Silence | None, clock: timedelta, company: Company, now: datetime) -> datetime:
    """Return when this pair is to be looked at again: soon enough that nothing comes late."""
    if silence is None:
        return now + min(clock, LATEST)
    waits = [clock - silence.awake, clock + company.tell_after - silence.awake, company.crisis - silence.awake]
    waits += [timedelta(days=days) - silence.awake for days in company.check.values()]
    if silence.nudged_at is not None:
        snoozed = company.snooze if silence.snoozed else timedelta()
        waits.append(silence.nudged_at + company.tell_after + snoozed - now)
    if silence.wait_until is not None:
        waits.append(silence.wait_until - now)
    return now + min([max(one, SOONEST) for one in waits if one > timedelta()] + [LATEST])


def _patience(silent: PairCare, clock: timedelta, company: Company) -> timedelta:
    days = company.check.get(silent.check)
    return clock if days is None else min(clock, timedelta(days=days))
