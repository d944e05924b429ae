"""Entry point of `buddybot` and `python -m buddybot`: Ctrl-C while the command line is imported is no traceback."""

import os
import sys

from buddybot.interrupts import ends_on_ctrl_c
from buddybot.unswept import unswept


def main() -> int:
    """Import the command line, which takes a moment, and run it; return the exit status."""
    # No plug-in of an installed package gets to see what pydantic reads here; looking for some takes ten milliseconds.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with ends_on_ctrl_c(), unswept():
        from buddybot.cli import main as command_line
    return command_line()


if __name__ == "__main__":
    sys.exit(main())
