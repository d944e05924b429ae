"""Members and the addresses they can be reached at."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from pydantic import TypeAdapter

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.domain.people.members import Loss, Member, Private, Stage
from buddybot.store.kernel.db import Db, Row, moment, stamp
from buddybot.store.kernel.errors import DamagedValueError
from buddybot.store.kernel.sealing import PLACES

PRIVATE = TypeAdapter(Private)
SEEN_EVERY = timedelta(hours=1)
NOBODY, EVERYBODY = MemberId(""), 1_000_000_000
COLUMNS = "id, stage, locale, joined_at, seen_at, consent, consent_at, looking_since, paused_until, private"


def nothing_held(member: MemberId) -> tuple[tuple[str, ...], tuple[str, MemberId]]:
    """Return what is kept of a member of whom no note waits: whoever asks for one need not look."""
    return ("pending",), ("nothing held", member)


def person_key(address: Address) -> str:
    """Return what is hashed to know an address again."""
    return f"{address.platform}\x1f{address.identity}\x1f{address.account}"


class MemberStore:
    """Everybody the bot knows."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def by_address(self, address: Address) -> Member | None:
        """Return who writes from this address."""
        memo = self._db.memo
        known = memo.once(("route",), ("person", address), partial(self._known, address))
        return None if known is None else self.by_id(known)

    def without_key_at(self, address: Address) -> MemberId | None:
        """Return who had this address, where their key is destroyed and their rows are not gone yet."""
        known = self._known(address)
        return known if known is not None and self.by_id(known) is None else None

    def _known(self, address: Address) -> MemberId | None:
        row = self._db.row("SELECT member FROM route WHERE person = :person", person=self.person(address))
        return None if row is None else MemberId(row[0])

    def routes(self, member: MemberId) -> list[tuple[str, str]]:
        """Return the platform and the bot account of each address of theirs; nothing is unsealed."""
        return [
            (str(platform), str(identity))
            for platform, identity in self._db.rows(
                "SELECT platform, identity FROM route WHERE member = :member", member=member
            )
        ]

    def person(self, address: Address) -> bytes:
        """Return the keyed hash that knows this address again."""
        return self._db.vault.lookup("person", person_key(address))

    def by_id(self, member: MemberId) -> Member | None:
        """Return this member, or None when they are gone or their key is destroyed."""
        return self._db.memo.once(("member",), ("member", member), partial(self._by_id, member))

    def _by_id(self, member: MemberId) -> Member | None:
        row = self._db.row(
            f"SELECT {COLUMNS}, EXISTS (SELECT 1 FROM pending WHERE pending.member = member.id) FROM member"
            " WHERE id = :id",
            id=member,
        )
        if row is not None and not row[10]:
            self._db.memo.put(*nothing_held(member), found=True)
        return None if row is None else self._member(row)

    def add(self, member: Member, address: Address, *, known: bool = True) -> None:
        """Remember a new member. Not `known`: an address only to write to, that brings nobody back."""
        self._db.moves.note((member.id,))
        self._db.run(
            f"INSERT INTO member ({COLUMNS}) VALUES (:id, :stage, :locale, :joined_at, :seen_at, :consent, :consent_at,"
            " :looking_since, :paused_until, :private)",
            **self._columns(member),
        )
        self._db.run(
            "INSERT INTO route (member, platform, identity, person, account)"
            " VALUES (:member, :platform, :identity, :person, :account)",
            member=member.id,
            platform=address.platform,
            identity=address.identity,
            person=self.person(address) if known else None,
            account=self._db.vault.seal(member.id, "account", _packed(address)),
        )

    def link(self, member: MemberId, address: Address) -> None:
        """Let a member be known at one more address (or at another of the same bot account), and written to there."""
        self._db.run(
            "INSERT INTO route (member, platform, identity, person, account)"
            " VALUES (:member, :platform, :identity, :person, :account)"
            " ON CONFLICT (member, platform, identity) DO UPDATE SET person = excluded.person,"
            " account = excluded.account",
            member=member,
            platform=address.platform,
            identity=address.identity,
            person=self.person(address),
            account=self._db.vault.seal(member, "account", _packed(address)),
        )
        self.used(address)

    def unlink(self, address: Address) -> None:
        """Know nobody at this address any more."""
        self._db.run("DELETE FROM route WHERE person = :person", person=self.person(address))

    def used(self, address: Address) -> None:
        """Note that its member was there last: from now on they are written to there."""
        self._db.run(
            "UPDATE route SET used = (SELECT MAX(one.used) + 1 FROM route AS one WHERE one.member = route.member)"
            " WHERE person = :person",
            person=self.person(address),
        )

    def keep_chat(self, member: MemberId, address: Address) -> None:
        """Keep the id of their private chat beside the account it belongs to."""
        self._db.run(
            "UPDATE route SET account = :account WHERE member = :member AND person = :person",
            member=member,
            person=self.person(address),
            account=self._db.vault.seal(member, "account", _packed(address)),
        )

    def elsewhere(self, member: MemberId, address: Address) -> None:
        """Write to them at another of their addresses, if they have one: nobody is at this one."""
        self._db.run(
            "UPDATE route SET used = (SELECT MAX(one.used) + 1 FROM route AS one WHERE one.member = :member)"
            " WHERE person = (SELECT one.person FROM route AS one WHERE one.member = :member"
            " AND NOT (one.platform = :platform AND one.identity = :identity) ORDER BY one.used DESC LIMIT 1)",
            member=member,
            platform=address.platform,
            identity=address.identity,
        )

    def move(self, member: MemberId, address: Address) -> None:
        """Write to them at another address of the same platform and bot account from now on."""
        self._db.run(
            "UPDATE route SET person = :person, account = :account"
            " WHERE member = :member AND platform = :platform AND identity = :identity",
            member=member,
            platform=address.platform,
            identity=address.identity,
            person=self.person(address),
            account=self._db.vault.seal(member, "account", _packed(address)),
        )

    def save(self, member: Member) -> None:
        """Write back what changed."""
        self._db.moves.note((member.id,))
        self._db.run(
            "UPDATE member SET stage = :stage, locale = :locale, joined_at = :joined_at, seen_at = :seen_at,"
            " consent = :consent, consent_at = :consent_at, looking_since = :looking_since,"
            " paused_until = :paused_until, private = :private WHERE id = :id",
            **self._columns(member),
        )

    def seen(self, member: Member, now: datetime) -> None:
        """Note that they did something; to the hour is enough to know who is idle, and spares a write a message."""
        if now - member.seen_at >= SEEN_EVERY:
            self._db.run("UPDATE member SET seen_at = :now WHERE id = :id", id=member.id, now=stamp(now))

    def stage(self, member: MemberId) -> Stage | None:
        """Return only how far they are: nothing is unsealed for it."""
        row = self._db.row("SELECT stage FROM member WHERE id = :id", id=member)
        return None if row is None else Stage(row[0])

    def address(self, member: MemberId, route: str = "") -> Address | None:
        """Return where to write to them: by this route while they have it, else where they were last."""
        rows = self._accounts(member)
        if route:
            rows = sorted(rows, key=lambda row: f"{row[0]}/{row[1]}" != route)
        if not rows or not self._db.vault.knows(member):
            return None
        for row in rows:
            if (address := self._opened_address(member, row)) is not None:
                return address
        raise DamagedValueError(PLACES["account"], member)

    def whole_address(self, member: MemberId) -> Address | None:
        """Return where to write to them; None also where all that is known of it is damaged."""
        return next(iter(self.addresses(member)), None)

    def addresses(self, member: MemberId) -> tuple[Address, ...]:
        """Return every address of theirs, the one used last first."""
        rows = self._accounts(member)
        opened = (self._opened_address(member, row) for row in rows)
        return tuple(address for address in opened if address is not None)

    def _accounts(self, member: MemberId) -> Sequence[Row]:
        """Return platform, identity and sealed account of each address of theirs, the one used last first."""
        read = partial(
            self._db.rows,
            "SELECT platform, identity, account FROM route WHERE member = :member"
            " ORDER BY used DESC, platform, identity",
            member=member,
        )
        return self._db.memo.once(("route",), ("accounts", member), read)

    def _opened_address(self, member: MemberId, row: Row) -> Address | None:
        return self._db.vault.decoded(member, "account", row, partial(self._address, member, row))

    def _address(self, member: MemberId, row: Row) -> Address | None:
        account = self._db.vault.open_whole(member, "account", row[2])
        return None if account is None else _address(row[0], row[1], account)

    def correspondents(self, platform: str, identity: str) -> list[MemberId]:
        """Return everyone who talks with one of our accounts, whoever was seen last first; nothing is unsealed."""
        rows = self._db.rows(
            "SELECT route.member FROM route JOIN member ON member.id = route.member"
            " WHERE platform = :platform AND identity = :identity AND person IS NOT NULL AND stage <> 'place'"
            " ORDER BY seen_at DESC, route.member",
            platform=platform,
            identity=identity,
        )
        return [MemberId(row[0]) for row in rows]

    def at(self, platform: str, identity: str, members: Iterable[MemberId]) -> list[Address]:
        """Return where these write from, of one of our accounts."""
        found = list[Address]()
        for member in members:
            row = self._db.row(
                "SELECT account FROM route WHERE member = :member AND platform = :platform AND identity = :identity",
                member=member,
                platform=platform,
                identity=identity,
            )
            account = None if row is None else self._db.vault.open_whole(member, "account", row[0])
            if account is not None:
                found.append(_address(platform, identity, account))
        return found

    def mend(self, member: MemberId, address: Address) -> None:
        """Seal an address anew that was found damaged: whoever writes from it says what it is."""
        if (PLACES["account"], member) in self._db.vault.damaged:
            self.move(member, address)
            self._db.vault.mended(PLACES["account"], member)

    def hash_of(self, member: MemberId) -> bytes | None:
        """Return the keyed hash of this member's address, of the one used last where there are several."""
        row = self._db.row(
            "SELECT person FROM route WHERE member = :member AND person IS NOT NULL ORDER BY used DESC LIMIT 1",
            member=member,
        )
        return None if row is None else bytes(row[0])

    def hashes_of(self, member: MemberId) -> list[bytes]:
        """Return the keyed hashes of all addresses of this member."""
        rows = self._db.rows(
            "SELECT person FROM route WHERE member = :member AND person IS NOT NULL ORDER BY used DESC", member=member
        )
        return [bytes(row[0]) for row in rows]

    def idle(self, stage: Stage, before: datetime, most: int, timer: str = "") -> list[MemberId]:
        """Return some members of this stage who have done nothing since then, and have no timer of this kind."""
        rows = self._db.rows(
            "SELECT id FROM member WHERE stage = :stage AND seen_at < :before AND NOT EXISTS"
            " (SELECT 1 FROM timer WHERE timer.kind = :timer AND timer.subject = member.id)"
            " ORDER BY seen_at LIMIT :most",
            stage=stage.value,
            before=stamp(before),
            timer=timer,
            most=most,
        )
        return [MemberId(row[0]) for row in rows]

    def all_ids(self, after: MemberId = NOBODY, most: int = EVERYBODY) -> list[MemberId]:
        """Return ids in their order, so that everybody can be walked through in pieces."""
        rows = self._db.rows(
            "SELECT id FROM member WHERE id > :after AND stage <> 'place' ORDER BY id LIMIT :most",
            after=after,
            most=most,
        )
        return [MemberId(row[0]) for row in rows]

    def forget(self, member: MemberId) -> None:
        """Destroy the key first, then the rows that hang on this member."""
        self._db.moves.note((member,))
        self._db.vault.destroy(member)
        self._db.run("DELETE FROM member WHERE id = :id", id=member)

    def _columns(self, member: Member) -> dict[str, str | int | bytes | None]:
        return {
            "id": member.id,
            "stage": member.stage.value,
            "locale": member.locale,
            "joined_at": stamp(member.joined_at),
            "seen_at": stamp(member.seen_at),
            "consent": member.consent,
            "consent_at": _maybe_stamp(member.consent_at),
            "looking_since": _maybe_stamp(member.looking_since),
            "paused_until": _maybe_stamp(member.paused_until),
            "private": self._db.vault.seal(member.id, "private", PRIVATE.dump_json(member.private)),
        }

    def _member(self, row: Row) -> Member | None:
        stored = row[:10]
        try:
            return self._db.vault.decoded(MemberId(row[0]), "private", stored, partial(self._opened, stored))
        except DamagedValueError:
            return _bereft(row)

    def _opened(self, row: Row) -> Member | None:
        private = self._db.vault.open(MemberId(row[0]), "private", row[9])
        return None if private is None else _whole(row, PRIVATE.validate_json(private))


def _whole(row: Row, private: Private) -> Member:
    return Member(
        id=MemberId(row[0]),
        stage=Stage(row[1]),
        locale=row[2],
        joined_at=moment(row[3]),
        seen_at=moment(row[4]),
        consent=row[5],
        consent_at=_maybe_moment(row[6]),
        looking_since=_maybe_moment(row[7]),
        paused_until=_maybe_moment(row[8]),
        private=private,
    )


def _bereft(row: Row) -> Member:
    """Return a member whose private record is damaged: heard and written to, but not matched until asked anew."""
    member = _whole(row, Private(lost=Loss.NEW))
    stage = Stage.HOME if member.stage is Stage.LOOKING else member.stage
    return replace(member, stage=stage, looking_since=None)


def _packed(address: Address) -> bytes:
    """Return what is sealed of an address: the account, and the id of the private chat where that is another one."""
    return (f"{address.account}\x1f{address.chat}" if address.chat else address.account).encode()


def _address(platform: str, identity: str, opened: bytes) -> Address:
    account, _, chat = opened.decode().partition("\x1f")
    return Address(platform, identity, account, chat)


def _maybe_stamp(when: datetime | None) -> int | None:
    return None if when is None else stamp(when)


def _maybe_moment(stamped: int | None) -> datetime | None:
    return None if stamped is None else moment(stamped)
