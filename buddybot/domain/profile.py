"""From answers to what matching reads: stored values only, by the lists of each question."""

from buddybot.domain.candidate import ENGLISH, Candidate, Choices
from buddybot.domain.clocktime import in_minutes
from buddybot.domain.path import path
from buddybot.domain.progress import PAST, Progress
from buddybot.domain.questions import Flow, Question

CONSENT_TO_VIEWS: Choices = frozenset({"none"})


def candidate(flow: Flow, progress: Progress, name: str) -> Candidate:
    """Return the person as matching sees them; what was skipped is unknown, never bad."""
    fields: dict[str, Choices] = {}
    for place in path(flow, progress):
        if place.answer is not None and place.answer.keys:
            fields[place.question.field] = _stored(place.question, place.answer.keys)
    offset = _one(fields, "local_time")
    return Candidate(
        id=name,
        lane=_one(fields, "lane") or "",
        now=_one(fields, "now"),
        help_wanted=fields.get("help_wanted", frozenset()),
        not_ok=_limits(fields),
        statements=fields.get("statements", frozenset()),
        utc_offset=None if offset is None else in_minutes(offset),
        hours=fields.get("hours", frozenset()),
        medicine=fields.get("medicine", frozenset()),
        life=fields.get("life", frozenset()),
        pace=_one(fields, "pace"),
        substances=fields.get("substances", frozenset()),
        languages=fields.get("language") or ENGLISH,
        age_band=_one(fields, "age_band"),
        near_age="yes" in fields.get("near_age", frozenset()),
        gender_pref=_one(fields, "gender_pref") or "any",
        gender=_one(fields, "gender"),
    )


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
