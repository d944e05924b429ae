"""Serialization of the crisis state, for the sealed column it lives in. Levels, times and ids only; no words ever."""

from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from buddybot.domain.crisis.conversation import CrisisState

_STATE = TypeAdapter(CrisisState)
_FRESH = CrisisState()


def care_text(state: CrisisState) -> str:
    """Return the state as JSON; a state with nothing in it is empty."""
    return "" if state == _FRESH else _STATE.dump_json(state, exclude_defaults=True).decode()


def care_from(text: str) -> CrisisState:
    """Return the state that a text holds. One that can't be read is a fresh start: a bad record never stops help."""
    if not text:
        return _FRESH
    try:
        state = _STATE.validate_json(text)
    except ValidationError:
        return _FRESH
    return state if all(moment.tzinfo is not None for moment in _moments(state)) else _FRESH


def _moments(state: CrisisState) -> list[datetime]:
    values = (getattr(state, name) for name in state.__slots__)
    return [value for value in values if isinstance(value, datetime)]
