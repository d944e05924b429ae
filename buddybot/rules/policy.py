"""Moderation policy of the operator: thresholds, frames, and the outcome of a label at a severity."""

from collections.abc import Mapping
from dataclasses import dataclass

from buddybot.domain.kernel.verdicts import Label, Verdict
from buddybot.rules.contact import ContactTables
from buddybot.rules.frames import Frames


@dataclass(frozen=True, slots=True)
class Rule:
    """Row of rules.toml: the verdict that follows, and why, in words for a moderator."""

    verdict: Verdict
    why: str


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
    firm: Mapping[Label, float]
    frames: Frames
    contacts: ContactTables
    first: Bars
    """The thresholds for one classifier."""
    second: Bars
    """The thresholds for two."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A family of medical claims that the bot answers with a short card (data/claims.toml)."""

    name: str
    needs: tuple[frozenset[str], ...]
    """One wording of each group must stand there; each is bordered by blanks, as joined words are."""

    def made_in(self, joined: str) -> bool:
        """Return whether the joined words make this claim: one wording of each group."""
        return all(any(wording in joined for wording in need) for need in self.needs)
