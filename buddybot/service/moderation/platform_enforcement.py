"""Native enforcement of sanctions: a platform's time-out or ban in its channels, and the lifting of it."""

from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.places import ChannelKind, Restrict, Restriction
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.service.channels import relay
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import Turn
from buddybot.store.kernel.timers import Timer

AGAIN = "sanction-again"
FURTHEST = timedelta(days=27)
"""Platforms forget a time-out after 28 days; it is set again before."""


def apply_on_platform(turn: Turn, sanction: Sanction) -> None:
    """Apply a sanction natively; one that outlasts the platform's maximum is renewed in time."""
    if sanction.about is None or not sanction.runs(turn.now):
        return
    _restrict(turn, sanction.about, _how(sanction), sanction.until)
    if sanction.until is None or sanction.until - turn.now > FURTHEST:
        turn.tx.timers.set(Timer(AGAIN, sanction.id, turn.now + FURTHEST))


def apply_at(turn: Turn, member: MemberId, place: MemberId, account: str) -> None:
    """Apply the sanctions in force where somebody has just come in: another server is no way around one."""
    for sanction in standing.running(turn, member):
        turn.post(place, Restrict(account, _how(sanction), sanction.until), crisis=True)


def follow_again(turn: Turn, sanction_id: str) -> None:
    """Renew a native sanction."""
    sanction = turn.tx.sanctions.by_id(sanction_id)
    if sanction is not None:
        apply_on_platform(turn, sanction)


def lift_on_platform(turn: Turn, member: MemberId) -> None:
    """Revoke all native sanctions."""
    _restrict(turn, member, Restriction.LIFT)


def _how(sanction: Sanction) -> Restriction:
    return Restriction.REMOVE if sanction.step is Step.REMOVAL else Restriction.MUTE


def _restrict(turn: Turn, member: MemberId, how: Restriction, until: datetime | None = None) -> None:
    for channel in turn.book.channels:
        if channel.kind is not ChannelKind.MODERATORS:
            relay.restrict(turn, member, channel, Restrict("", how, until))
