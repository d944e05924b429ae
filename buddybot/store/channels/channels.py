"""Channels: the alias of each member who writes in one, and how crowded its places are."""

from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.places import Tune
from buddybot.store.kernel.db import Db, moment, stamp

_PURPOSE = "channel alias"


class ChannelStore:
    """A channel is known by its key; what is held of it here hangs on members and places."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def alias(self, channel: str, member: MemberId) -> str | None:
        """Return the alias this member goes by in a channel."""
        row = self._db.row(
            "SELECT alias FROM channel_seat WHERE channel = :channel AND member = :member",
            channel=channel,
            member=member,
        )
        opened = None if row is None else self._db.vault.open_whole(member, _PURPOSE, row[0])
        return None if opened is None else opened.decode()

    def is_free(self, channel: str, alias: str) -> bool:
        """Return whether nobody goes by this alias in a channel."""
        mark = self._mark(channel, alias)
        found = self._db.row(
            "SELECT 1 FROM channel_seat WHERE channel = :channel AND mark = :mark", channel=channel, mark=mark
        )
        return found is None

    def seat(self, channel: str, member: MemberId, alias: str, now: datetime) -> None:
        """Give a member their alias in a channel."""
        self._db.run(
            "INSERT INTO channel_seat (channel, member, alias, mark, met_at)"
            " VALUES (:channel, :member, :alias, :mark, :now)",
            channel=channel,
            member=member,
            alias=self._db.vault.seal(member, _PURPOSE, alias.encode()),
            mark=self._mark(channel, alias),
            now=stamp(now),
        )

    def hand_over(self, channel: str, alias: str, old: MemberId, new: MemberId, now: datetime) -> None:
        """Give a seat to another record of the same person, unless they sit there already."""
        self._db.run("DELETE FROM channel_seat WHERE channel = :channel AND member = :old", channel=channel, old=old)
        if self.alias(channel, new) is None:
            self.seat(channel, new, alias, now)

    def seats_of(self, member: MemberId) -> list[tuple[str, str]]:
        """Return the channels a member is in, by key, with their alias there."""
        rows = self._db.rows("SELECT channel FROM channel_seat WHERE member = :member ORDER BY channel", member=member)
        found = ((str(row[0]), self.alias(str(row[0]), member)) for row in rows)
        return [(channel, alias) for channel, alias in found if alias is not None]

    def set_tune(self, channel: str, tune: Tune) -> None:
        """Remember how moderators set a channel."""
        self._db.run(
            "INSERT INTO channel_tune (channel, slow, locked) VALUES (:channel, :slow, :locked)"
            " ON CONFLICT (channel) DO UPDATE SET slow = excluded.slow, locked = excluded.locked",
            channel=channel,
            slow=tune.slow,
            locked=int(tune.locked),
        )

    def tune(self, channel: str) -> Tune | None:
        """Return how moderators set a channel, if they did."""
        row = self._db.row("SELECT slow, locked FROM channel_tune WHERE channel = :channel", channel=channel)
        return None if row is None else Tune(int(row[0]), bool(row[1]))

    def full_at(self, place: MemberId, now: datetime) -> datetime:
        """Return when everyone who came into a place lately is counted off."""
        row = self._db.row("SELECT full_at FROM crowd WHERE place = :place", place=place)
        return now if row is None else moment(row[0])

    def crowd(self, place: MemberId, full_at: datetime) -> None:
        """Note how crowded a place is."""
        self._db.run(
            "INSERT INTO crowd (place, full_at, noticed_at) VALUES (:place, :full_at, 0)"
            " ON CONFLICT (place) DO UPDATE SET full_at = excluded.full_at",
            place=place,
            full_at=stamp(full_at),
        )

    def may_notice(self, place: MemberId, now: datetime, since: datetime) -> bool:
        """Return whether the bot has said nothing of its own in a place since then; if so, it counts as said now."""
        return (
            self._db.run(
                "INSERT INTO crowd (place, full_at, noticed_at) VALUES (:place, 0, :now)"
                " ON CONFLICT (place) DO UPDATE SET noticed_at = excluded.noticed_at WHERE crowd.noticed_at < :since",
                place=place,
                now=stamp(now),
                since=stamp(since),
            )
            == 1
        )

    def _mark(self, channel: str, alias: str) -> bytes:
        return self._db.vault.lookup("channel alias", f"{channel}\x1f{alias.casefold()}")
