"""Explanation of a score, factor by factor: for operators with an offline pool, never for members."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import DIGITS, factors, rarity, score
from buddybot.domain.matching.limits import broken_limits
from buddybot.domain.matching.pairing import floor, wait_bonus
from buddybot.domain.matching.reasons import reasons
from buddybot.domain.matching.weights import MatchingWeights


def explain(
    a: Candidate, b: Candidate, pool: Sequence[Candidate], now: datetime, weights: MatchingWeights
) -> Iterator[str]:
    """Yield one line for each factor, then the score, the limits, the floor and what would be told."""
    rare = rarity(pool)
    for one in factors(a, b, weights, rare):
        value = "unknown" if one.value is None else f"{one.value:.7f}"
        yield f"{one.name:<12} {one.weight:.2f} x {value:<9} = {one.points:.7f}"
    fit, needed = score(a, b, weights, rare), floor(a, b, now, weights)
    waits = wait_bonus(a, now, weights) + wait_bonus(b, now, weights)
    yield f"{'score':<12} {fit:.9f}"
    yield f"{'waits':<12} {waits:.2f}"
    yield f"{'floor':<12} {needed:.2f} {'reached' if round(fit, DIGITS) >= needed else 'not reached'}"
    broken = broken_limits(a, b, weights)
    yield f"{'limits':<12} {', '.join(broken) if broken else 'none broken'}"
    possible = not broken and round(fit, DIGITS) >= needed
    yield f"{'reasons':<12} {', '.join(reasons(a, b, weights)) or 'none'}"
    yield f"{'fit':<12} {'yes' if possible else 'no'}"
