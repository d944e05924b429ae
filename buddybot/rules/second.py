"""A second opinion on a message: what a model outside of the pure layers made of it, as plain numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Logits of a second model: one row for each part of a message, the whole first; fewer when time ran out."""

    labels: tuple[str, ...]
    logits: tuple[tuple[float, ...], ...]
