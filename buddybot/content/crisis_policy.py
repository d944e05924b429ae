"""Readiness check of the crisis policy: who is on call, when help lines were checked, which written policy holds."""

from collections.abc import Iterator
from datetime import date, timedelta

from buddybot.config import Settings

LINES_HOLD = timedelta(days=180)
"""After half a year a checked help line counts as unchecked: numbers and hours change (see docs/crisis-content.md)."""
PAGE = "docs/moderation-team.md says what belongs there"


def policy_gaps(settings: Settings, today: date) -> Iterator[str]:
    """Yield what the crisis policy lacks, a sentence a gap; nothing while only this machine itself can come in."""
    if not settings.open_to_public():
        return
    policy = settings.crisis_policy
    if not policy.on_call:
        yield f"crisis_policy.on_call is empty: write who is called when a life is in danger; {PAGE}"
    if policy.lines_checked is None:
        yield f"crisis_policy.lines_checked is empty: write the day on which somebody checked the help lines; {PAGE}"
    elif policy.lines_checked > today:
        yield f"crisis_policy.lines_checked = {policy.lines_checked}: that day has not come yet; write when it was done"
    elif today - policy.lines_checked > LINES_HOLD:
        yield f"crisis_policy.lines_checked = {policy.lines_checked}: that is over half a year ago; check them again"
    if not policy.version:
        yield f"crisis_policy.version is empty: write the version of the policy that your team agreed to; {PAGE}"
