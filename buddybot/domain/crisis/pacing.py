"""When the care conversation speaks and looks in again, and what calls for it outright: data/care.toml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from buddybot.domain.kernel.plaintext import plain

HOURS_A_DAY = 24
BEGGING = frozenset({"please", "pls", "plz", "por", "favor", "porfavor", "porfa", "s'il", "bitte"})
"""Words that beg, and say nothing else."""


class UnsoundPaceError(ValueError):
    """A number of data/care.toml that can't be used, with the key, what stands there, and what should."""

    def __init__(self, key: str, value: object, fix: str) -> None:
        """Name the key, the value found there, and the fix."""
        super().__init__(f"{key} = {value!r}: {fix}")
        self.key, self.value, self.fix = key, value, fix


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
    calm: timedelta
    loss_days: tuple[int, ...]
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

    def after_loss(self, now: datetime) -> tuple[datetime, ...]:
        """Return when a moderator should look in on the buddy of somebody who died."""
        return tuple(now + timedelta(days=days) for days in self.loss_days)


def call_key(text: str) -> str:
    """Return what calls are compared by: plain words without please, digits joined ("9-1-1"), or the sign itself."""
    words = [word for word in plain(text).split() if word not in BEGGING]
    return ("" if all(map(str.isdigit, words)) else " ").join(words) or text.strip()


def parse_pace(table: Mapping[str, object]) -> CrisisPacing:
    """Return the pace that a table describes, or raise `UnsoundPaceError`."""
    hour = _whole(table, "morning_hour")
    if hour >= HOURS_A_DAY:
        raise UnsoundPaceError("morning_hour", hour, "make it an hour, 0 to 23")
    return CrisisPacing(
        distress=_hours(table, "distress_hours"),
        repeat=_minutes(table, "repeat_minutes"),
        hush=_hours(table, "hush_hours"),
        stop=_hours(table, "stop_hours"),
        episode=_hours(table, "episode_hours"),
        open=_hours(table, "open_hours"),
        first=_minutes(table, "first_minutes"),
        second=_minutes(table, "second_minutes"),
        morning_hour=hour,
        morning_least=_hours(table, "morning_least_hours"),
        morning_guess=_hours(table, "morning_guess_hours"),
        silence=_minutes(table, "silence_minutes"),
        calm=_hours(table, "calm_hours"),
        loss_days=_days(table, "loss_days"),
        calls=_calls(table, "calls"),
    )


def _hours(table: Mapping[str, object], key: str) -> timedelta:
    return timedelta(hours=_whole(table, key))


def _minutes(table: Mapping[str, object], key: str) -> timedelta:
    return timedelta(minutes=_whole(table, key))


def _whole(table: Mapping[str, object], key: str) -> int:
    return _number(key, table.get(key))


def _days(table: Mapping[str, object], key: str) -> tuple[int, ...]:
    found = table.get(key)
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise UnsoundPaceError(key, found, "make it a list of days")
    return tuple(_number(key, item) for item in found)


def _calls(table: Mapping[str, object], key: str) -> frozenset[str]:
    """Read the calls; there must be some, since an empty list would leave a call unanswered."""
    found = table.get(key)
    if not isinstance(found, Sequence) or isinstance(found, str) or not found:
        raise UnsoundPaceError(key, found, "make it a list of messages, at least one")
    for item in found:
        if not isinstance(item, str) or not item.strip():
            raise UnsoundPaceError(key, item, "put only messages that are not empty into this list")
    return frozenset(call_key(item) for item in found)


def _number(key: str, found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise UnsoundPaceError(key, found, "make it a whole number, 0 or more")
    return found
