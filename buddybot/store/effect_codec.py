"""Effects as bytes for the outbox and back: the kind stands in a column of its own, all else is sealed.

The bytes of a photo or a voice note stand as they are behind the JSON, after a zero byte: no JSON holds one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from pydantic import TypeAdapter

from buddybot.domain.kernel.messages import Edit, Effect, Mark, NoteId, Purge, React, Retract, Send, ThreadPost
from buddybot.domain.kernel.places import Admit, PlaceEffect, Restrict, Tune

_SEND: TypeAdapter[Send] = TypeAdapter(Send)
_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)
_RETRACT: TypeAdapter[Retract | Purge] = TypeAdapter(Retract | Purge)
"""What deletes one message, or many: one names a note and the other does not, so neither is taken for the other."""
_REACT: TypeAdapter[React] = TypeAdapter(React)
_MARK: TypeAdapter[Mark] = TypeAdapter(Mark)
_THREAD: TypeAdapter[ThreadPost] = TypeAdapter(ThreadPost)
_RESTRICT: TypeAdapter[Restrict] = TypeAdapter(Restrict)
_ADMIT: TypeAdapter[Admit] = TypeAdapter(Admit)
_TUNE: TypeAdapter[Tune] = TypeAdapter(Tune)
_KINDS: dict[str, Callable[[bytes], Effect]] = {
    "send": _SEND.validate_json,
    "edit": _EDIT.validate_json,
    "retract": _RETRACT.validate_json,
    "react": _REACT.validate_json,
    "mark": _MARK.validate_json,
    "thread": _THREAD.validate_json,
    "restrict": _RESTRICT.validate_json,
    "admit": _ADMIT.validate_json,
    "tune": _TUNE.validate_json,
}


_BYTES = b"\0"


def unpacked(kind: str, text: bytes) -> Effect:
    """Return the effect that was packed; raise `ValueError` or `KeyError` where it is none of ours."""
    head, found, data = text.partition(_BYTES)
    effect = _KINDS[kind](head)
    if not found:
        return effect
    if not isinstance(effect, Send) or effect.content.media is None:
        raise ValueError("bytes of no file")
    return replace(effect, content=replace(effect.content, media=replace(effect.content.media, data=data)))


def packed(effect: Effect) -> tuple[str, NoteId | None, bytes]:
    """Return its kind, the note it is about or a copy of, and its bytes."""
    match effect:
        case Send():
            return "send", effect.note, _sent(effect)
        case Edit():
            return "edit", effect.note, _EDIT.dump_json(effect)
        case Retract():
            return "retract", effect.note, _RETRACT.dump_json(effect)
        case React():
            return "react", effect.note, _REACT.dump_json(effect)
        case Mark():
            return "mark", effect.note, _MARK.dump_json(effect)
        case Purge() | ThreadPost() | Restrict() | Admit() | Tune():
            return _packed_for_place(effect)
        case _:
            assert_never(effect)


def _sent(effect: Send) -> bytes:
    media = effect.content.media
    if media is None:
        return _SEND.dump_json(effect)
    bare = replace(effect, content=replace(effect.content, media=replace(media, data=b"")))
    return _SEND.dump_json(bare) + _BYTES + media.data


def _packed_for_place(effect: Purge | ThreadPost | PlaceEffect) -> tuple[str, NoteId | None, bytes]:
    match effect:
        case Purge():
            return "retract", None, _RETRACT.dump_json(effect)
        case ThreadPost():
            return "thread", effect.note, _THREAD.dump_json(effect)
        case Restrict():
            return "restrict", None, _RESTRICT.dump_json(effect)
        case Admit():
            return "admit", None, _ADMIT.dump_json(effect)
        case Tune():
            return "tune", None, _TUNE.dump_json(effect)
        case _:
            assert_never(effect)
