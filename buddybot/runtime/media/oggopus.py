"""Remuxing of a voice note: the Opus packets are taken out of their container (Ogg or WebM) and put into a new Ogg.

Comments, dates, names of programs and whatever else stood beside the sound are not in it (RFC 7845 has the container,
RFC 6716 the packets). The sound itself is not decoded: how long it is, is counted from what each packet says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from struct import pack, unpack_from

from buddybot.domain.kernel.messages import MediaFile
from buddybot.domain.talk.media import LONGEST_VOICE, MOST_OUT, VOICE, FileTrouble
from buddybot.runtime.media import webm
from buddybot.runtime.media.opus import BrokenSoundError, OpusSound, samples

RATE = 48_000
_CAPTURE = b"OggS"
_MP3 = (b"ID3", b"\xff\xfb")
"""What telephones and browsers record as well (MP4, WAVE, MP3) is none that can be passed on without decoding it."""
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_HEADER = 27
_SERIAL = 1
_PACKETS = 40
"""On a page: with the longest packets they still fit."""
_POLYNOMIAL = 0x04C11DB7


def voice_anew(data: bytes) -> MediaFile | FileTrouble:
    """Return the voice note made anew, or why there is none."""
    if data[4:8] == b"ftyp" or data[8:12] == b"WAVE" or data.startswith(_MP3):
        return FileTrouble.SOUND
    try:
        sound = _taken_out(data) if data.startswith(_CAPTURE) else webm.taken_out(data)
        length = sum(samples(packet) for packet in sound.packets)
    except BrokenSoundError:
        return FileTrouble.BROKEN
    if not length:
        return FileTrouble.BROKEN
    if length > LONGEST_VOICE * RATE:
        return FileTrouble.LONG
    made = _put_in(sound)
    if len(made) > MOST_OUT:
        return FileTrouble.LARGE
    return MediaFile(VOICE, "audio/ogg", made, seconds=max(1, round(length / RATE)))


# ── Out of the old one ──────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Stream:
    """Packets of the one stream of a file; `open` is the part of a packet that goes on with the next page."""

    serial: int | None = None
    number: int = 0
    open: bytes = field(default=b"", repr=False)
    packets: list[bytes] = field(default_factory=list, repr=False)


def _taken_out(data: bytes) -> OpusSound:
    """Read pages one after the other; anything between them or behind them makes the file a broken one."""
    at, stream = 0, _Stream()
    while at < len(data):
        at = _read_page(data, at, stream)
    if stream.open or len(stream.packets) < 2:  # noqa: PLR2004 - the two headers
        raise BrokenSoundError
    head, tags, *packets = stream.packets
    if not tags.startswith(b"OpusTags"):
        raise BrokenSoundError
    return OpusSound.of(head, packets)


def _read_page(data: bytes, at: int, stream: _Stream) -> int:
    if data[at : at + 4] != _CAPTURE or len(data) < at + _HEADER or data[at + 4]:
        raise BrokenSoundError
    flags, _, serial, number, checksum, count = unpack_from("<BqIIIB", data, at + 5)
    body = at + _HEADER + int(count)
    lacing = data[at + _HEADER : body]
    end: int = body + sum(lacing)
    if len(lacing) < count or len(data) < end:
        raise BrokenSoundError
    if stream.serial not in {None, serial} or number != stream.number or bool(flags & _CONTINUED) != bool(stream.open):
        raise BrokenSoundError
    if checksum != _checksum(data[at : at + 22] + bytes(4) + data[at + 26 : end]):
        raise BrokenSoundError
    stream.serial, stream.number = serial, number + 1
    for length in lacing:
        stream.open += data[body : body + length]
        body += length
        if length < 255:  # noqa: PLR2004 - a full segment goes on with the next
            stream.packets.append(stream.open)
            stream.open = b""
    return end


# ── Into the new one ────────────────────────────────────────────────────────────────────


def _put_in(sound: OpusSound) -> bytes:
    """Write the sound into a file that holds nothing else."""
    head = b"OpusHead" + pack("<BBHIhB", 1, sound.channels, sound.skipped, RATE, 0, 0)
    pages = [_page(0, _FIRST, 0, (head,)), _page(1, 0, 0, (b"OpusTags" + pack("<II", 0, 0),))]
    heard = 0
    for at in range(0, len(sound.packets), _PACKETS):
        some = sound.packets[at : at + _PACKETS]
        heard += sum(samples(packet) for packet in some)
        last = _LAST if at + _PACKETS >= len(sound.packets) else 0
        pages.append(_page(len(pages), last, heard, some))
    return b"".join(pages)


def _page(number: int, flags: int, heard: int, packets: Iterable[bytes]) -> bytes:
    lacing, body = b"", b""
    for packet in packets:
        lacing += b"\xff" * (len(packet) // 255) + bytes((len(packet) % 255,))
        body += packet
    front = _CAPTURE + pack("<BBqII", 0, flags, heard, _SERIAL, number)
    back = bytes((len(lacing),)) + lacing + body
    return front + pack("<I", _checksum(front + bytes(4) + back)) + back


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        register = byte << 24
        for _ in range(8):
            register = (register << 1) ^ (_POLYNOMIAL if register & 0x80000000 else 0)
        table.append(register & 0xFFFFFFFF)
    return tuple(table)


_TABLE = _crc_table()


def _checksum(data: bytes) -> int:
    """Return the CRC-32 of a page, as Ogg has it (RFC 3533): no reflection, nothing to begin with."""
    register = 0
    for byte in data:
        register = ((register << 8) & 0xFFFFFFFF) ^ _TABLE[(register >> 24) ^ byte]
    return register
