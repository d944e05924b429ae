"""Serialization of the crisis state (JSON by pydantic) for its sealed column. Levels and times only, no words."""

from dataclasses import fields
from datetime import datetime

from pydantic import TypeAdapter

from buddybot.domain.crisis.conversation import CareState

_STATE = TypeAdapter(CareState)


def care_text(state: CareState) -> str:
    """Return the state as JSON; a state with nothing in it is empty."""
    kept = _STATE.dump_json(state, exclude_defaults=True).decode()
    return "" if kept == "{}" else kept


def care_from(text: str) -> CareState:
    """Return the state that a text holds. One that can't be read is a fresh start: a bad record never stops care."""
    try:
        state = _STATE.validate_json(text or "{}")
    except ValueError:
        return CareState()
    return state if all(_zoned(getattr(state, field.name)) for field in fields(state)) else CareState()


def _zoned(value: object) -> bool:
    """Return whether a moment can be compared with now; anything else can."""
    return not isinstance(value, datetime) or value.tzinfo is not None
