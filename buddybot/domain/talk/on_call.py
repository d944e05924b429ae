"""On-call rota: who is available at this hour, and in which order they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.people.quiet_hours import QuietHours

MOST_A_NIGHT = 2
"""Talks one person is asked for in `NIGHT`, so that nobody carries them all."""
NIGHT = timedelta(hours=12)
ASKED_AT_ONCE = 5
NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OnCallHours:
    """On-call availability: local hours, opt-outs, and when they were asked last."""

    member: MemberId
    hours: QuietHours
    off_until: datetime | None = None
    asked_at: datetime | None = None

    def stands(self, clock: tzinfo | None, now: datetime) -> bool:
        """Return whether they are on call now. Without a known clock UTC is taken as local."""
        local = now.astimezone(clock or UTC)
        return self.hours.covers(local.hour) and (self.off_until is None or self.off_until <= now)


def in_turn(watches: Sequence[OnCallHours]) -> list[OnCallHours]:
    """Return those to ask in fair rotation, whoever was asked longest ago first."""
    return sorted(watches, key=lambda one: (one.asked_at or NEVER, one.member))[:ASKED_AT_ONCE]
