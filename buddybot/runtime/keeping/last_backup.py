"""Timestamp of the last backup that was proven, in a file beside the keys: whoever watches the house asks for it."""

from datetime import datetime
from pathlib import Path

from buddybot.store.kernel.private_files import make_private

NAME = "last-backup"


def note_backup(keys: Path, at: datetime) -> None:
    """Remember when a backup was proven."""
    place = keys / NAME
    make_private(place)
    place.write_text(f"{at.isoformat()}\n", encoding="ascii")


def last_backup(keys: Path) -> datetime | None:
    """Return when a backup was proven last; None where none is known of."""
    try:
        found = datetime.fromisoformat((keys / NAME).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return found if found.tzinfo is not None else None
