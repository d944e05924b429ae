"""Sealing: AES-256-GCM under a member's own key, so that erasing the key erases the data, wherever copies of it lie.

Every sealed value is bound to its purpose and its member: bytes moved to another row or another person do not open.
Passing text is sealed under a key made of the member's key and a text key of its hour, and dies with either of them:
what waits for an answer after a day, what is on its way when the operator's limit has passed.
"""

import hashlib
import hmac
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from secrets import token_bytes
from typing import TypeVar, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble
from buddybot.store.kernel.keys import LOOKUP, NAME, OURS, Lasts, hour_name, member_name
from buddybot.store.kernel.opened import OPENED
from buddybot.store.kernel.operator_key import KEY_BYTES
from buddybot.store.key_store import KeyStore

T = TypeVar("T")
_NONCE = 12
_MARK = 5
"""Bytes before a passing text: how long its key lasts (0: a day; 1: what is on its way), and of which hour it is."""
_SECONDS = 3600
_MARKS: Mapping[Lasts, bytes] = {Lasts.A_DAY: b"\x00", Lasts.UNDELIVERED: b"\x01"}
_KINDS = {mark: lasts for lasts, mark in _MARKS.items()}
NAMELESS = "Buddy"
"""Stands in for an alias whose bytes are damaged."""
_REMEMBERED = 1024
"""Ciphers and keys of the hour made once and kept in memory: whoever talks now needs theirs again and again."""


PLACES: Mapping[str, str] = {
    "account": "route.account",
    "alias": "seat.alias, asked.alias or invited.alias",
    "channel alias": "channel_seat.alias",
    "cursor": "cursor.place",
    "factors": "outcome.factors",
    "flow": "flow.sealed",
    "line": "case_line.sealed",
    "mentor": "mentor.sealed",
    "outbox": "outbox.sealed",
    "own care": "own_care.sealed",
    "own date": "own_date.sealed",
    "own day": "own_day.sealed",
    "pair care": "pair_care.sealed",
    "pass label": "pass_word.label",
    "pending": "pending.sealed",
    "private": "member.private",
    "push": "push.sealed",
    "question": "question.sealed",
    "question words": "question.words",
    "rating": "rating.answer",
    "reasons": "asked.reasons",
    "receipt": "receipt.sealed",
    "report": "report.sealed",
    "shared": "case_file.shared",
    "story": "story.sealed",
    "thread": "thread.sealed",
    "told": "sanction.told",
    "upload": "upload.sealed",
}
"""The table and column in which a value of each purpose lies, for the log."""


class Vault:
    """The keys as one transaction sees them: new and destroyed ones take effect together with it, or not at all."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._lookup = keys.need(LOOKUP)
        self._ours = keys.need(OURS)
        self.name = keys.need(NAME).decode()
        """Names the key file; not secret."""
        self._staged: dict[MemberId, bytes | None] = {}
        self._before: list[tuple[MemberId, bool, bytes | None]] = []
        self._replaced: dict[str, bytes] = {}
        self._made: tuple[str, ...] = ()
        self._scrubs = False
        self.staged = 0
        """How often a key was made, destroyed or taken back here: whoever keeps what was opened asks."""

    # ── Members ─────────────────────────────────────────────────────────────────────────

    def knows(self, member: MemberId) -> bool:
        """Return whether this member has a key, be it damaged. One who has rows but no key was erased: finish it."""
        try:
            return self._key(member) is not None
        except DamagedValueError:
            return True

    def without_key(self, members: Sequence[MemberId]) -> list[MemberId]:
        """Return those of these (in the order of their ids) who have no key on disk; none is unwrapped for it."""
        if not members:
            return []
        known = self._keys.between(member_name(members[0]), member_name(members[-1]))
        return [member for member in members if member_name(member) not in known]

    def destroy(self, member: MemberId) -> None:
        """Erase the member's key, and with it all that was ever sealed under it. In effect before COMMIT.

        Where a crash came between key and rows there is none any more: what lay in the log goes all the same. A key
        that another process is destroying just now is asked for too, so that only one of the two goes on.
        """
        self._scrubs = True
        if self._keys.shared or self.knows(member):
            self._stage(member, None)

    # ── Sealed values ───────────────────────────────────────────────────────────────────

    def seal(self, member: MemberId, purpose: str, data: bytes) -> bytes:
        """Seal for as long as the member has their key; a new member gets one. Raises once they are erased."""
        key = self._key(member)
        if key is None:
            if member in self._staged:
                raise KeyTrouble("sealing for a member who was erased in the same transaction")
            key = token_bytes(KEY_BYTES)
            self._stage(member, key)
        return _seal(key, _bound(purpose, member), data)

    def open(self, member: MemberId, purpose: str, sealed: bytes) -> bytes | None:
        """Return what was sealed; None when the member's key is gone. Damaged bytes are a `DamagedValueError`."""
        key = self._key(member)
        return None if key is None else self._open(key, purpose, member, sealed)

    def open_whole(self, member: MemberId, purpose: str, sealed: bytes) -> bytes | None:
        """Return what was sealed; None also where its bytes are damaged, which is noted for the operator."""
        try:
            return self.open(member, purpose, sealed)
        except DamagedValueError:
            return None

    def decoded(self, member: MemberId, purpose: str, stored: Hashable, read: Callable[[], T | None]) -> T | None:
        """Return what was read of a row that is kept under the member's key, from memory where it was read before.

        `stored` is all that it was read from, sealed bytes among it. None, at once, when the key is gone.
        """
        turn = OPENED.turn
        try:
            key = self._key(member)
        except DamagedValueError:
            return read()
        if key is None:
            return None
        name = (key, purpose, member, stored)
        if (kept := OPENED.find(name)) is not None:
            return cast("T", kept)
        if (found := read()) is not None:
            OPENED.keep(name, found, turn)
        return found

    def open_alias(self, member: MemberId, sealed: bytes) -> str | None:
        """Return an alias; None when the member's key is gone, a stand-in where it is damaged."""
        if not self.knows(member):
            return None
        opened = self.open_whole(member, "alias", sealed)
        return NAMELESS if opened is None else opened.decode()

    @property
    def damaged(self) -> frozenset[tuple[str, str]]:
        """Table with column, and owner, of every value that was found damaged since the start."""
        return frozenset(self._keys.damaged)

    def mended(self, place: str, owner: str) -> None:
        """Note that a damaged value was replaced by a whole one."""
        self._keys.damaged.discard((place, owner))

    def tag(self, owner: MemberId, data: bytes) -> bytes:
        """Return a keyed hash that can be made again for as long as the owner has their key; a new one gets one."""
        key = self._key(owner)
        if key is None:
            key = token_bytes(KEY_BYTES)
            self._stage(owner, key)
        return hmac.digest(key, _bound("tag", owner) + data, hashlib.sha256)

    def seal_passing(
        self, member: MemberId, purpose: str, at: datetime, data: bytes, lasts: Lasts = Lasts.A_DAY
    ) -> bytes:
        """Seal text that must not outlive its time: it dies with the member's key or with that of the hour `at`."""
        own = self._key(member)
        if own is None:
            raise KeyTrouble("text for somebody who has no key: they were never sealed anything for, or are erased")
        key = _passing(own, self._keys.hour(_hour_of(at), lasts))
        return passing_mark(at, lasts) + _seal(key, _bound(purpose, member), data)

    def open_passing(self, member: MemberId, purpose: str, sealed: bytes) -> bytes | None:
        """Return what was sealed; None when the member's key or that hour's is gone."""
        key, lasts = self._key(member), _KINDS.get(sealed[:1])
        hour = None if lasts is None else self._keys.find(hour_name(_hour_in(sealed), lasts))
        if key is None or hour is None:
            return None
        return self._open(_passing(key, hour), purpose, member, sealed[_MARK:])

    def open_passing_whole(self, member: MemberId, purpose: str, sealed: bytes) -> bytes | None:
        """Return the same; None also where its bytes are damaged, which is noted for the operator."""
        try:
            return self.open_passing(member, purpose, sealed)
        except DamagedValueError:
            return None

    def passing_tag(self, at: datetime, data: bytes) -> bytes:
        """Return a keyed hash that nobody can make again once the text key of the hour `at` is gone, a day later."""
        return hmac.digest(self._keys.hour(_hour_of(at)), _bound("passing tag", "") + data, hashlib.sha256)

    def has_hours(self, before: datetime, lasts: Lasts = Lasts.A_DAY) -> bool:
        """Return whether there are text keys of hours that began before this moment."""
        last = _first_hour(before) - 1
        return last >= 0 and bool(self._keys.between(hour_name(0, lasts), hour_name(last, lasts)))

    def drop_hours(self, before: datetime, lasts: Lasts = Lasts.A_DAY) -> int:
        """Destroy at once the text keys of every hour that began before this moment; return how many went."""
        first = _first_hour(before)
        return self._drop([hour for hour in self._keys.hours(lasts) if hour < first], lasts)

    def hours_ahead(self, now: datetime, lasts: Lasts) -> bool:
        """Return whether there are text keys of hours to come: a clock that was ahead made them."""
        return any(hour > _hour_of(now) for hour in self._keys.hours(lasts))

    def drop_hours_ahead(self, now: datetime, lasts: Lasts) -> int:
        """Destroy at once the text keys of hours to come; return how many went."""
        return self._drop([hour for hour in self._keys.hours(lasts) if hour > _hour_of(now)], lasts)

    def _drop(self, hours: Iterable[int], lasts: Lasts) -> int:
        gone = self._keys.drop_hours(hours, lasts)
        if gone:
            forget_ciphers()
        return gone

    def seal_ours(self, purpose: str, data: bytes) -> bytes:
        """Seal what belongs to the bot and to no member, such as a back-fill cursor."""
        return _seal(self._ours, _bound(purpose, ""), data)

    def open_ours(self, purpose: str, sealed: bytes) -> bytes | None:
        """Return what `seal_ours` sealed; None where its bytes are damaged, which is noted for the operator."""
        try:
            return self._open(self._ours, purpose, "", sealed)
        except DamagedValueError:
            return None

    def lookup(self, kind: str, value: str) -> bytes:
        """Return the keyed hash under which a value is found again without being readable."""
        return hmac.digest(self._lookup, _labelled(kind, value), hashlib.sha256)

    # ── For the writer: one transaction's changes ───────────────────────────────────────

    def mark(self) -> int:
        """Return a point to which `rewind` can go back."""
        return len(self._before)

    def rewind(self, mark: int) -> None:
        """Undo what was staged since the mark, because its unit rolled back."""
        self.staged += 1
        if len(self._before) > mark:
            OPENED.drop()  # what was opened by a key that now never was
        while len(self._before) > mark:
            member, was_staged, key = self._before.pop()
            if was_staged:
                self._staged[member] = key
            else:
                del self._staged[member]
        if not mark:
            self._keys.rest()

    @property
    def shared(self) -> bool:
        """Return whether other processes may use the same keys at the same time."""
        return self._keys.shared

    def awaited(self, number: int | None) -> int | None:
        """Return the number of a destruction that some process may not have heard of; None once all of them have."""
        return self._keys.awaited(number)

    @property
    def erasing(self) -> bool:
        """Return whether this transaction erases somebody: then what lies in the write-ahead log must go too."""
        return self._scrubs

    @property
    def turn(self) -> int:
        """How often the keys were changed."""
        return self._keys.turn

    def members(self) -> set[MemberId]:
        """Return everybody who has a key."""
        return {MemberId(name) for name in self._keys.members()}

    def flush(self) -> int | None:
        """Bring what is staged to the key file: before the database commits, so that no row lacks its key.

        Return how often the keys were changed then; None if they were not.
        """
        if not self._staged:
            return None
        put = {member_name(member): key for member, key in self._staged.items() if key is not None}
        drop = [member_name(member) for member, key in self._staged.items() if key is None]
        self._replaced = self._keys.change(put, drop)
        self._made = tuple(name for name in put if name not in self._replaced)
        return self._keys.turn

    @property
    def flushed(self) -> bool:
        """Return whether keys were changed for a transaction that has not ended yet."""
        return bool(self._replaced or self._made)

    def settle(self) -> None:
        """Make what was flushed final: the database committed."""
        if self.erasing:
            forget_ciphers()
        self._staged.clear()
        self._before.clear()
        self._replaced, self._made = {}, ()
        self._scrubs = False
        self._keys.rest()

    def revert(self) -> None:
        """Take back what was staged, and what was flushed too: the database did not commit."""
        if self._staged:
            OPENED.drop()
        try:
            if self._replaced or self._made:
                self._keys.undo(self._replaced, self._made)
        finally:
            self.settle()

    def _open(self, key: bytes, purpose: str, owner: str, sealed: bytes) -> bytes:
        try:
            return _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(purpose, owner))
        except (InvalidTag, ValueError):
            place = PLACES.get(purpose, purpose)
            self._keys.damaged.add((place, owner))
            raise DamagedValueError(place, owner) from None

    def _stage(self, member: MemberId, key: bytes | None) -> None:
        self.staged += 1
        self._before.append((member, member in self._staged, self._staged.get(member)))
        self._staged[member] = key

    def _key(self, member: MemberId) -> bytes | None:
        if member in self._staged:
            return self._staged[member]
        return self._keys.find(member_name(member))


def passing_mark(at: datetime, lasts: Lasts) -> bytes:
    """Return what stands before a text that was sealed at this moment: it names the key."""
    return _MARKS[lasts] + _hour_of(at).to_bytes(_MARK - 1, "big")


def _hour_of(at: datetime) -> int:
    return int(at.timestamp()) // _SECONDS


def _first_hour(before: datetime) -> int:
    """Return the first hour that did not begin before this moment."""
    return -(-int(before.timestamp()) // _SECONDS)


def _hour_in(sealed: bytes) -> int:
    return int.from_bytes(sealed[1:_MARK], "big")


def _labelled(purpose: str, whose: str) -> bytes:
    return f"{len(purpose)}:{purpose}:{whose}".encode()


_bound = lru_cache(maxsize=4 * _REMEMBERED)(_labelled)
"""The same for members, of whom one asks again and again."""


@lru_cache(maxsize=_REMEMBERED)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


@lru_cache(maxsize=_REMEMBERED)
def _passing(member: bytes, hour: bytes) -> bytes:
    return hmac.digest(hour, b"passing text" + member, hashlib.sha256)


def forget_ciphers() -> None:
    """Drop every cipher, key and row made or opened so far: nothing of a destroyed key may live on in a cache."""
    OPENED.drop()
    _cipher.cache_clear()
    _passing.cache_clear()
    _bound.cache_clear()


def _seal(key: bytes, bound: bytes, data: bytes) -> bytes:
    nonce = token_bytes(_NONCE)
    return nonce + _cipher(key).encrypt(nonce, data, bound)
