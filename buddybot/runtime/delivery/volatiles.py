"""Queue in memory of volatile effects: shown after all rows of their recipient, and made rows where that fails.

A stop writes them down, too. So only a crash forgets one, and whoever was told nothing then is told at the next start
where the note itself was still under way.
"""

from collections.abc import Iterable
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Mark
from buddybot.domain.kernel.world import World
from buddybot.runtime.delivery.observer import Job
from buddybot.store.kernel.outbox import Parcel, SendPriority
from buddybot.store.tx import Tx
from buddybot.store.volatile import Volatile

NO_ROW = 0
"""Stands where the number of a row would be."""


class Volatiles:
    """Queues in memory, one for each recipient, the oldest effect first."""

    def __init__(self) -> None:
        self._of: dict[MemberId, list[Volatile]] = {}

    def __contains__(self, member: object) -> bool:
        return member in self._of

    def add(self, one: Volatile) -> None:
        """Queue one more."""
        self._of.setdefault(one.recipient, []).append(one)

    def first(self, member: MemberId) -> Volatile:
        """Return what this member is to be shown next."""
        return self._of[member][0]

    def done(self, one: Volatile) -> None:
        """Forget one that was shown, or is a row now."""
        left = [other for other in self._of.get(one.recipient, ()) if other is not one]
        if left:
            self._of[one.recipient] = left
        else:
            self._of.pop(one.recipient, None)

    def outdate(self, member: MemberId, mark: Mark) -> None:
        """Forget what was to be told of a note before this, which came later."""
        for one in [one for one in self._of.get(member, ()) if one.effect.note == mark.note]:
            self.done(one)

    def take(self) -> list[Volatile]:
        """Return all that nobody was shown, and forget it here."""
        found = [one for queue in self._of.values() for one in queue]
        self._of.clear()
        return found


def job_of(one: Volatile, world: World) -> Job:
    """Return what there is to do, in the shape that rows of the outbox have."""
    now = world.now()
    parcel = Parcel(
        id=NO_ROW,
        recipient=one.recipient,
        platform=one.address.platform,
        identity=one.address.identity,
        priority=SendPriority.BESIDE,
        kind="mark",
        note=one.effect.note,
        claimed=True,
        unknown=False,
        attempts=0,
        created=now,
        due=now,
        sealed=b"",
        key=world.new_id(),
    )
    return Job(parcel, one.address, one.effect, one.message, None, None)


def make_rows(tx: Tx, volatiles: Iterable[Volatile], world: World, wait: timedelta = timedelta()) -> None:
    """Make rows of them, for another try; not of one whose author is erased or has newer news of that note."""
    for one in volatiles:
        if tx.vault.knows(one.recipient) and not tx.outbox.marked(one.recipient, one.effect.note):
            now = world.now()
            tx.outbox.add(one.recipient, one.effect, now, due=now + wait, key=world.new_id())
