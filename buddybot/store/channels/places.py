"""Places: where a platform has one of our channels. Each is a recipient like a member, with a key of its own."""

from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.domain.kernel.places import Place
from buddybot.domain.people.members import Member, Stage
from buddybot.store.kernel.db import Db
from buddybot.store.people.members import MemberStore


class PlaceStore:
    """A place is a row among the members, at the stage `PLACE`: whatever can be written to has a route there."""

    def __init__(self, db: Db, members: MemberStore) -> None:
        self._db, self._members = db, members

    def add(self, place: MemberId, key: str, address: Address, locale: str, now: datetime) -> None:
        """Remember where a channel is on one platform."""
        self._members.add(Member(place, Stage.PLACE, locale, now, now), address)
        self._db.run("INSERT INTO place (id, channel) VALUES (:id, :channel)", id=place, channel=key)

    def move(self, place: MemberId, address: Address) -> None:
        """Follow a place that its platform gave another name."""
        self._members.move(place, address)

    def at(self, address: Address) -> MemberId | None:
        """Return the place with this address."""
        row = self._db.row(
            "SELECT place.id FROM place JOIN route ON route.member = place.id WHERE route.person = :person",
            person=self._members.person(address),
        )
        return None if row is None else MemberId(row[0])

    def of_channel(self, key: str) -> list[MemberId]:
        """Return the places of a channel on all platforms."""
        rows = self._db.rows("SELECT id FROM place WHERE channel = :key ORDER BY id", key=key)
        return [MemberId(row[0]) for row in rows]

    def channel_of(self, place: MemberId) -> str | None:
        """Return the key of the channel that this is a place of."""
        row = self._db.row("SELECT channel FROM place WHERE id = :id", id=place)
        return None if row is None else str(row[0])

    def on(self, platform: str, identity: str) -> tuple[Place, ...]:
        """Return the places one of our accounts knows on its platform."""
        rows = self._db.rows(
            "SELECT place.channel, place.id FROM place JOIN route ON route.member = place.id"
            " WHERE route.platform = :platform AND route.identity = :identity ORDER BY place.channel, place.id",
            platform=platform,
            identity=identity,
        )
        found = ((str(row[0]), MemberId(row[1])) for row in rows)
        there = ((key, self._members.addresses(place), self._members.by_id(place)) for key, place in found)
        return tuple(Place(key, at[0].account, place.locale) for key, at, place in there if at and place is not None)

    def close(self, place: MemberId) -> None:
        """Forget a place that is gone, and all that was to be shown there."""
        self._db.run("DELETE FROM outbox WHERE recipient = :id", id=place)
        self._members.forget(place)
