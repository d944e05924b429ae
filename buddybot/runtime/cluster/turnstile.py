"""Adaptive concurrency control: optimistic beside others, and after a serialization failure one at a time for a while.

SERIALIZABLE reads by page: whoever reads a small table and whoever adds to it meet at a page of its index, though they
touch nobody's same rows, and find out when the work is done. Trying again costs what several processes gain. So each
transaction begins with a table lock: shared as a rule; exclusive for whoever has just lost, for some transactions. Then
nobody else is in the middle of one, and none of these can fail. Isolation stays as it is: the lock is about cost alone,
so whoever has waited too long for it goes on without.
"""

ALONE = 100
"""Transactions that one takes for itself after it met another: so at most one in so many is tried again."""
PASSED = 100
"""Transactions that begin without the lock after one waited too long: whoever holds it was paused, or is gone."""
PATIENCE = 2.0
"""Seconds to wait for the lock."""

FREE = b"BEGIN ISOLATION LEVEL SERIALIZABLE"
_SHARED, _EXCLUSIVE = b"ROW SHARE", b"EXCLUSIVE"
_LOCKED = b"%s; SET LOCAL lock_timeout = %d; LOCK TABLE migration IN %s MODE; SET LOCAL lock_timeout = 0"
"""Only an upgrade ever writes into this table, and it may well be alone. LOCK takes no snapshot: that comes after."""


class Turnstile:
    """Adaptive lock: how this process's next transaction begins, and how many were begun and tried again."""

    def __init__(self) -> None:
        self.begun, self.retried, self.patience = 0, 0, PATIENCE
        self._alone, self._passed = 0, 0

    def beginning(self) -> bytes:
        """Return the statements that begin the next transaction, in one round trip."""
        self.begun += 1
        if self._passed > 0:
            self._passed -= 1
            return FREE
        if self._alone > 0:
            self._alone -= 1
            return self._locked(_EXCLUSIVE)
        return self._locked(_SHARED)

    def met(self) -> None:
        """Note that a transaction met another writer's, and is tried again."""
        self.retried += 1
        self._alone = ALONE

    def stuck(self) -> None:
        """Note that the lock was not to be had."""
        self._passed = PASSED

    def _locked(self, mode: bytes) -> bytes:
        return _LOCKED % (FREE, 1000 * self.patience, mode)
