"""When the care conversation speaks and looks in again, and what calls for it outright: data/care.toml."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from buddybot.domain.kernel.plaintext import plain

BEGGING = frozenset({"please", "pls", "plz", "por", "favor", "porfavor", "porfa", "s'il", "bitte"})
"""Words that beg, and say nothing else."""


@dataclass(frozen=True, slots=True)
class CrisisPacing:
    """The numbers, as spans of time. `morning_hour` is local; `calls` are whole messages, in small letters."""

    distress: timedelta
    repeat: timedelta
    hush: timedelta
    stop: timedelta
    episode: timedelta
    open: timedelta
    first: timedelta
    second: timedelta
    morning_hour: int
    morning_least: timedelta
    morning_guess: timedelta
    silence: timedelta
    calls: frozenset[str]

    def morning(self, now: datetime, utc_offset: int | None) -> datetime:
        """Return the next morning in their time (`utc_offset` in minutes), or a guess where it is not known."""
        if utc_offset is None:
            return now + self.morning_guess
        offset = timedelta(minutes=utc_offset)
        earliest = now + self.morning_least + offset
        morning = earliest.replace(hour=self.morning_hour, minute=0, second=0, microsecond=0)
        return morning - offset if morning >= earliest else morning + timedelta(days=1) - offset

    def called(self, text: str) -> bool:
        """Return whether a whole message is a plain call for help, however it is spaced, dressed up or begged."""
        return call_key(text) in self.calls


def call_key(text: str) -> str:
    """Return what calls are compared by: plain words without please, digits joined ("9-1-1"), or the sign itself."""
    words = [word for word in plain(text).split() if word not in BEGGING]
    return ("" if all(map(str.isdigit, words)) else " ").join(words) or text.strip()
