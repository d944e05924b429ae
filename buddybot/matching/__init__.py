"""Matching at any size: pools read from files, optimal rounds, instant partners, circles, and what they cost.

Numbers, limits and scores are `buddybot.domain`'s; this package only computes them faster. numpy, scipy and rustworkx
are imported by the modules that need them, so that the bot itself starts without them.
"""

import os

# The blocks of `scan` are small and already shared out between threads; more threads inside each product only wait
# for one another (measured: twice the processor time). It has to be said before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
