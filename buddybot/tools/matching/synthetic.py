"""Made-up pools for benchmarks, simulations and tests; nobody in them exists."""

from datetime import UTC, datetime, timedelta

import numpy as np

from buddybot.domain.matching.candidate import ENGLISH, NOTHING, ONLY_NONE, Candidate, Choices
from buddybot.domain.matching.weights import MatchingWeights

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OFFSETS = (-480, -420, -360, -300, -300, -240, 0, 0, 60, 60, 120, 330, 600)
LANES = ("self",) * 15 + ("family",) * 4 + ("bereaved",)
TONGUES = (ENGLISH,) * 14 + (frozenset({"es"}), frozenset({"en", "es"}), frozenset({"de"}), frozenset({"en", "de"}))
VETOES = (0.2, 0.12, 0.12, 0.12, 0.12, 0.05)  # anti_medicine, faith, quit, still_using, twelve steps, very_new
OPEN, SAID, SILENT, NO_MEDICINE, NEAR_AGE, SHAMING = 0.2, 0.08, 0.05, 0.25, 0.12, 0.01  # shares of people
WANTED = ("any",) * 16 + ("women", "women", "same", "men")


def invent(
    count: int, rng: np.random.Generator, weights: MatchingWeights, *, mentors: float = 0.03
) -> tuple[Candidate, ...]:
    """Return so many made-up people; the share `mentors` are mentors, five times as many mentees."""
    return tuple(_one(f"p{index}", rng, weights, mentors) for index in range(count))


def _one(name: str, rng: np.random.Generator, weights: MatchingWeights, mentors: float) -> Candidate:
    choices = weights.choices
    lane = LANES[rng.integers(len(LANES))]
    draw = rng.random()
    role = "mentor" if draw < mentors else "mentee" if draw < mentors * 6 else "peer"
    return Candidate(
        id=name,
        lane=lane,
        now=_maybe(rng, 0.93, sorted(choices.now[lane])),
        help_wanted=_some(rng, sorted(choices.many["help_wanted"]), 3),
        not_ok=_vetoes(rng, weights),
        statements=frozenset(said for said in sorted(choices.many["statements"]) if rng.random() < SAID),
        utc_offset=None if rng.random() < SILENT else OFFSETS[rng.integers(len(OFFSETS))],
        hours=_some(rng, sorted(choices.many["hours"]), 3),
        medicine=ONLY_NONE
        if rng.random() < NO_MEDICINE
        else _some(rng, sorted(choices.many["medicine"] - ONLY_NONE), 2),
        life=_some(rng, sorted(choices.many["life"]), 6),
        pace=_maybe(rng, 0.85, sorted(choices.single["pace"])),
        substances=_some(rng, sorted(choices.many["substances"]), 3),
        languages=TONGUES[rng.integers(len(TONGUES))],
        age_band=_maybe(rng, 0.8, sorted(choices.single["age_band"])),
        near_age=bool(rng.random() < NEAR_AGE),
        gender_pref=WANTED[rng.integers(len(WANTED))],
        gender=_maybe(rng, 0.7, ["woman", "man", "man", "woman", "nonbinary"]),
        role=role,
        capacity=int(rng.integers(1, 6)) if role == "mentor" else 1,
        medicine_shaming=bool(rng.random() < SHAMING),
        waiting_since=NOON - timedelta(minutes=int(rng.exponential(18 * 60))),
    )


def _vetoes(rng: np.random.Generator, weights: MatchingWeights) -> Choices:
    keys = sorted(weights.choices.many["not_ok"] - ONLY_NONE)
    said = frozenset(key for key, share in zip(keys, VETOES, strict=True) if rng.random() < share)
    return said or (ONLY_NONE if rng.random() < OPEN else NOTHING)


def _maybe(rng: np.random.Generator, share: float, keys: list[str]) -> str | None:
    return keys[rng.integers(len(keys))] if rng.random() < share else None


def _some(rng: np.random.Generator, keys: list[str], most: int) -> frozenset[str]:
    return frozenset(keys[i] for i in rng.integers(0, len(keys), rng.integers(0, most + 1)))
