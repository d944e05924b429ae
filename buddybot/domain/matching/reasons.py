"""What may be told about why two people fit: few reasons, each true for both, nothing private but by two yeses."""

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import DIGITS, now_factor
from buddybot.domain.matching.weights import MatchingWeights

PLACES = {
    **{
        one: one
        for one in (
            "using", "thinking", "cutting", "just_stopped", "steady_months", "steady_year", "moving", "active",
            "in_care", "in_recovery", "no_contact",
        )
    },
    "<3mo": "under_3mo", "<1y": "under_1y", "1y+": "over_1y",
}  # fmt: skip
"""Where somebody may be, and by which key it is named; "I don't know" is no place."""


def reasons(a: Candidate, b: Candidate, weights: MatchingWeights) -> tuple[str, ...]:
    """Return the few reasons that may be told, in the order of the data file."""
    fit = now_factor(a, b, weights)
    true = {
        "hours": bool(weights.week(a) and weights.week(b)),
        "pace": a.pace is not None and a.pace == b.pace,
        "help_wanted": bool(shared_wishes(a, b)),
        "interests": bool(shared_interests(a, b, weights)),
        # Only people who take a medicine are asked whether that may be named.
        "medicine": "medicine" in a.mentionable & b.mentionable,
        "life": bool(shared_life(a, b, weights)),
        "language": bool(a.languages & b.languages),
        "same_place": bool(shared_place(a, b)),
        "similar_place": fit is not None and round(fit, DIGITS) >= weights.reasons.similar_place_at,
    }
    if true["same_place"]:
        true["similar_place"] = False  # it says the same, and less
    return tuple(name for name in weights.reasons.order if true[name])[: weights.reasons.most]


def shared_wishes(a: Candidate, b: Candidate) -> tuple[str, ...]:
    """Return the kinds of help that both want."""
    return tuple(sorted(a.help_wanted & b.help_wanted))


def shared_place(a: Candidate, b: Candidate) -> str:
    """Return where both are with it, by its key, if both agreed to have that named."""
    agreed = "now" in a.mentionable & b.mentionable and a.lane == b.lane and a.now == b.now
    return PLACES.get(a.now or "", "") if agreed else ""


def shared_life(a: Candidate, b: Candidate, weights: MatchingWeights) -> tuple[str, ...]:
    """Return the parts of life that both have, if both agreed to have them named; some never are."""
    if "life" not in a.mentionable & b.mentionable:
        return ()
    return tuple(sorted((a.life & b.life) - weights.choices.interests - weights.reasons.never_named))


def shared_interests(a: Candidate, b: Candidate, weights: MatchingWeights) -> tuple[str, ...]:
    """Return the interests of both that may be named; life items and faith never are."""
    return tuple(sorted((a.life & b.life & weights.choices.interests) - weights.reasons.never_named))
