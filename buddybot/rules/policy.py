"""Moderation policy of the operator: thresholds, frames, and the outcome of a label at a severity."""

from collections.abc import Mapping
from dataclasses import dataclass

from buddybot.domain.kernel.verdicts import Label, Outcome, Severity, Verdict
from buddybot.rules.contact import ContactTables
from buddybot.rules.frames import Frames


@dataclass(frozen=True, slots=True)
class Rule:
    """Row of rules.toml: the outcome at each severity, and why, in words for a moderator."""

    name: str
    severity: Severity
    outcomes: Mapping[Severity, Outcome]
    why: str

    def verdict(self, severity: Severity | None = None) -> Verdict:
        """Return the verdict at a severity; one that the table does not name delivers."""
        found = self.severity if severity is None else severity
        return Verdict(self.outcomes.get(found, Outcome.DELIVER), self.name, found)


@dataclass(frozen=True, slots=True)
class Bars:
    """Decision thresholds: of the whole note, of one sentence of it, and of an overdose that is happening."""

    whole: Mapping[Label, float]
    part: Mapping[Label, float]
    overdose: float


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything of rules.toml and frames.toml that a decision needs."""

    rules: Mapping[str, Rule]
    threshold: Mapping[Label, float]
    firm: Mapping[Label, float]
    frames: Frames
    contacts: ContactTables
    part: Mapping[Label, float]
    overdose: float
    second: Bars

    def bars(self, *, asked_twice: bool) -> Bars:
        """Return the thresholds for one classifier or for two."""
        return self.second if asked_twice else Bars(self.threshold, self.part, self.overdose)


@dataclass(frozen=True, slots=True)
class Claim:
    """A family of medical claims that the bot answers with a short card (data/claims.toml)."""

    name: str
    needs: tuple[frozenset[str], ...]

    def made_in(self, joined: str) -> bool:
        """Return whether the joined words make this claim: one wording of each group."""
        return all(any(f" {wording} " in joined for wording in need) for need in self.needs)
