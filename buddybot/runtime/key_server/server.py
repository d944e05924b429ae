"""The key store on PostgreSQL: what `KeyFile` promises, for several processes that use the same keys at once.

A key in memory counts only as long as this process is known to hear of every destruction (`hearing`): after that it is
asked for anew. Only one process at a time destroys a key or makes it: whoever comes second tries again (`KeysMet`).
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes, token_hex
from threading import RLock, get_ident

from cachetools import LRUCache
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from buddybot.runtime.key_server.hearing import UNHURRIED, HearingPace, KeyHearing, steady
from buddybot.runtime.key_server.link import KeyLink, Run
from buddybot.runtime.key_server.tables import LOCK, TABLES
from buddybot.store.kernel.db import Row
from buddybot.store.kernel.errors import DamagedValueError, KeysMet, KeyTrouble
from buddybot.store.kernel.key_copies import NONCE, erasure_hash, unwrap_by
from buddybot.store.kernel.keys import LAST_HOUR, LOOKUP, MEMBERS, NAME, OURS, Lasts, hour_name, member_name, wraps_of
from buddybot.store.kernel.operator_key import KEY_BYTES
from buddybot.store.kernel.sealing import forget_ciphers

PLACE = Path("store.keys")
"""Stands in sentences where a key file would be named."""
REMEMBERED = 65536
FITS_NOT = "store.keys: the operator's key does not fit these keys: put back the key they were made with"
HELD = "SELECT 1 FROM key_leaving WHERE name = %s"
log = logging.getLogger(__name__)


class KeyServer:
    """All keys there are, in a database that other processes use too."""

    shared = True

    def __init__(
        self,
        url: str,
        operator: bytes,
        folder: Path,
        *,
        fresh: bool,
        clock: Callable[[], float] = steady,
        pace: HearingPace = UNHURRIED,
    ) -> None:
        """Open it; the bot's own keys are made only where `fresh` says that no data exists yet."""
        self._wrap, *self._other_wraps = wraps_of(operator, folder)
        self._lock = RLock()
        self._link = KeyLink(url)
        self._known: LRUCache[str, bytes] = LRUCache(REMEMBERED)
        self._using: dict[int, object] = {}
        self._leaving: dict[int, frozenset[str]] = {}
        self._owed: list[tuple[Mapping[str, bytes], tuple[str, ...]]] = []
        self.damaged: set[tuple[str, str]] = set()
        self.process = token_hex(8)
        """Names this process in the key database, from here to `close`."""
        try:
            self._prepare(fresh=fresh)
            self._hearing = KeyHearing(KeyLink(url), self, clock, pace)
            self._hearing.begin()
        except BaseException:
            self._link.close()
            raise

    def close(self) -> None:
        """Forget all keys in memory, say so to the others, and hang up."""
        self._link.hurry()
        self._hearing.end()
        with self._lock:
            self.forget(None)
            with suppress(KeyTrouble):
                self._pay()
            self._link.close()

    # ── Keys ────────────────────────────────────────────────────────────────────────────

    def find(self, name: str) -> bytes | None:
        """Return the key filed under this name, None when there is none (any more); `DamagedValueError` when lost."""
        with self._lock:
            self._using.setdefault(get_ident(), object())
            return self._found(name)

    def need(self, name: str) -> bytes:
        """Return a key that must be there."""
        if (key := self._whole(name)) is None:
            raise KeyTrouble(f"store.keys: the key {name} is missing or damaged: name the right key database there")
        return key

    def change(self, put: Mapping[str, bytes], drop: Iterable[str] = (), *, counted: bool = True) -> dict[str, bytes]:
        """Make some keys and destroy others, all at once; return what was destroyed, so it can be undone."""
        with self._lock:
            self._pay()
            drop, taken = tuple(drop), dict[str, bytes]()
            try:
                with self._link.transaction() as run:
                    self._changed(run, put, drop, taken, counted=counted)
            except KeyTrouble:
                # Where only the answer was lost it may have happened.
                self._owed.append((taken, _alone(put)))
                raise
            self.forget(drop)
            return taken

    def _changed(
        self, run: Run, put: Mapping[str, bytes], drop: tuple[str, ...], taken: dict[str, bytes], *, counted: bool
    ) -> None:
        sql = "UPDATE key_change SET turn = turn + %s, number = number + %s RETURNING number"
        ((number,),) = run(sql, int(counted), int(bool(drop)))  # from here on no other process changes anything
        if drop:
            self._destroyed(run, drop, taken, number)
        for name, key in put.items():
            self._made(run, name, key)
        run("DELETE FROM erased WHERE hash = ANY(%s)", [erasure_hash(key) for key in put.values()])

    def _destroyed(self, run: Run, drop: tuple[str, ...], taken: dict[str, bytes], number: int) -> None:
        members = [name for name in drop if name.startswith(member_name(""))]
        sql = (
            "INSERT INTO key_leaving SELECT unnest(%s::text[]), %s ON CONFLICT (name) DO UPDATE"
            " SET process = excluded.process WHERE key_leaving.process = excluded.process RETURNING name"
        )
        if len(run(sql, members, self.process)) < len(members):
            raise KeysMet
        self._leaving[get_ident()] = self._leaving.get(get_ident(), frozenset()).union(members)
        for name, wrapped in run("DELETE FROM key WHERE name = ANY(%s) RETURNING name, wrapped", list(drop)):
            with suppress(DamagedValueError):
                taken[name] = self._unwrap(name, wrapped)
        hashes = [erasure_hash(taken[name]) for name in members if name in taken]
        run("INSERT INTO erased SELECT unnest(%s::bytea[]) ON CONFLICT DO NOTHING", hashes)
        run("INSERT INTO key_forgotten SELECT %s, unnest(%s::text[])", number, list(drop))
        run("NOTIFY buddybot_keys")

    def _made(self, run: Run, name: str, key: bytes) -> None:
        if name not in self.leaving():
            run("DELETE FROM key_leaving WHERE name = %s AND process = %s", name, self.process)
        if run(HELD, name) or not run(
            "INSERT INTO key VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING 1", name, self._wrapped(name, key)
        ):
            raise KeysMet

    def undo(self, replaced: Mapping[str, bytes], made: Iterable[str]) -> None:
        """Take a change back, at the latest when the server can be reached again.

        What another process may have sealed something under by now stays: it is a key of nothing otherwise.
        """
        with self._lock:
            self._owed.append((replaced, _alone(made)))
            with suppress(KeyTrouble):
                self._pay()

    def _pay(self) -> None:
        """Take back what is to be taken back. What became another process's to finish meanwhile stays destroyed."""
        while self._owed:
            replaced, made = self._owed[0]
            with self._link.transaction() as run:
                run("SELECT 1 FROM key_change FOR UPDATE")
                sql = "DELETE FROM key_leaving WHERE name = ANY(%s) AND process = %s RETURNING name"
                for (name,) in run(sql, list(replaced), self.process):
                    run("INSERT INTO key VALUES (%s, %s)", name, self._wrapped(name, replaced[name]))
                    run("DELETE FROM erased WHERE hash = %s", erasure_hash(replaced[name]))
                run("DELETE FROM key WHERE name = ANY(%s)", list(made))
            self._owed.pop(0)
            self.forget(made)

    def between(self, first: str, last: str) -> frozenset[str]:
        """Return the names of keys from the one to the other; nothing is unwrapped.

        A key that a living process is destroying just now counts as there: that process finishes it.
        """
        sql = "SELECT name FROM key WHERE name BETWEEN %s AND %s"
        both = f"{sql} UNION {sql.replace('FROM key', 'FROM key_leaving')}"
        return frozenset(row[0] for row in self._rows(both, first, last, first, last))

    def members(self) -> list[str]:
        """Return everybody and everything that has a key of its own, by the name of its owner."""
        rows = self._rows("SELECT name FROM key WHERE name BETWEEN %s AND %s", *MEMBERS)
        return [row[0].removeprefix(member_name("")) for row in rows]

    def inhabited(self) -> bool:
        """Say whether any member has a key here: then there is, or was, a database that goes with it."""
        return bool(self._rows("SELECT 1 FROM key WHERE name BETWEEN %s AND %s LIMIT 1", *MEMBERS))

    @property
    def turn(self) -> int:
        """How often the keys were changed, by whichever process."""
        return int(self._rows("SELECT turn FROM key_change")[0][0])

    # ── Keys of hours ───────────────────────────────────────────────────────────────────

    def hour(self, hour: int, lasts: Lasts = Lasts.A_DAY) -> bytes:
        """Return a text key of this hour: made by whichever process comes first, and read by all."""
        with self._lock:
            self._using.setdefault(get_ident(), object())
            name = hour_name(hour, lasts)
            if (key := self._whole(name)) is not None:
                return key
            wrapped = self._wrapped(name, token_bytes(KEY_BYTES))
            self._rows("INSERT INTO key VALUES (%s, %s) ON CONFLICT DO NOTHING", name, wrapped)
            if (key := self._whole(name)) is not None:
                return key
            # The one that is there is lost: whoever replaces it first replaces it for all.
            for (lost,) in self._rows("SELECT wrapped FROM key WHERE name = %s", name):
                self._rows("UPDATE key SET wrapped = %s WHERE name = %s AND wrapped = %s", wrapped, name, lost)
            return self.need(name)

    def hours(self, lasts: Lasts) -> list[int]:
        """Return the hours that have a text key, the first one first."""
        names = self.between(hour_name(0, lasts), hour_name(LAST_HOUR, lasts))
        return sorted(int(name.rpartition(":")[2]) for name in names)

    def drop_hours(self, hours: Iterable[int], lasts: Lasts) -> int:
        """Destroy the text keys of these hours; return how many went."""
        names = [hour_name(hour, lasts) for hour in hours]
        return len(self.change({}, names, counted=False)) if names else 0

    # ── What is forgotten, and by whom ──────────────────────────────────────────────────

    def rest(self) -> None:
        """Hear that the calling thread's transaction is over: it holds no key any more."""
        self._using.pop(get_ident(), None)
        self._leaving.pop(get_ident(), None)

    def awaited(self, number: int | None) -> int | None:
        """Return the number of a destruction that a living process has not acknowledged; None once all of them have."""
        if number is None:
            ((number,),) = self._rows("SELECT number FROM key_change")
        late = "SELECT 1 FROM key_holder WHERE until > clock_timestamp() AND heard < %s LIMIT 1"
        return number if self._rows(late, number) else None

    def others(self) -> int:
        """Return how many other living processes use these keys just now."""
        sql = "SELECT count(*) FROM key_holder WHERE until > clock_timestamp() AND process <> %s"
        return int(self._rows(sql, self.process)[0][0])

    def forget(self, names: Iterable[str] | None) -> frozenset[object]:
        """Drop these keys from memory, or all; return what names the transactions that may still hold one."""
        with self._lock:
            for name in list(self._known) if names is None else names:
                self._known.pop(name, None)
            forget_ciphers()
            return frozenset(self._using.values())

    def in_use(self) -> frozenset[object]:
        """Return what names the transactions that may hold a key."""
        with self._lock:
            return frozenset(self._using.values())

    def leaving(self) -> list[str]:
        """Return the keys that this process has destroyed in transactions that go on, or may have to put back."""
        with self._lock:
            return [
                *(name for names in self._leaving.values() for name in names),
                *(n for o in self._owed for n in o[0]),
            ]

    def erased(self) -> set[bytes]:
        """Return the hashes of all keys that were ever destroyed here."""
        return {row[0] for row in self._rows("SELECT hash FROM erased")}

    def erase_again(self, hashes: Iterable[bytes]) -> int:
        """Destroy every key whose hash is among these, and remember them all; return how many keys that were."""
        known = self.erased() | set(hashes)
        names = [row[0] for row in self._rows("SELECT name FROM key")]
        gone = [name for name in names if (key := self._whole(name)) is not None and erasure_hash(key) in known]
        self.change({}, gone)
        self._rows("INSERT INTO erased SELECT unnest(%s::bytea[]) ON CONFLICT DO NOTHING", sorted(known))
        return len(gone)

    # ── Change of the operator's key ────────────────────────────────────────────────────

    def wrap_by(self, new: bytes) -> None:
        """Wrap whatever is written from now on by a new operator's key; what is wrapped by the old one still opens."""
        with self._lock:
            self._other_wraps = [self._wrap, *self._other_wraps]
            self._wrap = AESGCM(new)

    def rewrap(self, after: str, most: int) -> tuple[str, int] | None:
        """Wrap the next keys in the order of their names by the newest operator's key; None when there are no more."""
        count = 0
        rows = self._rows("SELECT name, wrapped FROM key WHERE name > %s ORDER BY name LIMIT %s", after, most)
        with self._lock, self._link.transaction() as run:
            for name, wrapped in rows:
                with suppress(DamagedValueError):
                    anew = self._wrapped(name, self._unwrap(name, wrapped))
                    # Only as it was read: one that was destroyed meanwhile does not come back.
                    run("UPDATE key SET wrapped = %s WHERE name = %s AND wrapped = %s", anew, name, wrapped)
                    count += 1
        return (rows[-1][0], count) if rows else None

    def settle_wrapping(self) -> int:
        """Let go of older operator's keys where nothing needs them any more; return how many keys still do."""
        with self._lock:
            needed = sum(self._needs_older(name, wrapped) for name, wrapped in self._rows("SELECT * FROM key"))
            if not needed:
                self._other_wraps = []
            return needed

    def _needs_older(self, name: str, wrapped: bytes) -> bool:
        with suppress(DamagedValueError):
            unwrap_by((self._wrap,), PLACE, name, wrapped)
            return False
        with suppress(DamagedValueError):
            self._unwrap(name, wrapped)
            return True
        return False

    # ── Inside ──────────────────────────────────────────────────────────────────────────

    def _prepare(self, *, fresh: bool) -> None:
        with self._link.transaction() as run:
            run("SELECT pg_advisory_xact_lock(%s)", LOCK)
            run(TABLES)
            if not run("SELECT 1 FROM key WHERE name = %s", NAME):
                if not fresh:
                    raise KeyTrouble(
                        "store.keys: there are no keys in this database, and the data can't be read without them: name"
                        " the right one"
                    )
                own = {LOOKUP: token_bytes(KEY_BYTES), OURS: token_bytes(KEY_BYTES), NAME: token_hex(8).encode()}
                for name, key in own.items():
                    run("INSERT INTO key VALUES (%s, %s)", name, self._wrapped(name, key))
        if self._whole(NAME) is None:
            raise KeyTrouble(FITS_NOT)

    def _rows(self, sql: str, *values: object) -> list[Row]:
        with self._lock:
            self._pay()
            return self._link.rows(sql, *values)

    def _found(self, name: str) -> bytes | None:
        if not self._hearing_well():
            self._known.clear()
        elif (known := self._known.get(name)) is not None:
            return known
        if not (rows := self._rows("SELECT wrapped FROM key WHERE name = %s", name)):
            return None
        try:
            key = self._unwrap(name, rows[0][0])
        except DamagedValueError:
            self.damaged.add((PLACE.name, name))
            raise
        self._known[name] = key
        return key

    def _hearing_well(self) -> bool:
        return hasattr(self, "_hearing") and self._hearing.sure()

    def _whole(self, name: str) -> bytes | None:
        with self._lock, suppress(DamagedValueError):
            return self._found(name)
        return None

    def _wrapped(self, name: str, key: bytes) -> bytes:
        nonce = token_bytes(NONCE)
        return nonce + self._wrap.encrypt(nonce, key, name.encode())

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        return unwrap_by((self._wrap, *self._other_wraps), PLACE, name, wrapped)


def _alone(names: Iterable[str]) -> tuple[str, ...]:
    """Return those that nobody else can know of yet: a new member's, by an id made in the transaction that failed."""
    return tuple(name for name in names if ":" not in name.removeprefix(member_name("")))
