"""Outcomes of an adapter's call that are not success: whether to try again, when, and whether it may have arrived."""

from buddybot.domain.kernel.messages import MessageId


class RetryLater(Exception):
    """The platform took nothing: try the same delivery again, after `seconds` where it said so.

    `unknown` says that it may have taken it after all (a time-out while reading the answer). `limited` says that it was
    the platform's rate limit (429), which others would run into as well.
    """

    def __init__(self, seconds: float | None = None, *, unknown: bool = False, limited: bool = False) -> None:
        """Remember how long the platform wants to be left alone (None: the core's own back-off)."""
        super().__init__(seconds)
        self.seconds, self.unknown, self.limited = seconds, unknown, limited


class Away(Exception):
    """Nobody is there to receive it now; the adapter calls `Inbox.awake` when they are back."""


class HandedOver(Exception):
    """Another process of this house has a newer line to them: it shows this one. Nobody was missed."""


class Unreachable(Exception):
    """They can't be written to any more: blocked, gone, direct messages closed.

    `shown` is the id of an ephemeral copy that they were given all the same, in the place where they did something:
    this one has arrived, and help that they have in front of them need not be announced to everybody.
    """

    def __init__(self, shown: MessageId | None = None) -> None:
        """Remember what they were shown (None: nothing)."""
        super().__init__()
        self.shown = shown


class Rejected(Exception):
    """The platform will never take this one, whoever it is for: it is given up at once, and what comes after goes on.

    The text is for the operator's log: a code and the field that was minded, never a value.
    """


class PartlyDeleted(Exception):
    """All of a `Purge` was done that can be; `left` messages stand, and trying again won't change that."""

    def __init__(self, left: int) -> None:
        """Remember how many are left."""
        super().__init__(left)
        self.left = left


class NotFetched(Exception):
    """A file can't be had: it is larger than may come, gone, or the platform did not give it."""


class AdapterError(Exception):
    """The adapter can't start or go on; the text is a sentence for the operator that says what to do."""
