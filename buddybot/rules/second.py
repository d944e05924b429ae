"""Scores of a second classifier for the parts of a message, as plain values: who made them is not known here."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """One row of scores for each of `Read.parts`, the whole first; scores are log-odds and are added to the first's."""

    labels: tuple[str, ...]
    logits: tuple[tuple[float, ...], ...]

    def added(self, row: int, scores: Mapping[str, float]) -> dict[str, float]:
        """Return `scores` with the scores of one part added."""
        more = zip(self.labels, self.logits[row], strict=True)
        return {**scores, **{label: scores.get(label, 0.0) + logit for label, logit in more}}
