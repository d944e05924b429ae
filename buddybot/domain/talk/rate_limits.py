"""Rate limits, copy detection and early links: what slows down somebody who writes to the room, not with a person.

Pure: the state of one member goes in, and comes out changed. Nothing here may stop words that show danger: whoever
asks leaves those out. A fingerprint is keyed and too coarse to give any word back.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from buddybot.domain.kernel.ids import RoomId

LANES = 128
_LANE = 4
_SPREAD = int("000f" * (LANES // 4), 16)
_EACH = int("0001" * (LANES // 4), 16)
_TOP_BIT = bytes(128 * b"0" + 128 * b"1")
_MOST_SHINGLES = 400
"""Four-bit lanes add up in sixteen bits: more than 4,000 shingles would run over, and fewer do as well."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Token bucket parameters of data/floods.toml: `burst` notes at once, then one for each `refill`.

    A note of at least `words` words counts as a copy when it differs by at most `alike` of 128 bits from one sent into
    `rooms` other rooms within `window`; the last `kept` notes of each room are compared. `newcomer` is how long
    somebody is new.
    """

    burst: int
    refill: timedelta
    words: int
    alike: int
    rooms: int
    kept: int
    window: timedelta
    newcomer: timedelta


@dataclass(frozen=True, slots=True)
class Print:
    """Similarity fingerprint of a note that went into a room, and when."""

    room: RoomId
    bits: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SendRate:
    """Token bucket of one member. `full_at` is when all of their burst is there again."""

    full_at: datetime
    prints: tuple[Print, ...] = ()


def take(flow: SendRate, now: datetime, limits: RateLimits) -> SendRate | None:
    """Take one token; None when the bucket is empty.

    A bucket is never further from full than its own size: what says more was written by a clock that was ahead, and
    silences nobody.
    """
    burst = limits.refill * limits.burst
    full_at = (flow.full_at if now < flow.full_at <= now + burst else now) + limits.refill
    return None if full_at - now > burst else SendRate(full_at, flow.prints)


def is_copy(flow: SendRate, room: RoomId, bits: int | None, now: datetime, limits: RateLimits) -> bool:
    """Return whether near-duplicates went into enough other rooms lately."""
    if bits is None:
        return False
    recent = (one for one in _recent(flow, now, limits) if one.room != room)
    return len({one.room for one in recent if (one.bits ^ bits).bit_count() <= limits.alike}) >= limits.rooms


def remember(flow: SendRate, room: RoomId, bits: int | None, now: datetime, limits: RateLimits) -> SendRate:
    """Add a fingerprint to the window, and evict what is too old or too much."""
    recent = _recent(flow, now, limits)
    if bits is None:
        return SendRate(flow.full_at, recent)
    here = tuple(one for one in recent if one.room == room)[-(limits.kept - 1) :] if limits.kept > 1 else ()
    elsewhere = tuple(one for one in recent if one.room != room)
    return SendRate(flow.full_at, (*elsewhere, *here, Print(room, bits, now)))


def _recent(flow: SendRate, now: datetime, limits: RateLimits) -> tuple[Print, ...]:
    """Return the prints within the window, on both sides: one from the time to come was made by a wrong clock."""
    return tuple(one for one in flow.prints if abs(now - one.at) < limits.window)


def is_new(since: datetime, now: datetime, limits: RateLimits) -> bool:
    """Return whether somebody who came then is still new: they share no links yet."""
    return now < since + limits.newcomer


def fingerprint(text: str, key: bytes, limits: RateLimits) -> int | None:
    """Return a 128-bit similarity hash (SimHash); None for a note too short to be told from another."""
    words = _WORD.findall(_plain(text))
    if len(words) < limits.words:
        return None
    sums, count = [0, 0, 0, 0], 0
    for shingle in _shingles(words):
        digest = int.from_bytes(hashlib.blake2b(shingle.encode(), key=key, digest_size=LANES * _LANE // 8).digest())
        for phase in range(4):
            sums[phase] += digest >> (_LANE * phase) & _SPREAD
        count += 1
    # A lane holds an even chance of 0 to 15 for each shingle; above the middle is a one: it carries into the top bit.
    carry = (0x7FFF - 15 * count // 2) * _EACH
    tops = b"".join((one + carry).to_bytes(LANES // 2, "little")[1::2] for one in sums)
    return int(tops.translate(_TOP_BIT)[::-1], 2)


def _plain(text: str) -> str:
    """Return small letters without accents or invisible signs, which cost a copyist nothing to change."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in letters if unicodedata.category(sign) not in {"Mn", "Cf"})


def _shingles(words: list[str]) -> Iterator[str]:
    words = words[:_MOST_SHINGLES]
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(words))
