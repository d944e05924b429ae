"""Transactional outbox: sealed effects in order, one queue per recipient, until delivered or too old.

Self-paced means that people come back after days: so what is on its way waits as long as the operator set, under keys
that last no longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import cast

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Effect, MessageId, NoteId, Send
from buddybot.domain.talk.media import is_file
from buddybot.store.effect_codec import packed, unpacked
from buddybot.store.kernel.db import Db, Row, moment, stamp
from buddybot.store.kernel.keys import Lasts
from buddybot.store.kernel.sealing import passing_mark
from buddybot.store.news import News
from buddybot.store.volatile import Volatile

HOUR = timedelta(hours=1)
SHORT = timedelta(hours=24)
"""How long rows live that were sealed under keys of a day, before others were made."""
_MARK = 5

CHANGES = ("edit", "retract", "react")
"""What is about a note in the recipient's own chat that somebody else wrote, and so may not have come yet."""
BESIDE = (*CHANGES, "mark")
"""What is about a message that is shown already: trouble with it never holds up a note."""
LONGEST_WAIT = timedelta(hours=1)
"""No platform is left alone for longer between two tries."""
_BELIEVED = 2 * LONGEST_WAIT
"""A row that waits for longer than this was put off by a clock that was ahead."""

_COLUMNS = (
    "id, recipient, platform, identity, rank, kind, note, state, attempts, created_at, due_at, sealed, held, key,"
    " parts, shown, spares, owner"
)
_OPEN = "state <> 'parked'"
_OLD = "(created_at < :before OR (short = 1 AND created_at < :day))"
_ADD = (
    "INSERT INTO outbox (recipient, place, platform, identity, rank, kind, note, state, held, attempts, created_at,"
    " due_at, sealed, key, spares)"
    " VALUES (:who, COALESCE((SELECT MAX(place) FROM outbox WHERE recipient = :who), 0) + 1,"
    " COALESCE((SELECT platform FROM route WHERE member = :who ORDER BY used DESC LIMIT 1), ''),"
    " COALESCE((SELECT identity FROM route WHERE member = :who ORDER BY used DESC LIMIT 1), ''), :rank, :kind, :note,"
    f" CASE WHEN :alone = 1 AND :held = 0 AND NOT EXISTS (SELECT 1 FROM outbox WHERE recipient = :who AND {_OPEN})"
    " THEN 'claimed' ELSE 'waiting' END, :held, 0, :now, :due, :sealed, :key, :spares)"
    " RETURNING id, state, platform, identity"
)
"""One statement, since every message relayed runs it twice."""
_EFFECTS = ("effects of the outbox",)
"""What was queued a moment ago, by its row, until it is delivered: it need not be unsealed for it."""
_UNTRIED = "recipient = :who AND note = :note AND kind = 'send' AND state = 'waiting' AND attempts = 0"


class SendPriority(IntEnum):
    """Priority of a row: crisis effects overtake everything else of a recipient, marks and reactions let it pass."""

    CRISIS = 0
    NORMAL = 1
    BESIDE = 2


class Spares(IntEnum):
    """Policy of a row for its reader's quiet hours: at once, when they are up, or in the morning."""

    NOBODY = 0
    UNTIL_AWAKE = 1
    """It is given to a reader who does something, whatever the hour."""
    UNTIL_MORNING = 2
    """It waits for the end of the quiet hours, even of a reader who is up."""


class Undelivered(StrEnum):
    """Reason that a row is tried no more: tried often, refused for good, damaged, or the key of its hour is gone."""

    TRIED = "tried"
    REFUSED = "refused"
    DAMAGED = "damaged"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row: an effect for one recipient. `unknown` says that an earlier attempt may have arrived.

    `key` is random and stays with the row: a database made anew, or put back from a copy, never gives one twice. Where
    the effect is shown in several parts, the first `parts` of them are known to have arrived; `shown` is the sealed id
    of the last of these. `owner` is the process that has claimed it, where several share the house.
    """

    id: int
    recipient: MemberId
    platform: str
    identity: str
    priority: SendPriority
    kind: str
    note: NoteId | None
    claimed: bool
    unknown: bool
    attempts: int
    created: datetime
    due: datetime
    sealed: bytes = field(repr=False)
    held: bool = False
    key: str = ""
    parts: int = 0
    shown: bytes | None = field(default=None, repr=False)
    spares: Spares = Spares.NOBODY
    owner: str = ""


class OutboxStore:
    """The queues. A row that waits for another try holds up the recipient's later rows; a held one does not."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self.woken: set[MemberId] = set()
        """Recipients with something new; the writer passes them on to whoever delivers, after COMMIT."""
        self.volatile: list[Volatile] = []
        """What is shown after COMMIT without a row of its own; the writer passes it on as well."""
        self.claimed: dict[MemberId, tuple[Parcel, Effect]] = {}
        """Heads of empty queues, claimed as they were queued: whoever delivers need not look for them again."""
        self.seen_at: dict[MemberId, Address] = {}
        """Where somebody with several apps just was: nobody at another one keeps what is theirs from them any more."""

    def add(  # noqa: PLR0917 - what a row is made of
        self,
        recipient: MemberId,
        effect: Effect,
        now: datetime,
        priority: SendPriority = SendPriority.NORMAL,
        due: datetime | None = None,
        key: str = "",
        spares: Spares = Spares.NOBODY,
    ) -> None:
        """Queue an effect. With a `due` in the future it is held until then, and so is what changes a held note.

        `key` is a fresh id that names this row to platforms; without one it gets it when it is claimed. The head of an
        empty queue counts as claimed at once: the dispatcher takes it as soon as this commits, and a crash in between
        must be taken for a possible send. Where several processes share the house, whoever delivers claims it.
        """
        kind, note, text = packed(effect)
        until = stamp(due or now)
        if note is not None and kind in CHANGES:
            until = max(until, self._held_until(recipient, note, "send" if kind == "retract" else ""))
        sealed = self._db.vault.seal_passing(recipient, "outbox", now, text, Lasts.UNDELIVERED)
        rank = max(priority, SendPriority.BESIDE) if kind in {"react", "mark"} else priority
        number, state, platform, identity = self._db.returning(
            _ADD,
            who=recipient,
            rank=int(rank),
            kind=kind,
            note=note,
            alone=int(not self._db.process),
            held=int(until > stamp(now)),
            now=stamp(now),
            due=until,
            sealed=sealed,
            key=key,
            spares=int(spares),
        )
        if recipient in self.claimed and rank < self.claimed[recipient][0].priority:
            del self.claimed[recipient]  # what is more urgent goes first after all
        if state == "claimed" and key:
            row = (number, recipient, platform, identity, rank, kind, note, state, 0, stamp(now), until)
            self.claimed[recipient] = (_parcel((*row, sealed, 0, key, 0, None, int(spares), "")), effect)
        self._db.memo.put(_EFFECTS, number, ((kind, sealed), effect))
        self.woken.add(recipient)

    def next(self, recipient: MemberId, now: datetime) -> Parcel | None:
        """Return what this recipient is to be shown next; None when nothing is due, or the first waits for a retry.

        None as well while another process is showing it.
        """
        found = self._db.row(
            f"SELECT {_COLUMNS} FROM outbox WHERE recipient = :who AND {_OPEN} AND (held = 0 OR due_at <= :now)"
            " ORDER BY rank, place LIMIT 1",
            who=recipient,
            now=stamp(now),
        )
        parcel = None if found is None else _parcel(found)
        if parcel is None or _waits(parcel, now) or (self._db.process and parcel.owner not in {"", self._db.process}):
            return None
        return parcel

    def effect(self, parcel: Parcel) -> Effect | None:
        """Unseal it; None when the recipient or the hour's text key is erased: then there is nothing to show.

        Raises where its bytes are damaged: those that name the hour, too, for that hour has no key either.
        """
        known = self._db.memo.get(_EFFECTS, parcel.id)
        if isinstance(known, tuple) and known[0] == (parcel.kind, parcel.sealed):
            return cast("Effect", known[1])
        text = self._db.vault.open_passing(parcel.recipient, "outbox", parcel.sealed)
        if text is not None:
            return unpacked(parcel.kind, text)
        if parcel.sealed[:_MARK] not in {passing_mark(parcel.created, lasts) for lasts in Lasts}:
            raise ValueError("sealed in another hour than it was made")
        return None

    def outlived(self, parcel: Parcel) -> bool:
        """Return whether this is a note whose hour's key is gone while its recipient is not: nobody can show it now."""
        return parcel.note is not None and self._db.vault.knows(parcel.recipient) and self.effect(parcel) is None

    def shown(self, parcel: Parcel) -> MessageId | None:
        """Return the id of the last part known to have arrived."""
        sealed = parcel.shown
        opened = None if sealed is None else self._db.vault.open(parcel.recipient, "outbox part", sealed)
        return None if opened is None else MessageId(opened.decode())

    def due_between(self, after: datetime, until: datetime) -> list[MemberId]:
        """Return whoever has an open row that came due after the one moment and up to the other."""
        found = self._db.rows(
            f"SELECT DISTINCT recipient FROM outbox WHERE {_OPEN} AND due_at > :after AND due_at <= :until",
            after=stamp(after),
            until=stamp(until),
        )
        return [MemberId(row[0]) for row in found]

    def claim(self, parcel: Parcel, key: str) -> Parcel:
        """Note that it is about to be sent: after a crash it is sent again, marked as a possible repeat.

        A row that was queued without a key gets this one.
        """
        if parcel.claimed and parcel.key and parcel.owner == self._db.process:
            return parcel
        self._db.run(
            "UPDATE outbox SET state = CASE WHEN state = 'waiting' THEN 'claimed' ELSE state END, key = :key,"
            " owner = :owner WHERE id = :id",
            id=parcel.id,
            key=parcel.key or key,
            owner=self._db.process,
        )
        if parcel.key and parcel.owner == self._db.process:
            return parcel
        return replace(parcel, key=parcel.key or key, owner=self._db.process)

    def doubt(self, parcel: Parcel) -> Parcel:
        """Note that an earlier attempt may have arrived, whoever tries again."""
        self._db.run("UPDATE outbox SET state = 'unknown' WHERE id = :id", id=parcel.id)
        return replace(parcel, claimed=True, unknown=True)

    def ours(self, parcel: Parcel) -> bool:
        """Return whether a claim still stands: a process that was taken for dead settles nothing any more."""
        if not self._db.process:
            return True
        found = self._db.row("SELECT 1 FROM outbox WHERE id = :id AND owner = :owner", id=parcel.id, owner=parcel.owner)
        return found is not None

    def pass_on(self, recipient: MemberId) -> None:
        """Have the other processes look: what comes next for this recipient may be theirs to deliver."""
        if self._db.process and self.waiting(recipient):
            self._db.signals.note(News.WOKEN, (recipient,))

    def advance(self, parcel: Parcel, parts: int, message: MessageId) -> None:
        """Note that so many parts of it have arrived, the last of them as this message."""
        self._db.run(
            "UPDATE outbox SET parts = :parts, shown = :shown WHERE id = :id AND owner = :owner",
            id=parcel.id,
            owner=parcel.owner,
            parts=parts,
            shown=self._db.vault.seal(parcel.recipient, "outbox part", message.encode()),
        )

    def hold(self, parcel: Parcel, until: datetime) -> None:
        """Hold a row whose reader sleeps by now: it was put off, or their hours are others than when it was queued."""
        self._db.run(
            "UPDATE outbox SET held = 1, due_at = :until, owner = '',"
            " state = CASE WHEN state = 'claimed' THEN 'waiting' ELSE state END WHERE id = :id",
            until=stamp(until),
            id=parcel.id,
        )

    def unclaim(self, parcel: Parcel) -> None:
        """Note that nothing was sent after all."""
        state = "CASE WHEN state = 'claimed' THEN 'waiting' ELSE state END"
        self._db.run(f"UPDATE outbox SET state = {state}, owner = '' WHERE id = :id", id=parcel.id)

    def delivered(self, parcel: Parcel) -> bool:
        """Erase it, text and all; False when it was gone already (forgotten, expired)."""
        self._db.memo.drop(_EFFECTS, parcel.id)
        return self._db.run("DELETE FROM outbox WHERE id = :id", id=parcel.id) == 1

    def later(self, parcel: Parcel, due: datetime, *, unknown: bool) -> None:
        """Try again at `due`; `unknown` says that this attempt may have arrived.

        What stands beside a note is held meanwhile, together with what came after it about the same note.
        """
        beside = parcel.kind in BESIDE
        self._db.run(
            "UPDATE outbox SET due_at = :due, held = :held, attempts = attempts + 1, owner = '',"
            " state = CASE WHEN state = 'unknown' OR :unknown = 1 THEN 'unknown' ELSE 'waiting' END WHERE id = :id",
            id=parcel.id,
            due=stamp(due),
            held=int(beside),
            unknown=int(unknown),
        )
        if beside:
            self._db.run(
                "UPDATE outbox SET due_at = :due, held = 1 WHERE recipient = :who AND note = :note AND id > :id"
                f" AND due_at < :due AND kind NOT IN ('send', 'retract') AND {_OPEN}",
                id=parcel.id,
                due=stamp(due),
                who=parcel.recipient,
                note=parcel.note,
            )

    def park(self, parcel: Parcel) -> None:
        """Give up on it: its text is erased, the row stays for a day as a count for the operator."""
        self._db.run(
            "UPDATE outbox SET state = 'parked', attempts = attempts + 1, sealed = :nothing, owner = '' WHERE id = :id",
            id=parcel.id,
            nothing=b"",
        )

    @property
    def alone(self) -> bool:
        """Return whether this process alone delivers; beside others only a row finds whoever serves its recipient."""
        return not self._db.process

    def marked(self, author: MemberId, note: NoteId) -> bool:
        """Return whether the author is still to be told what became of this note, now or later."""
        found = self._db.row(
            "SELECT 1 FROM outbox WHERE recipient = :who AND note = :note AND kind = 'mark'", who=author, note=note
        )
        return found is not None

    def interrupted(self) -> list[tuple[MemberId, NoteId]]:
        """Return the notes that were under way when a crash came, and who wrote each: they may not have been told."""
        rows = self._db.rows(
            "SELECT DISTINCT note.author, note.id FROM outbox JOIN note ON note.id = outbox.note"
            " WHERE outbox.state = 'claimed' AND outbox.kind = 'send' ORDER BY note.id"
        )
        return [(MemberId(row[0]), NoteId(row[1])) for row in rows]

    def restarted(self) -> int:
        """After a crash: whatever was claimed may have arrived. Return how many that are.

        Beside other processes, that is what nobody owns: what a dead one had claimed was marked when it was found dead.
        """
        if self._db.process:
            return self._db.run("UPDATE outbox SET state = 'unknown' WHERE state = 'claimed' AND owner = ''")
        self._db.run("UPDATE outbox SET owner = '' WHERE owner <> ''")
        return self._db.run("UPDATE outbox SET state = 'unknown' WHERE state = 'claimed'")

    def rest(self, flying: Iterable[int]) -> None:
        """Before an orderly stop: nothing is claimed by us any more but these, which may have arrived."""
        ours = "state = 'claimed' AND owner = :owner"
        self._db.run(f"UPDATE outbox SET state = 'waiting' WHERE {ours}", owner=self._db.process)
        for number in flying:
            self._db.run("UPDATE outbox SET state = 'unknown' WHERE id = :id AND state = 'waiting'", id=number)
        if self._db.process:
            self._db.run("UPDATE outbox SET owner = '' WHERE owner = :owner", owner=self._db.process)

    def waiting(self, member: MemberId) -> int:
        """Return how many things this member is still to be shown."""
        found = self._db.row(f"SELECT COUNT(*) FROM outbox WHERE recipient = :who AND {_OPEN}", who=member)
        assert found is not None
        return int(found[0])

    def notes_waiting(self, member: MemberId) -> int:
        """Return how many notes of others this member is still to be shown."""
        found = self._db.row(
            f"SELECT COUNT(*) FROM outbox WHERE recipient = :who AND kind = 'send' AND note IS NOT NULL AND {_OPEN}",
            who=member,
        )
        assert found is not None
        return int(found[0])

    def files_waiting(self, member: MemberId) -> int:
        """Return how many photos and voice notes this member is still to be shown."""
        rows = self._db.rows(
            f"SELECT note FROM outbox WHERE recipient = :who AND kind = 'send' AND note IS NOT NULL AND {_OPEN}",
            who=member,
        )
        return sum(is_file(NoteId(row[0])) for row in rows)

    def holds(self, recipient: MemberId, note: NoteId) -> bool:
        """Return whether a note is still to be shown, tried already or not."""
        found = self._db.row(
            f"SELECT 1 FROM outbox WHERE recipient = :who AND note = :note AND kind = 'send' AND {_OPEN}",
            who=recipient,
            note=note,
        )
        return found is not None

    def drop_keys(self, now: datetime, kept: timedelta) -> None:
        """Destroy the text keys whose time has passed."""
        self._db.vault.drop_hours(now - SHORT - HOUR)
        self._db.vault.drop_hours(now - kept, Lasts.UNDELIVERED)

    def drop_keys_ahead(self, now: datetime) -> None:
        """Destroy the text keys of hours to come, made by a clock that was ahead; what needs one is sealed anew."""
        vault, soon = self._db.vault, now + HOUR
        if not vault.hours_ahead(soon, Lasts.UNDELIVERED):
            return
        latest = passing_mark(soon, Lasts.UNDELIVERED)
        for number, recipient, sealed in self._db.rows("SELECT id, recipient, sealed FROM outbox"):
            member, old = MemberId(recipient), bytes(sealed)
            if old[:_MARK] <= latest or (text := vault.open_passing_whole(member, "outbox", old)) is None:
                continue
            anew = vault.seal_passing(member, "outbox", now, text, Lasts.UNDELIVERED)
            self._db.run("UPDATE outbox SET sealed = :sealed WHERE id = :id", id=number, sealed=anew)
        vault.drop_hours_ahead(soon, Lasts.UNDELIVERED)

    def old_keys(self, now: datetime, kept: timedelta) -> bool:
        """Return whether there are text keys whose time has passed."""
        vault = self._db.vault
        return vault.has_hours(now - SHORT - HOUR) or vault.has_hours(now - kept, Lasts.UNDELIVERED)

    def take_back(self, recipient: MemberId, note: NoteId) -> bool:
        """Drop a note that was never tried; False when it may be on its way, so that it must be retracted."""
        return self._db.run(f"DELETE FROM outbox WHERE {_UNTRIED}", who=recipient, note=note) > 0

    def drop_thread(self, recipient: MemberId, note: NoteId) -> bool:
        """Drop what a thread was to be, where it is not on its way: what it is to be now stands for all of it."""
        return (
            self._db.run(
                "DELETE FROM outbox WHERE recipient = :who AND note = :note AND kind = 'thread'"
                " AND state IN ('waiting', 'unknown')",
                who=recipient,
                note=note,
            )
            > 0
        )

    def replace(self, recipient: MemberId, note: NoteId, effect: Send) -> bool:
        """Show this instead, if the note was never tried; the text lives no longer than the first would have."""
        found = self._db.row(f"SELECT id, created_at, short FROM outbox WHERE {_UNTRIED}", who=recipient, note=note)
        if found is None:
            return False
        lasts = Lasts.A_DAY if found[2] else Lasts.UNDELIVERED
        sealed = self._db.vault.seal_passing(recipient, "outbox", moment(found[1]), packed(effect)[2], lasts)
        return self._db.run("UPDATE outbox SET sealed = :sealed WHERE id = :id", id=found[0], sealed=sealed) == 1

    def release(self, recipient: MemberId, now: datetime, note: NoteId | None = None) -> bool:
        """Let held rows go at once, all but what waits for the morning, or those of one note; say if there were any."""
        found = self._db.run(
            "UPDATE outbox SET due_at = :now, held = 0, spares = 0 WHERE recipient = :who AND held = 1"
            " AND due_at > :now AND kind <> 'mark' AND ((:any = 1 AND spares < 2) OR note = :note)",
            who=recipient,
            now=stamp(now),
            any=int(note is None),
            note=note or "",
        )
        if found:
            self.woken.add(recipient)
        return found > 0

    def put_off(self, recipient: MemberId, now: datetime, until: datetime) -> None:
        """Reschedule what waits for the end of quiet hours: they end at another hour now."""
        found = self._db.run(
            "UPDATE outbox SET due_at = :until, held = :held WHERE recipient = :who AND held = 1 AND spares = 2",
            until=stamp(until),
            held=int(until > now),
            who=recipient,
        )
        if found:
            self.woken.add(recipient)

    def unmark(self, author: MemberId, note: NoteId) -> bool:
        """Drop what the author was to be told of this note later; say whether there was anything."""
        later = "recipient = :who AND note = :note AND kind = 'mark' AND held = 1"
        return self._db.run(f"DELETE FROM outbox WHERE {later}", who=author, note=note) > 0

    def overdue(self, now: datetime, kept: timedelta) -> bool:
        """Return whether anything has waited for as long as it may."""
        return self._db.row(f"SELECT 1 FROM outbox WHERE {_OLD} LIMIT 1", **_ends(now, kept)) is not None

    def expire(self, now: datetime, kept: timedelta, most: int) -> list[Parcel]:
        """Erase some of what has waited too long and return it (parked rows aside), so that authors can be told.

        The hour in which it was said counts whole, and one hour more is left for telling: so every row is gone before
        its key is, and no text outlives the limit.
        """
        old = self._db.rows(
            f"SELECT {_COLUMNS} FROM outbox WHERE {_OLD} ORDER BY created_at, id LIMIT :most",
            most=most,
            **_ends(now, kept),
        )
        for row in old:
            self._db.run("DELETE FROM outbox WHERE id = :id", id=row[0])
        return [_parcel(row) for row in old if row[7] != "parked"]

    def forget(self, member: MemberId) -> int:
        """Erase everything meant for this member."""
        return self._db.run("DELETE FROM outbox WHERE recipient = :who", who=member)

    def _held_until(self, recipient: MemberId, note: NoteId, kind: str) -> int:
        """Return until when a note or what changes it is held. What takes it back waits for the note alone."""
        found = self._db.row(
            "SELECT MAX(due_at) FROM outbox WHERE recipient = :who AND note = :note AND held = 1"
            " AND kind <> 'mark' AND (:kind = '' OR kind = :kind)",
            who=recipient,
            note=note,
            kind=kind,
        )
        return int(found[0]) if found is not None and found[0] is not None else 0


def _ends(now: datetime, kept: timedelta) -> dict[str, int]:
    return {"before": _too_old(now, kept - HOUR), "day": _too_old(now, SHORT)}


def _too_old(now: datetime, kept: timedelta) -> int:
    hour = moment(stamp(now - kept)).replace(minute=0, second=0, microsecond=0)
    return stamp(hour + HOUR if hour < now - kept else hour)


def _waits(parcel: Parcel, now: datetime) -> bool:
    """Return whether it is not due yet. Only a held row, or one that was tried, ever has a reason to wait."""
    return parcel.due > now and (parcel.held or (parcel.attempts > 0 and parcel.due <= now + _BELIEVED))


def _parcel(row: Row) -> Parcel:
    number, recipient, platform, identity, priority, kind, note, state, attempts, created, due = row[:11]
    sealed, held, key, parts, shown, spares, owner = row[11:]
    return Parcel(
        id=number,
        recipient=MemberId(recipient),
        platform=platform,
        identity=identity,
        priority=SendPriority(priority),
        kind=kind,
        note=None if note is None else NoteId(note),
        claimed=state != "waiting",
        unknown=state == "unknown",
        attempts=attempts,
        created=moment(created),
        due=moment(due),
        sealed=bytes(sealed),
        held=bool(held),
        key=key,
        parts=parts,
        shown=None if shown is None else bytes(shown),
        spares=Spares(spares),
        owner=owner,
    )
