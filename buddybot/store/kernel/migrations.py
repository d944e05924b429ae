"""Numbered migrations, a file per dialect; each is recorded with its hash, so that a changed one is found out."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.sql import statements

RECORD = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    script: str

    @property
    def hash(self) -> str:
        """The fingerprint of its text."""
        return hashlib.sha256(self.script.encode()).hexdigest()


def migrations(dialect: str) -> list[Migration]:
    """Return all steps for a dialect, in order."""
    return list(_steps(dialect))


@cache
def _steps(dialect: str) -> tuple[Migration, ...]:
    """Read the steps once a process: they belong to the program, and nobody changes them under it."""
    folder = files("buddybot.store") / "migrations" / dialect
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(Migration(int(name[:4]), name, (folder / name).read_text(encoding="utf-8")) for name in names)


def pending(db: Db, steps: list[Migration], whose: str) -> list[Migration]:
    """Return the steps that this database still needs; refuse one that was made by other steps than ours."""
    db.run(RECORD)
    return steps_missing(db, steps, whose)


def steps_missing(db: Db, steps: list[Migration], whose: str) -> list[Migration]:
    """Return the same of a database that can only be read: nothing is made in it."""
    done = {row[0]: (row[1], row[2]) for row in db.rows("SELECT number, name, hash FROM migration")}
    known = {step.number: step for step in steps}
    for number, (name, found) in done.items():
        if number not in known:
            raise StoreError(
                f"{whose}: step {name} was made by a newer buddybot: run that one, or restore a backup from before it"
            )
        if known[number].hash != found:
            raise StoreError(
                f"{whose}: step {name} was made from a file that differs from the one here: reinstall buddybot"
            )
    return [step for step in steps if step.number not in done]


def apply(db: Db, step: Migration) -> None:
    """Carry out one step and record it."""
    for statement in statements(step.script):
        db.run(statement)
    db.run(
        "INSERT INTO migration (number, name, hash) VALUES (:number, :name, :hash)",
        number=step.number,
        name=step.name,
        hash=step.hash,
    )
