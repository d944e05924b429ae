"""One person as matching sees them: choices only, never a name, an account or a word they wrote."""

from dataclasses import dataclass
from datetime import datetime

Choices = frozenset[str]
NOTHING: Choices = frozenset()
ENGLISH: Choices = frozenset({"en"})
ONLY_NONE: Choices = frozenset({"none"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be matched. `None` and an empty set both mean "did not say".

    `utc_offset` is in minutes; `waiting_since` knows its time zone; `blocked` and `previous` hold ids of candidates.
    `mentionable` is what may be named to a partner who shares it and agreed as well: "medicine", "life",
    "now" (where they are with it).
    """

    id: str
    lane: str
    now: str | None = None
    help_wanted: Choices = NOTHING
    not_ok: Choices = NOTHING
    statements: Choices = NOTHING
    utc_offset: int | None = None
    hours: Choices = NOTHING
    medicine: Choices = NOTHING
    life: Choices = NOTHING
    pace: str | None = None
    substances: Choices = NOTHING
    languages: Choices = ENGLISH
    age_band: str | None = None
    near_age: bool = False
    gender_pref: str = "any"
    gender: str | None = None
    role: str = "peer"
    capacity: int = 1
    blocked: Choices = NOTHING
    previous: Choices = NOTHING
    cross_lane: bool = False
    medicine_shaming: bool = False
    waiting_since: datetime | None = None
    mentionable: Choices = NOTHING

    @property
    def places(self) -> int:
        """How many partners this person can have in one round; only a mentor has more than one."""
        return self.capacity if self.role == "mentor" else 1


def hours_waited(one: Candidate, now: datetime) -> float:
    """Return the hours waited until `now`; a missing or future start counts as none."""
    if one.waiting_since is None:
        return 0.0
    return max(0.0, (now - one.waiting_since).total_seconds() / 3600)
