"""Policy of company: how long a silence lasts before somebody is asked, and what a deal may say (data/company.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Company:
    """Timing of silences by pace, and the choices of the deal. `check` gives days by the word of the choice."""

    clocks: Mapping[str, timedelta]
    usual: str
    tell_after: timedelta
    snooze: timedelta
    wait: timedelta
    crisis: timedelta
    most_endings: int
    within: timedelta
    break_days: int
    hours: tuple[str, ...]
    limits: tuple[str, ...]
    check: Mapping[str, int]

    def rests_until(self, endings: tuple[datetime, ...], now: datetime) -> datetime | None:
        """Return until when the search rests after too many silent endings, else None."""
        recent = sorted(at for at in endings if at > now - self.within)
        return None if len(recent) < self.most_endings else recent[-self.most_endings] + self.within
