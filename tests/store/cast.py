"""Two people, as little of them as the store needs."""

from datetime import UTC, datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.tx import Tx

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
ANN, BEN = MemberId("ann"), MemberId("ben")


def admit(member: MemberId, tx: Tx) -> None:
    """Give somebody a key and an address, without the rest of what a member is."""
    private = tx.vault.seal(member, "private", b"{}")
    tx.db.run(
        "INSERT INTO member (id, stage, locale, joined_at, seen_at, consent, private)"
        " VALUES (:id, 'home', 'en', 0, 0, '', :private)",
        id=member,
        private=private,
    )
    tx.db.run(
        "INSERT INTO route (member, platform, identity, account) VALUES (:id, 'web', 'main', :account)",
        id=member,
        account=tx.vault.seal(member, "account", f"account of {member}".encode()),
    )
