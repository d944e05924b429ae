"""The care state as one short text, for the sealed column it lives in. Levels and times only; no words ever."""

import json
from collections.abc import Mapping
from datetime import datetime

from buddybot.domain.crisis.conversation import CareState
from buddybot.domain.kernel.levels import Level, SideLane


def care_text(state: CareState) -> str:
    """Return the state as text; a state with nothing in it is empty."""
    fields = {
        "level": state.level,
        "lane": state.lane,
        "asked": state.asked or None,
        "opened_at": _time(state.opened_at),
        "said_at": _time(state.said_at),
        "raised_at": _time(state.raised_at),
        "lane_at": _time(state.lane_at),
        "disclosed_at": _time(state.disclosed_at),
        "hushed": state.hushed,
        "hushed_until": _time(state.hushed_until),
        "stopped_until": _time(state.stopped_until),
        "shown_buddy": state.shown_buddy,
        "awaited": state.awaited or None,
        "watched": state.watched or None,
        "buddy_may_know": state.buddy_may_know,
    }
    kept = {name: value for name, value in fields.items() if value is not None}
    return json.dumps(kept) if kept else ""


def care_from(text: str) -> CareState:
    """Return the state that a text holds. One that can't be read is a fresh start: a bad record never stops care."""
    try:
        found: object = json.loads(text or "{}")
        return _state(found) if isinstance(found, Mapping) else CareState()
    except (ValueError, TypeError):
        return CareState()


def _state(found: Mapping[str, object]) -> CareState:
    lane, known = found.get("lane"), found.get("buddy_may_know")
    return CareState(
        level=_level(found.get("level")),
        lane=None if lane is None else SideLane(str(lane)),
        asked=str(found.get("asked", "")),
        opened_at=_moment(found.get("opened_at")),
        said_at=_moment(found.get("said_at")),
        raised_at=_moment(found.get("raised_at")),
        lane_at=_moment(found.get("lane_at")),
        disclosed_at=_moment(found.get("disclosed_at")),
        hushed=_level(found.get("hushed")),
        hushed_until=_moment(found.get("hushed_until")),
        stopped_until=_moment(found.get("stopped_until")),
        shown_buddy=_level(found.get("shown_buddy")),
        awaited=bool(found.get("awaited")),
        watched=bool(found.get("watched")),
        buddy_may_know=None if known is None else bool(known),
    )


def _level(found: object) -> Level | None:
    return None if found is None else Level(int(str(found)))


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(found: object) -> datetime | None:
    if found is None:
        return None
    moment = datetime.fromisoformat(str(found))
    if moment.tzinfo is None:
        raise ValueError(found)
    return moment
