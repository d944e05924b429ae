"""Invites of a programme: codes that can be typed from paper, and links that carry them."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from buddybot.domain.programmes.disclosure import SMALLEST

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter looks like a digit."""
LENGTH, GROUP = 12, 4
FEWEST_USES = SMALLEST
"""An invite for fewer would tell whoever gave it away which of a few people came."""
MOST_USES = 10_000
LONGEST_NAME = 60
LONGEST_DAYS = 365
_ALIKE = str.maketrans("OIL", "011")
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Programme:
    """A clinic, group or service that invites people. `ended_at` says that it does so no more."""

    id: str
    name: str = field(repr=False)
    made_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """One code of a programme, known by its hash. `uses` are those left, `reference` is what the operator calls it."""

    reference: str
    programme: str
    uses: int
    expires_at: datetime
    cancelled: bool = False

    def works(self, now: datetime) -> bool:
        """Return whether somebody may still come by it."""
        return not self.cancelled and self.uses > 0 and now < self.expires_at


def code_from(secret: str) -> str:
    """Return the code that is made of something nobody can guess: 60 bits in 12 letters."""
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest()[:8], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def spelled(code: str) -> str:
    """Return a code as it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def code_in(text: str) -> str | None:
    """Return the code that somebody typed, however it was cased and spaced; None for what can't be one."""
    found = re.sub(r"[\s\-\u2010-\u2015]", "", text).upper().translate(_ALIKE)
    return found if _CODE.fullmatch(found) else None
