"""The bot on a machine whose clock is wrong, and only that; run as a script, with the seconds in `OFF`."""

import os
import sys
from datetime import datetime, timedelta

from buddybot.runtime import steady_clock


def main() -> int:
    """Put the clock forward before anything asks for it, and run."""
    told, off = steady_clock.wall_clock, timedelta(seconds=int(os.environ["OFF"]))

    def wrong() -> datetime:
        return told() + off

    steady_clock.wall_clock = wrong
    from buddybot.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
