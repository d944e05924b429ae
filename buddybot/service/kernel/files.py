"""Deduplication of refusals: files that were sent together are answered once, and never in silence."""

from datetime import timedelta

from buddybot.domain.kernel.messages import Said
from buddybot.service.kernel.turn import Turn

TOGETHER = timedelta(seconds=10)
"""Files that come one by one within this are refused together, where the platform does not say what is an album."""


def is_first(turn: Turn, event: Said, key: str) -> bool:
    """Return whether the sentence under this key is still to be said: not yet for another file of the same album."""
    address = event.origin.address
    album = event.album or f"{turn.now.timestamp() // TOGETHER.total_seconds():.0f}"
    return turn.tx.inbox.first(address.platform, f"{key}:{address.identity}:{address.account}:{album}", turn.now)
