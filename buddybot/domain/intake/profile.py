"""Matching profile from answers: stored values only, by the lists of each question."""

from datetime import datetime

from buddybot.domain.intake.path import path
from buddybot.domain.intake.progress import PAST, Progress
from buddybot.domain.intake.questions import Flow, Question
from buddybot.domain.matching.candidate import ENGLISH, Candidate, Choices
from buddybot.domain.people.zones import clock_of, offset_at

MORE = "more"
MENTIONABLE = ("medicine", "life", "now")
CONSENT_TO_VIEWS: Choices = frozenset({"none"})


def candidate(flow: Flow, progress: Progress, name: str, at: datetime) -> Candidate:
    """Return the matching candidate, on their clock as it goes then; what was skipped is unknown, never bad."""
    fields: dict[str, Choices] = {}
    for place in path(flow, progress):
        if place.answer is not None and place.answer.keys:
            fields[place.question.field] = _stored(place.question, place.answer.keys)
    return Candidate(
        id=name,
        lane=_lane(fields),
        now=_one(fields, "now"),
        help_wanted=fields.get("help_wanted", frozenset()),
        not_ok=_limits(fields),
        statements=fields.get("statements", frozenset()),
        utc_offset=offset_at(clock_of(zone_of(progress)), at),
        hours=fields.get("hours", frozenset()),
        medicine=fields.get("medicine", frozenset()),
        life=fields.get("life", frozenset()),
        pace=_one(fields, "pace"),
        substances=fields.get("substances", frozenset()),
        languages=fields.get("language") or frozenset(progress.languages) or ENGLISH,
        age_band=_one(fields, "age_band"),
        near_age="yes" in fields.get("near_age", frozenset()),
        gender_pref=_one(fields, "gender_pref") or "any",
        gender=_one(fields, "gender"),
        mentionable=frozenset(what for what in MENTIONABLE if "yes" in fields.get(f"mention_{what}", frozenset())),
    )


def zone_of(progress: Progress) -> str:
    """Return their zone, or the offset from UTC where no zone is known; "" if not said.

    A named zone may have left two, standard and summer: then the summer one holds now unless their clocks never change.
    """
    answer = progress.answer_to("local_time")
    if answer is None or not answer.keys:
        return ""
    dst = progress.answer_to("dst")
    never = dst is not None and dst.keys == ("no",)
    return answer.keys[0 if never else -1]


def _lane(fields: dict[str, Choices]) -> str:
    """Return the lane, "" while it is not known: "more than one" is a question, not a lane."""
    lane = _one(fields, "lane")
    return "" if lane is None or lane == MORE else lane


def _stored(question: Question, keys: tuple[str, ...]) -> Choices:
    """Return what is stored for the keys; one that the list opens to is stored as itself, "" as nothing."""
    bare = [key.removeprefix(PAST) for key in keys]
    values = [question.by_key[key].stores if key in question.by_key else key for key in bare]
    return frozenset(value for value in values if value)


def _one(fields: dict[str, Choices], name: str) -> str | None:
    found = fields.get(name, frozenset())
    return min(found) if found else None


def _limits(fields: dict[str, Choices]) -> Choices:
    """Return the limits. "None of these" opens the way to people who are against medicine only after a separate yes."""
    limits = fields.get("not_ok", frozenset())
    if limits == CONSENT_TO_VIEWS and "yes" not in fields.get("medicine_views", frozenset()):
        return frozenset()
    return limits
