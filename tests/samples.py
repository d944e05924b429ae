"""Photos and voice notes for tests, made here: with all the metadata a telephone puts into them, and hostile ones."""

import struct
import zlib
from collections.abc import Iterable
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from buddybot.runtime.media.oggopus import _page

SECRET = b"Kolibri-Strasse-4711"
"""What stands in the metadata, and must stand nowhere else."""
TWENTY_MS = bytes((0x78, *range(1, 40)))
"""An Opus packet: one frame of 20 ms (CELT, fullband), and bytes that sound like something or nothing."""


def painted(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Paint a picture that is red on the left and blue on the right."""
    made = Image.new(mode, (width, height), (200, 30, 30, 255)[: len(mode)])
    made.paste((30, 30, 200, 255)[: len(mode)], (width // 2, 0, width, height))
    return made


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()


def jpeg(width: int = 60, height: int = 40) -> bytes:
    """A photo as a telephone makes it: who, where, when, and turned by its orientation."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0)}
    return saved(
        painted(width, height), "JPEG", exif=exif, comment=SECRET, icc_profile=b"icc:" + SECRET, xmp=b"<x>" + SECRET
    )


def png() -> bytes:
    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    return saved(painted(mode="RGBA"), "PNG", pnginfo=info)


def webp() -> bytes:
    return saved(painted(), "WEBP", exif=b"Exif\0\0" + SECRET, xmp=SECRET)


def gif() -> bytes:
    return saved(painted(), "GIF", save_all=True, append_images=[painted(60, 40)], duration=100)


def moving_webp() -> bytes:
    return saved(painted(), "WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))], duration=100)


def bomb(width: int = 60_000, height: int = 60_000, rows: int = 3_000) -> bytes:
    """A small PNG that says it is a huge one."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", _deflated(bytes(width * 3 + 1), rows)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _deflated(row: bytes, rows: int) -> bytes:
    """Return a zlib stream of equal rows of zeros: one row is compressed, and its block repeated."""
    press = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    block = press.compress(row) + press.flush(zlib.Z_FULL_FLUSH)
    checksum = struct.pack(">HH", len(row) * rows % 65_521, 1)
    return b"\x78\x9c" + block * rows + press.flush() + checksum


def svg() -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def ogg(seconds: float = 3, *, tags: bytes = SECRET, packet: bytes = TWENTY_MS) -> bytes:
    """A voice note as Telegram and Discord send it, with a comment."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 16_000, 0, 0)
    comments = b"OpusTags" + struct.pack("<I", len(tags)) + tags + struct.pack("<II", 1, len(tags)) + tags
    return paged(head, comments, [packet] * round(seconds * 50))


def paged(head: bytes, comments: bytes, packets: list[bytes]) -> bytes:
    pages = [_page(0, 2, 0, (head,)), _page(1, 0, 0, (comments,))]
    for at in range(0, len(packets), 30):
        pages.append(_page(len(pages), 0, at * 960, packets[at : at + 30]))
    return b"".join(pages)


def webm(packets: Iterable[bytes] = (TWENTY_MS,) * 100, codec: bytes = b"A_OPUS") -> bytes:
    """A voice note as a browser records it: sizes of segment and clusters are left open."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    track = _element(0xAE, _element(0xD7, b"\1") + _element(0x86, codec) + _element(0x63A2, head))
    blocks = b"".join(_element(0xA3, b"\x81" + struct.pack(">hB", at, 0x80) + one) for at, one in enumerate(packets))
    info = _element(0x1549A966, _element(0x4D80, SECRET))
    return (
        _element(0x1A45DFA3, _element(0x4282, b"webm"))
        + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
        + info
        + _element(0x1654AE6B, track)
        + b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff"
        + _element(0xE7, b"\0")
        + blocks
    )


def _element(name: int, body: bytes) -> bytes:
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + (0x10000000 | len(body)).to_bytes(4, "big") + body


def recompressed(data: bytes) -> bytes:
    """Return a photo as a platform keeps it: the same picture in other bytes; what is none stays as it is."""
    made = BytesIO()
    try:
        Image.open(BytesIO(data)).save(made, "JPEG", quality=60)
    except UnidentifiedImageError:
        return data
    return made.getvalue()
