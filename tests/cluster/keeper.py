"""A process of its own that uses the keys of a key database, told over a pipe what to do; run as a script."""

import sys
from pathlib import Path

from buddybot.runtime.key_server.hearing import HearingPace
from buddybot.runtime.key_server.server import KeyServer
from buddybot.store.kernel.keys import Lasts

OPERATOR = bytes(range(32))
HASTY = HearingPace(0.3, 1.0, 2.0)
"""A lease ends within two seconds, so that a test need not wait for long."""


def main() -> None:
    """Answer each line: `find NAME`, `hour N`, `drop NAME` (and never settle it), `rest`."""
    keys = KeyServer(sys.argv[1], OPERATOR, Path(sys.argv[2]), fresh=False, pace=HASTY)
    _say("ready")
    for line in sys.stdin:
        match line.split():
            case ["find", name]:
                told = keys.find(name)
                keys.rest()
            case ["hour", number]:
                told = keys.hour(int(number), Lasts.A_DAY)
                keys.rest()
            case ["drop", name]:
                told = keys.change({}, [name]).get(name)
            case _:
                told = None
        _say("none" if told is None else told.hex())
    keys.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
