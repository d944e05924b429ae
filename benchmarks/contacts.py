"""Measures how the search for contacts grows with a message's length, on texts made to be slow.

`python -m benchmarks.contacts [--size 65536]` prints one line of JSON: for each text the milliseconds for the whole and
the ratio to half of it. About 2 is linear; 4 would be a pattern that looks at everything twice.
"""

import argparse
import json
import random
from time import process_time

from buddybot.content import content_dir
from buddybot.content.screening import load_sight
from buddybot.rules.contact import contacts_in
from buddybot.rules.sight import Sight

PIECES = (
    "a.", "a-", "http://(", "a.com(", "@", "1.2.", "1", "1 ", "12 ", "one ", "0 o ", "212-456-7890 ", "a.co ",
    "@ab_c1 ", "12 a b c d street ", "12 oak elm drive ", "I'm ", "my name is Ab Cd ", "a_", "ab dot ",
    "ab dot com ", "i live in apt 4 ", "calle a ", "my snap is ", "friend code ", "six five ", "5 then ", "00 ",
    "5o", "٢", "1\n", "a at b dot c ", "a@b.", "$abc ", "u/a ", "1 rue a ", "https : / / ", "1 in ",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=65_536)
    size = parser.parse_args().size
    sight = load_sight(content_dir())
    texts = {piece: piece * (size // len(piece) + 1) for piece in PIECES}
    texts["noise"] = "".join(random.Random(1).choices("0123456789 -.@$", k=size))
    figures = {}
    for name, text in texts.items():
        half, whole = (_seconds(sight, text[:length]) for length in (size // 2, size))
        figures[name] = [round(whole * 1000, 1), round(whole / max(half, 1e-6), 2)]
    print(
        json.dumps({"size": size, "ms_and_ratio": figures, "worst_ratio": max(ratio for _, ratio in figures.values())})
    )


def _seconds(sight: Sight, text: str) -> float:
    plain = sight.folding.plain(text)
    start = process_time()
    contacts_in(plain, sight.policy.contacts)
    return process_time() - start


if __name__ == "__main__":
    main()
