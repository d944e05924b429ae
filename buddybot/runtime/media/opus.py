"""Opus packets outside any container: what their first bytes say of how long they sound (RFC 6716, section 3)."""

from dataclasses import dataclass, field
from struct import unpack_from
from typing import Self

_HEAD = 19
LONGEST_PACKET = 4000
"""Bytes: more than three frames of the highest rate."""
MOST_SAMPLES = 5760
"""At 48 kHz: 120 ms."""
_SILK, _HYBRID, _CELT = (480, 960, 1920, 2880), (480, 960), (120, 240, 480, 960)


class BrokenSoundError(Exception):
    """It is no voice note."""


@dataclass(frozen=True, slots=True)
class OpusSound:
    """Sound as packets: `skipped` samples at the beginning are not to be heard."""

    channels: int
    skipped: int
    packets: tuple[bytes, ...] = field(repr=False)

    @classmethod
    def of(cls, head: bytes, packets: list[bytes]) -> Self:
        """Read the identification header; only one or two channels in the plain mapping are a voice note."""
        if len(head) != _HEAD or not head.startswith(b"OpusHead"):
            raise BrokenSoundError
        version, channels, skipped, _, _, mapping = unpack_from("<BBHIhB", head, 8)
        if version != 1 or channels not in {1, 2} or mapping:
            raise BrokenSoundError
        return cls(channels, skipped, tuple(packets))


def samples(packet: bytes) -> int:
    """Return how many samples at 48 kHz a packet holds."""
    if not packet or len(packet) > LONGEST_PACKET:
        raise BrokenSoundError
    config, code = packet[0] >> 3, packet[0] & 3
    if code == 3 and len(packet) < 2:  # noqa: PLR2004 - the byte that counts the frames
        raise BrokenSoundError
    frames = (1, 2, 2, packet[1] & 63 if code == 3 else 0)[code]  # noqa: PLR2004 - the same byte
    held = frames * _frame(config)
    if not 0 < held <= MOST_SAMPLES:
        raise BrokenSoundError
    return held


def _frame(config: int) -> int:
    if config < 12:  # noqa: PLR2004 - the table of RFC 6716
        return _SILK[config & 3]
    return _HYBRID[config & 1] if config < 16 else _CELT[config & 3]  # noqa: PLR2004 - the same table
