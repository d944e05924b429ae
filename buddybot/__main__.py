"""`python -m buddybot` is the same as `buddybot`."""

import sys

from buddybot.cli import main

sys.exit(main())
