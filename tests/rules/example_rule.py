"""A rule in code: notes in capital letters only are shown to their author once more before they go."""

from buddybot.rule import Outcome, Screening, Severity, Verdict

FEWEST_LETTERS = 20


def judge(text: str, screening: Screening) -> Verdict | None:
    """Nearly all of this note is in capital letters, which reads as shouting."""
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    if screening.labels or len(letters) < FEWEST_LETTERS or capitals < 0.9 * len(letters):
        return None
    return Verdict(Outcome.NUDGE, "shouting", Severity.S1)
