"""Pictures: the same boxes as SVG and as PNG."""

import struct
import zlib
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.kernel.drawing.pictures import Box, Picture, as_png, as_svg

COLORS = st.sampled_from(["ff0000", "00ff00", "0000ff"])
BOXES = st.lists(st.builds(Box, st.integers(0, 5), st.integers(0, 5), st.integers(1, 4), st.integers(1, 3), COLORS))


def pixels(png: bytes) -> list[list[str]]:
    """Decode what `as_png` writes: chunks with checked sums, eight bits, three channels, no filter."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, dict[bytes, bytes]()
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        found[kind], at = body, at + 12 + length
    width, height, depth, color, *rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert (depth, color, rest) == (8, 2, [0, 0, 0])
    raw = zlib.decompress(found[b"IDAT"])
    rows = [raw[row * (3 * width + 1) :][: 3 * width + 1] for row in range(height)]
    assert all(row[0] == 0 for row in rows)
    return [[row[1 + 3 * x : 4 + 3 * x].hex() for x in range(width)] for row in rows]


@given(BOXES)
def test_both_renderers_draw_the_same(boxes: list[Box]) -> None:
    picture = Picture("p", 9, 8, tuple(boxes), "one & two")
    drawn = [[picture.ground] * 9 for _ in range(8)]
    svg = ET.fromstring(as_svg(picture))  # noqa: S314 - our own
    for rect in svg.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, width, height = (int(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        for row in drawn[y : y + height]:
            row[x : x + width] = [rect.attrib["fill"].lstrip("#")] * width
    assert pixels(as_png(picture)) == drawn
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == "one & two"
