"""Serialization of a flow in progress (JSON by pydantic) for the sealed columns it lives in."""

import json

from pydantic import TypeAdapter, ValidationError

from buddybot.domain.intake.progress import Progress

_PROGRESS = TypeAdapter(Progress)
_PENDING = {"fills": ("question", "keys"), "doubts": ("question", "meanings", "past", "considering")}
_ANSWER = ("question", "keys", "stage", "version")


def to_json(progress: Progress) -> str:
    """Serialize a progress; `from_json` reads it back equal."""
    return _PROGRESS.dump_json(progress, exclude_defaults=True).decode()


def from_json(text: str | bytes) -> Progress:
    """Deserialize a progress, of today or an older version; ValueError if it is anything else."""
    try:
        held: object = json.loads(text)
        return _PROGRESS.validate_python(_renewed(held) if isinstance(held, dict) and "fills" in held else held)
    except (ValidationError, ValueError, TypeError) as error:
        raise ValueError("this is not a progress that was stored") from error


def _renewed(held: dict[str, object]) -> dict[str, object]:
    """Upgrade an older record: answers, fills and doubts were lists without names."""
    pending = {name: _named(held[name], keys) for name, keys in _PENDING.items()}
    others = {name: value for name, value in held.items() if name not in _PENDING}
    return {**others, "answers": _named(held.get("answers"), _ANSWER), "pending": pending}


def _named(rows: object, keys: tuple[str, ...]) -> list[dict[str, object]]:
    if not isinstance(rows, list):
        raise TypeError("a list was expected")
    return [dict(zip(keys, row, strict=True)) for row in rows]
