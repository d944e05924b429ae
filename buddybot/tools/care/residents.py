"""Simulated residents: made-up people with a day of their own, who answer, forget, go quiet, slip and leave."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from buddybot.adapter import Content, Voice
from buddybot.domain.people.quiet_hours import QuietHours
from buddybot.tools.care.assumptions import assumed

TOWNS = ("America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/London", "Europe/Madrid", "Asia/Tokyo")
TYPED = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in TOWNS}
STEP = timedelta(minutes=30)
DAY = timedelta(days=1)
TENDER = timedelta(hours=72)
HOURS = 24
LOST = timedelta(days=7)
"""After so long without an answer somebody begins to look for a way out by themselves."""
FATES = ("leaves", "erases", "pauses", "slips", "cries", "crosses", "muted")
NOTES = ("how was your day", "mine was okay, slept a bit", "we had rain all day", "thinking of you", "that sounds hard")
CRY = "i want to kill myself tonight"
SLIP = "i used again last night"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: words to write (also a command), or buttons to press."""

    text: str = ""
    tokens: tuple[str, ...] = ()


@dataclass(slots=True)
class Resident:
    """One made-up person. What they are is drawn from their own seed, so that they are the same in both arms."""

    name: str
    rng: random.Random
    begins: datetime
    days: int
    zone: str = ""
    locale: str = "en"
    shy: bool = False
    staying: float = 1.0
    quiet: QuietHours | None = None
    wakes: int = 7
    fates: list[tuple[datetime, str]] = field(default_factory=list)
    unread: list[Content] = field(default_factory=list)
    gone: bool = False
    erased: bool = False
    muted_until: datetime | None = None
    muted_in: str = ""
    waits: int = 0
    """How often they chose to wait on."""
    paused_until: datetime | None = None
    tender_at: datetime | None = None
    acted_at: datetime | None = None
    opened_at: datetime | None = None
    room: str = ""
    owes: bool = False
    looked: int = 0
    wrote_at: datetime | None = None
    waits_since: datetime | None = None
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def there(self, now: datetime) -> bool:
        """Return whether they are about: joined, not gone."""
        return self.begins <= now and not self.gone and not self.erased

    def local_hour(self, now: datetime) -> int:
        """Return the hour on their own clock."""
        return now.astimezone(ZoneInfo(self.zone)).hour

    def sleeps(self, now: datetime) -> bool:
        """Return whether their quiet hours hold, worked out here once more and not by the service."""
        if self.quiet is None:
            return False
        hour, start, end = self.local_hour(now), self.quiet.start, self.quiet.end
        return start <= hour < end if start <= end else hour >= start or hour < end

    def muted(self, room: str, now: datetime) -> bool:
        """Return whether a step of moderators keeps them from writing in this pair."""
        return room == self.muted_in and self.muted_until is not None and now < self.muted_until

    def is_tender(self, now: datetime) -> bool:
        """Return whether they slipped or cried less than 72 hours ago."""
        return self.tender_at is not None and now - self.tender_at < TENDER

    def looks(self, now: datetime) -> bool:
        """Return whether they look at their phone in this step: awake as a rule, at night seldom."""
        awake = (self.local_hour(now) - self.wakes) % HOURS < assumed("awake")
        rate = assumed("looks") * (STEP / DAY) * (1.5 if awake else 0.05)
        return self.rng.random() < rate

    def chance(self, name: str) -> bool:
        """Draw one of the assumptions."""
        return self.rng.random() < assumed(name)


def resident(seed: int, number: int, start: datetime, days: int) -> Resident:
    """Draw one resident; people come over the first fifth of the time."""
    rng = random.Random(f"{seed}-{number}")
    begins = start + timedelta(days=days) / 5 * rng.random()
    town, language = rng.choice(TOWNS), "es" if rng.random() < assumed("spanish") else "en"
    one = Resident(f"resident-{number}", rng, begins, days, town, language)
    one.shy, one.wakes = one.chance("shy"), rng.choice((6, 7, 8, 10))
    one.staying = assumed("staying") * rng.lognormvariate(0, 0.6)
    one.quiet = QuietHours((one.wakes - 9) % HOURS, one.wakes) if one.chance("quiet") else None
    lane = rng.choices(("self", "family", "bereaved"), (7, 2, 1))[0]
    one.answers = {
        "age": ("yes",), "consent": ("agree",), "country": ("US",), "lane": (lane,), "lane_first": (lane,),
        "now": (rng.choice(("thinking", "cutting", "steady_months", "steady_year")),),
        "help_wanted": ("listen", "normal"), "hours": ("any",),
        "pace": (rng.choice(("daily", "few", "few", "weekly")),),
        "language": (one.locale,),
    }  # fmt: skip
    for day in range(2, days):
        for fate in FATES:
            if one.chance(fate):
                one.fates.append((begins + timedelta(days=day + rng.random()), fate))
    one.fates.sort()
    return one


# ── What they make of what they see ─────────────────────────────────────────────────────


def read_all(one: Resident, now: datetime) -> list[Act]:
    """Go through what came since they looked last, and return what they do about it."""
    acts, shown = list[Act](), one.unread
    one.unread = []
    for content in shown:
        if content.voice is Voice.MEMBER:
            one.owes, one.looked, one.waits_since = True, 0, None
        elif (token := _pressed(one, content)) is not None:
            acts.append(Act(tokens=(token,)))
            if token.partition(".")[0] in {"return", "home", "goodbye"} or token.endswith((".new", ".door")):
                one.paused_until = None  # whoever looks for somebody new ends their break
            acts += [Act(tokens=(token,))] if one.chance("double") else []
            acts += [note_of(one, now)] if token.endswith(".busy") and one.chance("sign_writes") else []
    return [*acts, *_talk(one, now), *_way_out(one, now)]


def _pressed(one: Resident, content: Content) -> str | None:
    tokens = [choice.token for choice in (*content.choices, *content.extra)]
    noun = tokens[0].partition(".")[0] if tokens else ""
    react = REACTIONS.get(noun)
    return None if react is None else react(one, tokens)


def _ending(tokens: Sequence[str], *ends: str) -> str | None:
    return next((token for end in ends for token in tokens if token.endswith(end)), None)


def _any_of(one: Resident, tokens: Sequence[str], name: str) -> str | None:
    return one.rng.choice(tokens) if one.chance(name) else None


def _offer(one: Resident, tokens: Sequence[str]) -> str | None:
    if one.chance("yes"):
        return _ending(tokens, ".yes")
    return _ending(tokens, *one.rng.choice(((".pass",), (".tomorrow", ".pass"), (".none",))))


def _opener(one: Resident, tokens: Sequence[str]) -> str | None:
    return one.rng.choice(tokens[:3]) if one.chance("opener") else None


def _silence(one: Resident, tokens: Sequence[str]) -> str | None:
    if _ending(tokens, ".busy"):
        found = (".busy",) * 5 + (".break", ".stop", ".tomorrow", ".tomorrow")
        return _ending(tokens, one.rng.choice(found)) if one.chance("sign") else None
    if _ending(tokens, ".door"):
        chosen = _ending(tokens, one.rng.choice((".wait", ".new", ".door"))) if one.chance("choose") else None
        one.waits += chosen is not None and chosen.endswith(".wait")
        return chosen
    return _any_of(one, tokens, "asked")


def _care(one: Resident, tokens: Sequence[str]) -> str | None:
    return tokens[-1] if one.chance("asked") else None


def _return(one: Resident, tokens: Sequence[str]) -> str | None:
    return _any_of(one, tokens, "asked")


REACTIONS: Mapping[str, Callable[[Resident, Sequence[str]], str | None]] = {
    "offer": _offer,
    "circle": lambda _, tokens: _ending(tokens, ".pass"),
    "deal": lambda one, tokens: _any_of(one, tokens, "deal" if ".pace:" in tokens[0] else "deal_on"),
    "opener": _opener,
    "going": lambda one, tokens: _any_of(one, tokens[:3], "asked"),
    "checkin": lambda one, tokens: _any_of(one, [x for x in tokens if not x.endswith(".safe:no")] or tokens, "asked"),
    "silence": _silence,
    "return": _return,
    "own": lambda one, tokens: _any_of(one, tokens[:4], "asked"),
    "care": _care,
}
"""What residents press, by the noun of the first button: on pages they leave alone nothing stands here."""


def note_of(one: Resident, now: datetime) -> Act:
    """Write to their buddy."""
    one.owes, one.wrote_at, one.waits_since = False, now, one.waits_since or now
    return Act(one.rng.choice(NOTES))


def _talk(one: Resident, now: datetime) -> list[Act]:
    """Write a first note, answer one, or leave it for later: the longer a pair lasts, the more stays unanswered."""
    if not one.room or one.opened_at is None or one.muted(one.room, now):
        return []
    fading = 3.0 ** -((now - one.opened_at) / DAY / one.staying)
    if one.owes:
        one.looked += 1
        left = max(assumed("answer") * assumed("answer_later") ** (one.looked - 1), assumed("picks_up"))
        return [note_of(one, now)] if one.rng.random() < left * fading else []
    if one.wrote_at is None:
        return [note_of(one, now)] if one.chance("first_words_shy" if one.shy else "first_words") else []
    again = now - one.wrote_at > 2 * DAY and one.rng.random() < assumed("again") * fading
    return [note_of(one, now)] if again else []


def _way_out(one: Resident, now: datetime) -> list[Act]:
    """Give up by themselves on a buddy who does not answer."""
    since = one.waits_since
    if not one.room or since is None or now - since < LOST:
        return []
    looks = assumed("looks")
    if one.rng.random() < assumed("gives_up") / looks:
        one.gone = True
        return []
    if one.rng.random() < assumed("goodbye") / looks:
        room, one.room, one.waits_since, one.paused_until = one.room, "", None, None
        return [Act(tokens=(f"goodbye.{room}.standard",)), Act(tokens=("home.find",))]
    return []


def fate_of(one: Resident, fate: str, now: datetime) -> list[Act]:
    """Let something happen to somebody, and return what they do about it."""
    match fate:
        case "leaves":
            one.gone = True
        case "erases":
            one.erased = True
            return [Act("/forget"), Act(tokens=("forget.all",)), Act(tokens=("forget.yes",))]
        case "pauses":
            one.paused_until = now + 3 * DAY
            return [Act("/pause 3")]
        case "slips" | "cries":
            one.tender_at = now
            return [Act(SLIP if fate == "slips" else CRY)]
        case "crosses":
            one.zone = one.rng.choice([zone for zone in TOWNS if zone != one.zone])
            return [Act(tokens=("answers.local_time",)), Act(TYPED[one.zone])]
        case _:
            one.muted_until, one.muted_in = now + 7 * DAY, one.room
    return []
