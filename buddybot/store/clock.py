"""Moments written down by a clock that ran ahead, brought back to where they can be.

Whatever says when it was made, and says a time that is still to come, was made while the clock was ahead. Left so, it
would count for as long as the clock was wrong: a room that is deaf for a month, a question that stays open, words kept.
"""

from datetime import datetime, timedelta

from buddybot.store.kernel.db import Db, stamp

SLACK = timedelta(minutes=1)
RETRY = timedelta(minutes=10)
"""The longest wait between two tries of a delivery that we set ourselves."""
QUESTION = timedelta(days=3)
"""The longest that any question stays open; one that was asked by a wrong clock stays for `QUESTION_LEFT`."""
QUESTION_LEFT = timedelta(hours=1)
OFF = timedelta(hours=12)
"""The longest that somebody on call is off by one tap."""
WORD = timedelta(minutes=10)
"""How long a member's word for another app works."""

CALL = timedelta(days=1)
"""The longest that a device waits to be called, and a question to be seen: the end of quiet hours."""
CALL_LEFT = timedelta(minutes=1)

WAITING = ("outbox", "created_at", "due_at")
SPANS = (
    ("timer", "set_at", "due_at"),
    ("offer", "made_at", "expires_at"),
    ("gathering", "made_at", "expires_at"),
)
"""Tables whose rows were made at one moment and end at another: the span between them stays as it was."""
MADE = (
    ("case_file", "opened_at"),
    ("case_file", "closed_at"),
    ("case_line", "at"),
    ("crowd", "full_at"),
    ("crowd", "noticed_at"),
    ("cursor", "moved_at"),
    ("desk", "made_at"),
    ("desk", "seen_at"),
    ("flow", "noted_at"),
    ("inbox", "seen_at"),
    ("looked", "at"),
    ("member", "seen_at"),
    ("member", "looking_since"),
    ("mentor", "changed_at"),
    ("note", "said_at"),
    ("on_call", "asked_at"),
    ("outcome", "made_at"),
    ("own_day", "made_at"),
    ("passkey", "seen_at"),
    ("pending", "made_at"),
    ("proposal", "made_at"),
    ("push", "made_at"),
    ("push", "called_at"),
    ("receipt", "made_at"),
    ("report", "made_at"),
    ("room", "opened_at"),
    ("room", "closed_at"),
    ("story", "made_at"),
    ("tag", "made_at"),
    ("tie", "made_at"),
)
"""Moments at which something was; the chained audit log is not among them, since it may not be rewritten."""


class ClockStore:
    """Reins in what a wrong clock wrote."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def rein_in_waiting(self, now: datetime) -> None:
        """Bring back what is to be delivered, and ends that lie further ahead than they are ever set."""
        self._shift(*WAITING, now)
        for table, column, most, instead in (
            ("outbox", "due_at", RETRY, RETRY),
            ("question", "until", QUESTION, QUESTION_LEFT),
            ("question", "seen_at", CALL, timedelta()),
            ("on_call", "off_until", OFF, OFF),
            ("pass_word", "expires_at", WORD, WORD),
            ("push", "due_at", CALL, CALL_LEFT),
        ):
            only = {"outbox": " AND held = 0", "pass_word": " AND member IS NOT NULL"}.get(table, "")
            self._db.run(
                f"UPDATE {table} SET {column} = :instead WHERE {column} > :most{only}",
                most=stamp(now + most),
                instead=stamp(now + instead),
            )

    def rein_in_spans(self, now: datetime) -> None:
        """Bring back what was set in the time to come, and what follows from it along."""
        self._db.run(
            "UPDATE sanction SET until = until - (given_at - :now), given_at = :now WHERE given_at > :later AND NOT"
            " EXISTS (SELECT 1 FROM timer WHERE kind = 'sanction-begin' AND subject = sanction.id)",
            now=stamp(now),
            later=stamp(now + SLACK),
        )
        for table, made, end in SPANS:
            self._shift(table, made, end, now)

    def rein_in_past(self, now: datetime) -> None:
        """Bring back moments at which something was: they are to be let go in time."""
        for table, column in MADE:
            self._db.run(
                f"UPDATE {table} SET {column} = :now WHERE {column} > :later",
                now=stamp(now),
                later=stamp(now + SLACK),
            )

    def rein_in_shifts(self, now: datetime) -> None:
        """Bring back shifts that begin in the time to come: each would count as on duty then, and as one of its week.

        Those of one moderator keep the spans between them, so that no two begin at once.
        """
        rows = self._db.rows(
            "SELECT member, MAX(began) FROM shift WHERE began > :later GROUP BY member", later=stamp(now + SLACK)
        )
        for member, newest in rows:
            self._db.run(
                "UPDATE shift SET began = began - :ahead, ended = ended - :ahead"
                " WHERE member = :member AND began > :later",
                ahead=newest - stamp(now),
                member=member,
                later=stamp(now + SLACK),
            )

    def _shift(self, table: str, made: str, end: str, now: datetime) -> None:
        self._db.run(
            f"UPDATE {table} SET {end} = {end} - ({made} - :now), {made} = :now WHERE {made} > :later",
            now=stamp(now),
            later=stamp(now + SLACK),
        )
