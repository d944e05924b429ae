"""Health snapshot of the house from one state of the database: queues, timers, urgent cases, shifts, warnings."""

from datetime import datetime, timedelta

from buddybot.domain.moderation.staff import WORKERS
from buddybot.domain.moderation.vitals import StoredVitals
from buddybot.service.kernel.book import Book
from buddybot.service.matching import offers
from buddybot.store.moderation.staff import CONFIG
from buddybot.store.tx import Tx


def stored_vitals(tx: Tx, book: Book, now: datetime) -> StoredVitals:
    """Return what the database knows of how the house is."""
    team = tx.staff.listed(now)
    next_round = tx.timers.find(offers.ROUND, "all")
    return StoredVitals(
        at=now,
        outbox=tx.vitals.outbox(now),
        parked=tx.vitals.parked(),
        timers=tx.vitals.timers(now),
        urgent=tx.vitals.urgent(),
        round_due=None if next_round is None else next_round.due,
        round_minutes=int(book.practice.round_every / timedelta(minutes=1)),
        on_shift=len(tx.staff.on_shift(now)),
        team=sum(one.role in WORKERS for one in team),
        strangers=sum(one.source == CONFIG and not one.came for one in team),
        lines=book.warnings(now.date()),
    )
