"""Ephemeral answers: what a platform may show to one person alone where they pressed, though it is soon gone."""

from datetime import timedelta
from enum import StrEnum

from buddybot.domain.kernel.messages import Content, Voice

EPHEMERAL_FOR = timedelta(seconds=10)
"""How long after a press in a place what the bot says is its answer; what comes later may be about something else."""


class Ephemeral(StrEnum):
    """Visibility of content: an ephemeral answer, or a message that stays."""

    NEVER = "never"
    """A member's own words, and files: they come by private message or not at all."""
    ENOUGH = "enough"
    AS_WELL = "as_well"
    """Help in a crisis: shown where they look now, and sent in private too, to be found again."""


def ephemeral_of(content: Content, *, certain: bool = True) -> Ephemeral:
    """Return the visibility of content; decided here, the same for all platforms.

    Not `certain` is a platform that may lose an ephemeral message, where all that is typed beside one is read by
    everybody: there none is the only copy, and the steps of a questionnaire come in private alone.
    """
    if content.voice is Voice.MEMBER or content.document is not None:
        return Ephemeral.NEVER
    if not certain:
        return Ephemeral.AS_WELL if content.progress is None and not content.many else Ephemeral.NEVER
    return Ephemeral.AS_WELL if content.voice is Voice.CRISIS else Ephemeral.ENOUGH
