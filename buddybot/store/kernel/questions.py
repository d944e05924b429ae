"""Store of open questions: what a member was asked and has not answered, sealed under their key, a few at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from pydantic import TypeAdapter

from buddybot.domain.dialog.questions import MOST, OpenQuestion
from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, Row, stamp
from buddybot.store.kernel.outbox import Spares

T = TypeVar("T")
_PURPOSE, _WORDS = "question", "question words"
QUESTION = TypeAdapter(OpenQuestion)


class QuestionStore:
    """The questions that members have not answered yet."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def ask(
        self,
        member: MemberId,
        question: OpenQuestion,
        now: datetime,
        seen: datetime | None = None,
        spares: Spares = Spares.NOBODY,
    ) -> None:
        """Remember a question as the newest; one of the same name and subject goes, and so does the thirteenth.

        One that is `seen` later is open from then on.
        """
        if seen is None:
            self.age(member, now)
        self.close(member, question)
        words = question.words.encode(errors="surrogatepass")
        kept = replace(question, words="", newest=True)
        self._db.run(
            "INSERT INTO question (member, mark, until, sealed, words, seen_at, spares)"
            " VALUES (:member, :mark, :until, :sealed, :words, :seen, :spares)",
            member=member,
            mark=self._mark(member, question),
            until=stamp(question.until),
            sealed=self._db.vault.seal(member, _PURPOSE, QUESTION.dump_json(kept)),
            words=self._db.vault.seal_passing(member, _WORDS, now, words) if words else None,
            seen=stamp(seen or now),
            spares=int(spares),
        )
        self._db.run(
            "DELETE FROM question WHERE member = :member AND id NOT IN"
            " (SELECT id FROM question WHERE member = :member ORDER BY id DESC LIMIT :most)",
            member=member,
            most=MOST,
        )

    def open_of(self, member: MemberId, now: datetime) -> list[OpenQuestion]:
        """Return what this member can still answer, the newest first."""
        at = stamp(now)
        rows = [row for row in self._kept(member) if row[3] > at >= row[4]]
        found = [one for one in (self._question(member, row) for row in rows) if one is not None]
        # What waited for the morning aged nothing when it was asked.
        return [*found[:1], *(replace(one, newest=False) if one.newest else one for one in found[1:])]

    def _kept(self, member: MemberId) -> Sequence[Row]:
        """Return what is kept of this member, sealed, open or not."""
        read = partial(
            self._db.rows,
            "SELECT sealed, words, aged, until, seen_at FROM question WHERE member = :member"
            " ORDER BY aged, seen_at DESC, id DESC",
            member=member,
        )
        return self._db.memo.once(("question",), member, read)

    def made_of(self, question: OpenQuestion, kind: str, make: Callable[[], T]) -> T:
        """Return what is made of a question's choices, made once for as long as the question is remembered."""
        return self._db.memo.made_of(question.choices, kind, make)

    def open_held(self, member: MemberId, now: datetime) -> None:
        """Open what is shown to somebody who is awake in their quiet hours."""
        self._db.run(
            "UPDATE question SET seen_at = :now WHERE member = :member AND seen_at > :now AND spares < 2",
            member=member,
            now=stamp(now),
        )

    def put_off(self, member: MemberId, now: datetime, until: datetime) -> None:
        """Open what has not been seen at another moment: the quiet hours end at another one."""
        self._db.run(
            "UPDATE question SET seen_at = :until WHERE member = :member AND seen_at > :now AND spares = 2",
            member=member,
            now=stamp(now),
            until=stamp(until),
        )

    def missed(self, member: MemberId, question: OpenQuestion, now: datetime) -> None:
        """Count one more answer that fitted nothing: it was asked again, so it is the newest."""
        self.age(member, now)
        counted = replace(question, words="", newest=True, misses=question.misses + 1)
        self._db.run(
            "UPDATE question SET sealed = :sealed, aged = 0, seen_at = :now WHERE member = :member AND mark = :mark",
            now=stamp(now),
            member=member,
            mark=self._mark(member, question),
            sealed=self._db.vault.seal(member, _PURPOSE, QUESTION.dump_json(counted)),
        )

    def close(self, member: MemberId, question: OpenQuestion) -> None:
        """Forget a question: it was answered, or is asked anew."""
        mark = self._mark(member, question)
        self._db.run("DELETE FROM question WHERE member = :member AND mark = :mark", member=member, mark=mark)

    def age(self, member: MemberId, now: datetime) -> None:
        """Note that something else was asked since: a bare yes no longer means any of those seen before."""
        if not any(row[2] == 0 and row[4] <= stamp(now) for row in self._kept(member)):
            return
        self._db.run(
            "UPDATE question SET aged = 1 WHERE member = :member AND aged = 0 AND seen_at <= :now",
            member=member,
            now=stamp(now),
        )

    def count(self, member: MemberId) -> int:
        """Count what this member was asked, for their export."""
        return len(self._db.rows("SELECT 1 FROM question WHERE member = :member", member=member))

    def expire(self, now: datetime, most: int) -> int:
        """Drop some of what can't be answered any more, the oldest first."""
        return self._db.run(
            "DELETE FROM question WHERE id IN (SELECT id FROM question WHERE until <= :now ORDER BY until LIMIT :most)",
            now=stamp(now),
            most=most,
        )

    def _mark(self, member: MemberId, question: OpenQuestion) -> bytes:
        return self._db.vault.lookup("question", f"{member}:{question.name}:{question.about}")

    def _question(self, member: MemberId, row: Row) -> OpenQuestion | None:
        stored = (row[0], row[2])
        found = self._db.vault.decoded(member, _PURPOSE, stored, partial(self._opened, member, stored))
        if found is None or row[1] is None:
            return found
        # Their own words die with the hour they were written in: they are opened each time.
        words = self._db.vault.open_passing_whole(member, _WORDS, row[1])
        return found if words is None else replace(found, words=words.decode(errors="surrogatepass"))

    def _opened(self, member: MemberId, stored: tuple[bytes, int]) -> OpenQuestion | None:
        opened = self._db.vault.open_whole(member, _PURPOSE, stored[0])
        return None if opened is None else replace(QUESTION.validate_json(opened), words="", newest=stored[1] == 0)
