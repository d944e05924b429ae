"""Feeds the screener random text for a while: `python -m tests.fuzz SECONDS [SEED]`. Prints how many it read.

Deterministic in its order for one seed; only how far it gets depends on the machine. An exception shows its text.
"""

import random
import sys
import time
from collections.abc import Iterator

from tests.rules.test_never_raises import TALK, TRICKS, sane

PIECES = (*TRICKS, *TALK.split(), "a b c d", "won ' t", "4nd", "😀", "١٢٣", "\n", "........", "@@@@", "00000")


def texts(seed: int) -> Iterator[str]:
    """Yield texts without end: mixed pieces, then raw signs, then one sign many times."""
    chance = random.Random(seed)
    while True:
        yield chance.choice(("", " ", ".")).join(chance.choices(PIECES, k=chance.randrange(80)))
        yield "".join(map(chr, chance.choices(range(0x11000), k=chance.randrange(400))))
        yield chr(chance.randrange(0x110000)) * chance.randrange(3000)


def main() -> None:
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    end, read = time.monotonic() + seconds, 0
    for text in texts(seed):
        if time.monotonic() >= end:
            break
        try:
            sane(text)
        except Exception:
            sys.stderr.write(f"{text!a}\n")
            raise
        read += 1
    sys.stdout.write(f"{read} texts read\n")


if __name__ == "__main__":
    main()
