"""PUBLIC: all that a rule in code may import.

A rule is a callable named in the entry point group `buddybot.rules`; see docs/write-a-rule.md. It reads one message and
returns what it asks for, or None. It is called for each message before it is stored anywhere, so it must be quick, keep
nothing, and log no text. The harshest verdict stands; a message that shows danger is delivered whatever a rule says,
and is not even shown to one. A rule that raises counts as one that said nothing.

The rule's name, in cases and in the copy `held-<name>` or `nudge-<name>`, is that of its entry point; the first line of
its docstring tells moderators why.
"""

from typing import Protocol

from buddybot.domain.kernel.verdicts import (
    Certainty,
    Contact,
    EvidenceSpan,
    Label,
    Outcome,
    Screening,
    Severity,
    Verdict,
)

__all__ = ["Certainty", "Contact", "EvidenceSpan", "Judge", "Label", "Outcome", "Screening", "Severity", "Verdict"]


class Judge(Protocol):
    """A rule in code."""

    def __call__(self, text: str, screening: Screening, /) -> Verdict | None:
        """Say what this rule asks for; None says that it has nothing to say. `screening` is what is known so far."""
