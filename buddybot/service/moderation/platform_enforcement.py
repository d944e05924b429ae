"""Native enforcement of sanctions: a platform's time-out or ban in its channels, and the lifting of it."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.places import ChannelKind, Restrict, Restriction
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.service.channels import relay
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import conflicts
from buddybot.store.kernel.timers import Timer

AGAIN = "sanction-again"
FURTHEST = timedelta(days=27)
"""Platforms forget a time-out after 28 days; it is set again before."""


def apply_on_platform(turn: Turn, sanction: Sanction) -> None:
    """Apply a sanction natively; one that outlasts the platform's maximum is renewed in time."""
    if sanction.about is None or not sanction.runs(turn.now):
        return
    _restrict(turn, sanction.about, _native(sanction))
    if sanction.until is None or sanction.until - turn.now > FURTHEST:
        turn.tx.timers.set(Timer(AGAIN, sanction.id, turn.now + FURTHEST))


def apply_at(turn: Turn, member: MemberId, place: MemberId, account: str) -> None:
    """Apply the sanctions in force where somebody has just come in: another server is no way around one."""
    for sanction in standing.running(turn, member):
        turn.post(place, replace(_native(sanction), person=account), crisis=True)


def follow_again(turn: Turn, sanction_id: str) -> None:
    """Renew a native sanction."""
    sanction = turn.tx.sanctions.by_id(sanction_id)
    if sanction is not None:
        apply_on_platform(turn, sanction)


def lift_on_platform(turn: Turn, member: MemberId, case: CaseId) -> None:
    """Revoke all native sanctions; a platform's log is told for which case."""
    _restrict(turn, member, Restrict("", Restriction.LIFT, case=case[: conflicts.CODE]))


def _native(sanction: Sanction) -> Restrict:
    """Return what a sanction is on a platform, for nobody yet."""
    how = Restriction.REMOVE if sanction.step is Step.REMOVAL else Restriction.MUTE
    return Restrict("", how, sanction.until, sanction.case[: conflicts.CODE])


def _restrict(turn: Turn, member: MemberId, restriction: Restrict) -> None:
    for channel in turn.book.channels:
        if channel.kind is not ChannelKind.MODERATORS:
            relay.restrict(turn, member, channel, restriction)
