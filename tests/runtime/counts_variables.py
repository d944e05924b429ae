"""Stands in for a round: tells how many variables of the environment it was given, but for Python's own."""

import json
import os
import sys

if __name__ == "__main__":
    given = [name for name in os.environ if name != "LC_CTYPE"]
    json.dump({"pairs": [], "matched": len(given), "ratio": 1.0, "groups": []}, sys.stdout)
