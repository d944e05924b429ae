"""When the care conversation speaks and looks in again, and what calls for it outright: data/care.toml."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from buddybot.domain.kernel.plaintext import plain


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
    begged: frozenset[str] = frozenset()
    """Words that are a call only together with begging: "help" alone asks what the bot can do."""

    begging: frozenset[str] = frozenset()
    """Words that beg, and say nothing else."""

    def morning(self, now: datetime, clock: tzinfo | None) -> datetime:
        """Return the next morning on their clock, or a guess where it is not known."""
        if clock is None:
            return now + self.morning_guess
        earliest = (now + self.morning_least).astimezone(clock).replace(tzinfo=None, fold=0)
        morning = earliest.replace(hour=self.morning_hour, minute=0, second=0, microsecond=0)
        morning = morning if morning >= earliest else morning + timedelta(days=1)
        return morning.replace(tzinfo=clock).astimezone(UTC)

    def called(self, text: str, said: str | None = None) -> bool:
        """Return whether a whole message is a plain call for help, however it is spaced, dressed up or begged.

        `said` are its plain words, where they are known already.
        """
        said = plain(text) if said is None else said
        key = _key(text, said, self.begging)
        return key in self.calls or (key in self.begged and said != key)


def call_key(text: str, begging: frozenset[str]) -> str:
    """Return what calls are compared by: plain words without please, digits joined ("9-1-1"), or the sign itself."""
    return _key(text, plain(text), begging)


def _key(text: str, said: str, begging: frozenset[str]) -> str:
    words = [word for word in said.split() if word not in begging]
    return ("" if all(map(str.isdigit, words)) else " ").join(words) or text.strip()
