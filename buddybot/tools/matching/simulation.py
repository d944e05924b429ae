"""Discrete simulation of a community, hour by hour, under a matching policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.pairing import Pairing
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.instant import WaitingCrowd
from buddybot.matching.rounds import pair_up
from buddybot.tools.matching.synthetic import NOON, invent

NEVER = 2.0  # no score reaches this


@dataclass(frozen=True, slots=True)
class Town:
    """Parameters of the simulation: arrivals a day, days, mean patience in hours, chances of a yes and of silence."""

    arrivals: float = 20.0
    days: int = 14
    patience: float = 72.0
    acceptance: float = 0.7
    silence: float = 0.2
    seed: int = 0


@dataclass(frozen=True, slots=True)
class SimulatedPolicy:
    """From which score someone is offered at once, and the hours between rounds (0: none)."""

    instant_at: float
    every: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Results of a simulation; `talking` are those matched whose pair did not fall silent."""

    arrived: int
    matched: float
    talking: float
    gave_up: float
    wait_half: float
    wait_most: float
    score: float


def policies(weights: MatchingWeights) -> Mapping[str, SimulatedPolicy]:
    """Return the policies worth comparing; the first is the one in force."""
    every = max(1, round(weights.policy.round_minutes / 60))
    return {
        "as set": SimulatedPolicy(weights.policy.instant_at, every),
        "at once": SimulatedPolicy(weights.waiting.floor_after, 0),
        "rounds only": SimulatedPolicy(NEVER, every),
        "daily rounds": SimulatedPolicy(NEVER, 24),
    }


@dataclass(slots=True)
class _State:
    weights: MatchingWeights
    town: Town
    rng: np.random.Generator
    crowd: WaitingCrowd
    waiting: dict[str, Candidate] = field(default_factory=dict)
    until: dict[str, datetime] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    silent: int = 0
    gave_up: int = 0

    def enter(self, one: Candidate) -> None:
        self.waiting[one.id] = one
        self.crowd.add(one)

    def leave(self, name: str) -> Candidate:
        self.crowd.remove(name)
        return self.waiting.pop(name)

    def offer(self, pairing: Pairing, now: datetime) -> None:
        """Ask both: two yeses make a pair; otherwise both wait on and are not proposed to each other again."""
        people = [self.waiting[name] for name in pairing.members]
        if (self.rng.random(2) < self.town.acceptance).all():
            for one in people:
                self.leave(one.id)
                self.waits.append((now - (one.waiting_since or now)).total_seconds() / 3600)
            self.scores.append(pairing.score)
            self.silent += 2 * int(self.rng.random() < self.town.silence)
            return
        for one, other in (people, people[::-1]):
            self.enter(replace(one, previous=one.previous | {other.id}))


def simulate(town: Town, policy: SimulatedPolicy, weights: MatchingWeights) -> Figures:
    """Simulate a policy in a town; the same town and seed bring the same people."""
    changed = replace(weights, policy=replace(weights.policy, instant_at=policy.instant_at))
    people_rng, rng = np.random.default_rng(town.seed), np.random.default_rng(town.seed + 1)
    hours = town.days * 24
    coming = people_rng.poisson(town.arrivals / 24, hours)
    people = iter(invent(int(coming.sum()), people_rng, weights, mentors=0.0))
    state = _State(changed, town, rng, WaitingCrowd(changed))
    for hour in range(hours):
        now = NOON + timedelta(hours=hour)
        _give_up(state, now)
        for _ in range(int(coming[hour])):
            _arrive(state, next(people), now, people_rng)
        if policy.every and hour % policy.every == 0 and len(state.waiting) > 1:
            for pairing in pair_up(tuple(state.waiting.values()), now, changed):
                state.offer(pairing, now)
    return _figures(state, int(coming.sum()))


def _arrive(state: _State, one: Candidate, now: datetime, rng: np.random.Generator) -> None:
    one = replace(one, waiting_since=now)
    state.until[one.id] = now + timedelta(hours=float(rng.exponential(state.town.patience)))
    state.enter(one)
    while one.id in state.waiting:
        pairing = state.crowd.best_partner(state.waiting[one.id], now)
        if pairing is None:
            return
        state.offer(pairing, now)


def _give_up(state: _State, now: datetime) -> None:
    for name in [name for name in state.waiting if state.until[name] <= now]:
        state.leave(name)
        state.gave_up += 1


def _figures(state: _State, arrived: int) -> Figures:
    matched, share = len(state.waits), max(arrived, 1)
    half, most = np.percentile(state.waits or [0.0], [50, 90])
    return Figures(
        arrived=arrived,
        matched=matched / share,
        talking=(matched - state.silent) / share,
        gave_up=state.gave_up / share,
        wait_half=float(half),
        wait_most=float(most),
        score=float(np.mean(state.scores or [0.0])),
    )
