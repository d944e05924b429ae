"""Demuxing of a voice note that a browser recorded: the Opus packets of the one track of a WebM file.

Elements are walked one after the other (EBML, RFC 8794); all that is neither track nor block is passed over.
"""

from buddybot.runtime.media.opus import BrokenSoundError, OpusSound

_EBML, _SEGMENT, _CLUSTER, _TRACKS, _TRACK, _GROUP = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0xA0
_CODEC, _PRIVATE, _SIMPLE, _BLOCK = 0x86, 0x63A2, 0xA3, 0xA1
_OPENED = frozenset({_SEGMENT, _CLUSTER, _TRACKS, _TRACK, _GROUP})
"""Elements that hold others: the walk goes on inside them, so that their size, which a recorder may leave open, matters
not."""
_LACED = 0x06


def taken_out(data: bytes) -> OpusSound:
    """Return the sound of a WebM file with exactly one track, in Opus."""
    at, codecs, heads, packets = 0, list[bytes](), list[bytes](), list[bytes]()
    if not data.startswith(_EBML.to_bytes(4, "big")):
        raise BrokenSoundError
    while at < len(data):
        name, at = _number(data, at, keep_mark=True)
        size, at = _number(data, at)
        if name in _OPENED:
            continue
        body, at = data[at : at + size], at + size
        if at > len(data):
            raise BrokenSoundError
        if name == _CODEC:
            codecs.append(body)
        elif name == _PRIVATE:
            heads.append(body)
        elif name in {_SIMPLE, _BLOCK}:
            packets.append(_packet(body))
    if codecs != [b"A_OPUS"] or len(heads) != 1:
        raise BrokenSoundError
    return OpusSound.of(heads[0], packets)


def _packet(block: bytes) -> bytes:
    """Return what a block holds behind its track number, time code and flags."""
    _, at = _number(block, 0)
    if len(block) < at + 3 or block[at + 2] & _LACED:
        raise BrokenSoundError
    return block[at + 3 :]


def _number(data: bytes, at: int, *, keep_mark: bool = False) -> tuple[int, int]:
    """Read a number of variable length and say where the next byte stands; the mark belongs to an element's name."""
    if at >= len(data) or not data[at]:
        raise BrokenSoundError
    length = 9 - data[at].bit_length()
    whole = data[at : at + length]
    if len(whole) < length:
        raise BrokenSoundError
    value = int.from_bytes(whole, "big")
    return (value if keep_mark else value & ((1 << (7 * length)) - 1)), at + length
