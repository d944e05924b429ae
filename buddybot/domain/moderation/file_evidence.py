"""Codec of a photo or a voice note among the texts of a report: it is sealed like them, and goes with them."""

from base64 import b64decode, b64encode

_FILE = "\x00file:"
"""What no words can begin with: tidied ones hold no such sign."""
_TYPES = ((b"\xff\xd8\xff", "image/jpeg"), (b"OggS", "audio/ogg"))


def as_text(data: bytes) -> str:
    """Return a file as it stands among the texts."""
    return _FILE + b64encode(data).decode()


def in_text(text: str) -> bytes:
    """Return the file that a text stands for; nothing where it is words."""
    return b64decode(text.removeprefix(_FILE)) if text.startswith(_FILE) else b""


def type_of(data: bytes) -> str:
    """Return the media type of a file that the bot made; empty where it made no such thing."""
    return next((kind for begins, kind in _TYPES if data.startswith(begins)), "")
