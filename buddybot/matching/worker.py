"""One round in a process of its own: reads it pickled from standard input, writes the result as JSON.

The bot starts this by name and imports nothing of it, so that scipy and rustworkx never enter the bot's memory and a
long round never holds up a message. The process ends with the round and gives everything back.
"""

import json
import os
import pickle
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO, TextIO

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.fairness import fairness
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.rounds import Options, solve_round
from buddybot.runtime.hardening import forbid_core_dumps

POLITE = 10  # how far the round stands back behind the bot itself


def work(source: BinaryIO, target: TextIO, seconds: float) -> None:
    """Solve the round that `source` holds, in at most about so many seconds."""
    # The one who writes is the bot itself, over a pipe that nobody else holds.
    task: tuple[Sequence[Candidate], datetime, MatchingWeights] = pickle.load(source)  # noqa: S301 - as said
    pool, now, weights = task
    made = solve_round(pool, now, weights, Options(time_limit=seconds))
    matched = {name for pair in made.pairs for name in pair.members}
    json.dump(
        {
            "pairs": [[*pair.members, pair.score, *pair.reasons] for pair in made.pairs],
            "matched": made.matched,
            "ratio": made.ratio,
            "groups": [asdict(group) for group in fairness(pool, matched, now, weights)],
        },
        target,
    )


def main() -> None:
    """Solve the round that comes on standard input."""
    # What people answered is in this memory too; a program that is begun anew may be looked into again.
    forbid_core_dumps()
    os.nice(POLITE)
    work(sys.stdin.buffer, sys.stdout, float(sys.argv[1]))


if __name__ == "__main__":
    main()
