"""Vector picture as data (filled rectangles), and its two renderers: SVG text and PNG bytes.

Without letters: what it says stands in the words beside it, in every language and for every screen reader.
"""

import struct
import zlib
from dataclasses import dataclass, field
from html import escape

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB = 2
_CLEAR = zlib.Z_BEST_COMPRESSION


@dataclass(frozen=True, slots=True)
class Box:
    """One filled rectangle, in whole pixels; `color` is "rrggbb"."""

    x: int
    y: int
    width: int
    height: int
    color: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for the recipient alone; `alt` says what it shows, for who does not see it. Later boxes lie above."""

    name: str
    width: int
    height: int
    boxes: tuple[Box, ...] = field(repr=False)
    alt: str = field(repr=False)
    ground: str = "ffffff"


def as_svg(picture: Picture) -> str:
    """Render as SVG."""
    ground = Box(0, 0, picture.width, picture.height, picture.ground)
    boxes = "".join(
        f'<rect x="{one.x}" y="{one.y}" width="{one.width}" height="{one.height}" fill="#{one.color}"/>'
        for one in (ground, *picture.boxes)
    )
    size = f'width="{picture.width}" height="{picture.height}" viewBox="0 0 {picture.width} {picture.height}"'
    title = f"<title>{escape(picture.alt)}</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>{title}{boxes}</svg>'


def as_png(picture: Picture) -> bytes:
    """Render as PNG: eight bits a channel, no filter; rows that are equal are made once."""
    rows = [bytearray(bytes.fromhex(picture.ground) * picture.width) for _ in range(picture.height)]
    for one in picture.boxes:
        line = bytes.fromhex(one.color) * one.width
        for row in rows[one.y : one.y + one.height]:
            row[3 * one.x : 3 * (one.x + one.width)] = line
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, _RGB, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), _CLEAR)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
