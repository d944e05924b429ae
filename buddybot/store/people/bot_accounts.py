"""Bot accounts of the house, as their adapters named them: the link that people find each by, and its load."""

from datetime import datetime

from buddybot.domain.people.bot_accounts import BotAccount
from buddybot.store.kernel.db import Db, Row, stamp

CROWD = 30
"""Deliveries that are late at one time before their account counts as late: one reader who is away is none."""

_LATE = (
    "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE due_at <= :before AND platform = :platform"
    " AND identity = :identity AND state <> 'parked' AND held = 0 AND attempts = 0 LIMIT :crowd) AS late"
)


class BotAccountStore:
    """Which accounts there are, and how busy each is."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def note(self, platform: str, identity: str, link: str) -> None:
        """Remember how people find an account."""
        self._db.run(
            "INSERT INTO bot_account (platform, identity, link) VALUES (:platform, :identity, :link)"
            " ON CONFLICT (platform, identity) DO UPDATE SET link = excluded.link",
            platform=platform,
            identity=identity,
            link=link,
        )

    def of(self, platform: str, identity: str, late_before: datetime) -> BotAccount | None:
        """Return an account; None where it never said how it is found."""
        found = self._db.row(
            "SELECT identity, link, served FROM bot_account WHERE platform = :platform AND identity = :identity",
            platform=platform,
            identity=identity,
        )
        return None if found is None else self._account(platform, found, late_before)

    def others(self, platform: str, identity: str, late_before: datetime) -> list[BotAccount]:
        """Return the other accounts of a platform that some process serves at this moment."""
        rows = self._db.rows(
            "SELECT bot_account.identity, link, served FROM bot_account"
            " JOIN lease ON lease.name = 'account ' || bot_account.platform || '/' || bot_account.identity"
            " WHERE bot_account.platform = :platform AND bot_account.identity <> :identity"
            " AND lease.owner IS NOT NULL ORDER BY bot_account.identity",
            platform=platform,
            identity=identity,
        )
        return [self._account(platform, row, late_before) for row in rows]

    def count(self) -> None:
        """Count whom each account serves."""
        self._db.run(
            "UPDATE bot_account SET served = (SELECT COUNT(*) FROM route"
            " WHERE route.platform = bot_account.platform AND route.identity = bot_account.identity)"
        )

    def _account(self, platform: str, row: Row, late_before: datetime) -> BotAccount:
        identity, link, served = row
        return BotAccount(identity, link, served, self._is_late(platform, identity, late_before))

    def _is_late(self, platform: str, identity: str, before: datetime) -> bool:
        found = self._db.row(_LATE, before=stamp(before), platform=platform, identity=identity, crowd=CROWD)
        return found is not None and found[0] >= CROWD
