"""Re-encoding of a photo from its pixels alone: whatever else was in the file is not in the new one.

Only JPEG, PNG and WebP are read, by what the bytes are and not by what anybody calls them; of a moving picture the
first frame. Size and orientation are looked at before a pixel is decoded.
"""

import struct
import warnings
from io import BytesIO

from PIL import Image, ImageOps

from buddybot.domain.kernel.messages import MediaFile
from buddybot.domain.talk.media import LONGEST_SIDE, MOST_OUT, MOST_PIXELS, PHOTO, FileTrouble

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (82, 70, 55, 40)
_WHITE = (255, 255, 255)
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    EOFError,
    struct.error,
)
"""What Pillow raises for a file that is broken, or made to break it."""


def ready() -> None:
    """Load what decodes the three formats, before nothing more can be opened."""
    Image.preinit()
    Image.init()
    blank = Image.new("RGB", (8, 8))
    for one in FORMATS:
        made = BytesIO()
        blank.save(made, one)
        Image.open(BytesIO(made.getvalue()), formats=(one,)).load()


def photo_anew(data: bytes) -> MediaFile | FileTrouble:
    """Return the photo made anew, or why there is none."""
    # Pillow warns of metadata that it can't read: none of it is kept, and a warning is no fault of a file.
    with warnings.catch_warnings(action="ignore"):
        return _made(data)


def _made(data: bytes) -> MediaFile | FileTrouble:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return FileTrouble.LARGE
            # A JPEG is decoded at a fraction of its size already, where that is enough.
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            plain = _plain(opened)
    except Image.DecompressionBombError:
        return FileTrouble.LARGE
    except _BROKEN:
        return FileTrouble.BROKEN
    return _encoded(plain)


def _plain(opened: Image.Image) -> Image.Image:
    """Return the pixels alone, upright, on white, no larger than is shown."""
    opened.load()
    upright = _turned(opened)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if upright.mode in {"P", "PA", "LA", "RGBA", "La", "RGBa"} or "transparency" in upright.info:
        see_through = upright.convert("RGBA")
        plain = Image.new("RGB", upright.size, _WHITE)
        plain.paste(see_through, mask=see_through.getchannel("A"))
        return plain
    plain = Image.new("RGB", upright.size)
    plain.paste(upright.convert("RGB"))
    return plain


def _turned(opened: Image.Image) -> Image.Image:
    """Return the picture as it was held; metadata that can't be read says nothing of it."""
    try:
        return ImageOps.exif_transpose(opened)
    except _BROKEN:
        return opened


def _encoded(plain: Image.Image) -> MediaFile | FileTrouble:
    for quality in QUALITIES:
        made = BytesIO()
        plain.save(made, "JPEG", quality=quality, optimize=True)
        if made.tell() <= MOST_OUT:
            return MediaFile(PHOTO, "image/jpeg", made.getvalue(), plain.width, plain.height)
    return FileTrouble.LARGE
