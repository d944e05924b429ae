"""A photo or a voice note is made anew: nothing of the old file is in the new one, and a hostile one is only broken."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from buddybot.domain.kernel.messages import MediaFile
from buddybot.domain.talk.media import FileTrouble
from buddybot.runtime.media.decoding import made_apart
from buddybot.runtime.media.worker import made_anew
from tests import samples


def opened(made: MediaFile | FileTrouble) -> Image.Image:
    assert isinstance(made, MediaFile), made
    return Image.open(BytesIO(made.data))


@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp, samples.moving_webp])
def test_a_photo_is_made_anew_and_nothing_of_its_metadata_is_left(make: Callable[[], bytes]) -> None:
    made = made_anew("photo", make())
    picture = opened(made)
    assert picture.format == "JPEG"
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert isinstance(made, MediaFile)
    assert samples.SECRET not in made.data
    assert (made.media_type, made.width, made.height) == ("image/jpeg", *picture.size)


def test_the_samples_do_hold_what_must_go() -> None:
    assert all(
        samples.SECRET in make() for make in (samples.jpeg, samples.png, samples.webp, samples.ogg, samples.webm)
    )


def test_a_photo_is_upright_before_its_orientation_goes() -> None:
    picture = opened(made_anew("photo", samples.jpeg(60, 40)))
    assert picture.size == (40, 60)
    pixel = picture.getpixel((20, 5))
    assert isinstance(pixel, tuple)
    red, _, blue = pixel
    assert red > blue


def test_a_photo_is_scaled_down_to_what_is_shown() -> None:
    assert opened(made_anew("photo", samples.saved(samples.painted(4000, 2000), "JPEG"))).size == (1600, 800)


def test_what_is_see_through_is_white() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert opened(made_anew("photo", samples.saved(clear, "PNG"))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("make", [samples.ogg, samples.webm])
def test_a_voice_note_keeps_its_sound_and_loses_all_that_stood_beside_it(make: Callable[[], bytes]) -> None:
    made = made_anew("voice", make())
    assert isinstance(made, MediaFile)
    assert samples.SECRET not in made.data
    assert made.data.startswith(b"OggS")
    assert samples.TWENTY_MS in made.data
    assert made.seconds == (3 if make is samples.ogg else 2)
    assert made_anew("voice", made.data) == made


def test_metadata_that_can_not_be_read_is_no_fault_of_a_photo() -> None:
    whole = samples.jpeg()
    broken = whole.replace(b"MM\x00*\0\0\0\x08\x00\x03", b"MM\x00*\0\0\0\x08\x00\xff")
    assert broken != whole
    assert isinstance(made_anew("photo", broken), MediaFile)


@pytest.mark.parametrize(
    ("kind", "make", "why"),
    [
        ("photo", lambda: b"", FileTrouble.BROKEN),
        ("photo", samples.svg, FileTrouble.BROKEN),
        ("photo", samples.gif, FileTrouble.BROKEN),
        ("photo", samples.ogg, FileTrouble.BROKEN),
        ("photo", lambda: b"%PDF-1.7" + samples.jpeg(), FileTrouble.BROKEN),
        ("photo", lambda: samples.jpeg(400, 300)[:700], FileTrouble.BROKEN),
        ("photo", samples.bomb, FileTrouble.LARGE),
        ("photo", lambda: bytes(20_000_001), FileTrouble.LARGE),
        ("voice", lambda: b"", FileTrouble.BROKEN),
        ("voice", samples.jpeg, FileTrouble.BROKEN),
        ("voice", lambda: samples.ogg()[:-20], FileTrouble.BROKEN),
        ("voice", lambda: b"\0\0\0\x1cftypM4A \0\0\0\0" + bytes(40), FileTrouble.SOUND),
        ("voice", lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), FileTrouble.SOUND),
        ("voice", lambda: b"ID3\4" + bytes(40), FileTrouble.SOUND),
        ("voice", lambda: samples.ogg() + b"PK\3\4 and something else", FileTrouble.BROKEN),
        ("voice", lambda: samples.ogg(0), FileTrouble.BROKEN),
        ("voice", lambda: samples.ogg(packet=b""), FileTrouble.BROKEN),
        ("voice", lambda: samples.ogg(301), FileTrouble.LONG),
        ("voice", lambda: samples.ogg(200, packet=b"\x78" + bytes(1000)), FileTrouble.LARGE),
        ("voice", lambda: samples.webm(codec=b"A_VORBIS"), FileTrouble.BROKEN),
        ("voice", lambda: samples.webm()[:-5], FileTrouble.BROKEN),
    ],
)
def test_what_can_not_be_made_anew_is_named(kind: str, make: Callable[[], bytes], why: FileTrouble) -> None:
    assert made_anew(kind, make()) is why


WHOLE = {"photo": (samples.jpeg(), samples.png(), samples.webp()), "voice": (samples.ogg(1), samples.webm())}


@settings(max_examples=300)
@given(st.data())
def test_a_file_with_any_bits_turned_or_cut_is_made_anew_or_named_and_breaks_nothing(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(WHOLE)))
    damaged = bytearray(data.draw(st.sampled_from(WHOLE[kind])))
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, len(damaged)))
    made = made_anew(kind, bytes(damaged[: cut or None]))
    assert isinstance(made, MediaFile | FileTrouble)


# ── In the confined process ─────────────────────────────────────────────────────────────


async def test_the_confined_process_makes_the_same_of_a_file() -> None:
    for kind, data in (("photo", samples.jpeg()), ("voice", samples.ogg()), ("photo", samples.bomb(7_000, 7_000, 10))):
        assert await made_apart(kind, data) == made_anew(kind, data)


async def test_a_process_that_dies_or_hangs_leaves_a_broken_file() -> None:
    assert await made_apart("photo", samples.jpeg(), worker="buddybot.no_such_worker") is FileTrouble.BROKEN
    assert await made_apart("photo", samples.jpeg(), seconds=0.0) is FileTrouble.BROKEN


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/hostname')",
        "import socket; socket.socket()",
        "import os; os.fork()",
        "bytearray(2_000_000_000)",
        "import tempfile; tempfile.mkstemp()",
        "import ctypes; sys.exit(7 if ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0 else 8)",
    ],
)
def test_whatever_runs_in_the_confined_process_can_reach_nothing(attempt: str) -> None:
    code = (
        "import socket, tempfile, os, sys\n"
        "from buddybot.runtime.media.worker import confine\n"
        "confine()\n"
        "os.getuid() or os.setuid(65534)\n"
        f"try:\n    {attempt}\n"
        "except (OSError, MemoryError):\n    sys.exit(7)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert ended.returncode == 7
