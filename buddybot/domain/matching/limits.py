"""The hard limits: who may never be put together, in both directions, however long they wait."""

from collections.abc import Iterator

from buddybot.domain.matching.candidate import ONLY_NONE, Candidate
from buddybot.domain.matching.weights import MatchingWeights

ROLES = frozenset({("peer", "peer"), ("mentor", "mentee"), ("mentee", "mentor")})


def feasible(a: Candidate, b: Candidate, weights: MatchingWeights) -> bool:
    """Tell whether two people may be put together at all."""
    return next(_broken(a, b, weights), None) is None


def broken_limits(a: Candidate, b: Candidate, weights: MatchingWeights) -> tuple[str, ...]:
    """Return the name of each limit that stands between two people; for operators, never for members."""
    return tuple(dict.fromkeys(_broken(a, b, weights)))


def _broken(a: Candidate, b: Candidate, weights: MatchingWeights) -> Iterator[str]:
    if a.id == b.id:
        yield "same_person"
    if a.lane != b.lane and not (a.cross_lane and b.cross_lane):
        yield "lane"
    if (a.role, b.role) not in ROLES:
        yield "role"
    if not a.languages & b.languages:
        yield "language"
    for one, other in ((a, b), (b, a)):
        yield from _one_way(one, other, weights)
    if (a.near_age or b.near_age) and (a.age_band or "", b.age_band or "") not in weights.near_age:
        yield "near_age"
    mine, theirs = weights.week(a), weights.week(b)
    if mine and theirs and (mine & theirs).bit_count() < weights.shared_at_least:
        yield "hours"


def _one_way(one: Candidate, other: Candidate, weights: MatchingWeights) -> Iterator[str]:
    if other.id in one.blocked:
        yield "blocked"
    if other.id in one.previous:
        yield "previous"
    for veto in sorted(one.not_ok):
        if _vetoed(veto, other, weights):
            yield veto
    if not _respects_medicine(one, other):
        yield "medicine_respect"
    if not _wanted_gender(one, other, weights):
        yield "gender"


def _vetoed(veto: str, other: Candidate, weights: MatchingWeights) -> bool:
    in_place = other.lane == "self" and (other.now or "") in weights.veto_now.get(veto, ())
    return in_place or weights.veto_statement.get(veto) in other.statements


def _respects_medicine(one: Candidate, other: Candidate) -> bool:
    """Tell whether `one` may meet `other`'s medicine: with views against it, only those known to take none.

    The one exception is someone who said outright that nothing is off limits, and only towards a plain statement.
    """
    if other.medicine == ONLY_NONE or not (one.medicine_shaming or "no_medicine" in one.statements):
        return True
    return not one.medicine_shaming and other.not_ok == ONLY_NONE


def _wanted_gender(one: Candidate, other: Candidate, weights: MatchingWeights) -> bool:
    if one.gender_pref == "any":
        return True
    wanted = one.gender if one.gender_pref == "same" else weights.gender_wanted[one.gender_pref]
    return wanted is not None and other.gender == wanted
