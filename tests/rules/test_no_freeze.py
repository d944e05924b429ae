import subprocess
import sys

import pytest

HANGS_AFTER = 60
"""Seconds for loading and reading together; what this guards against took minutes for a single legal note."""

READ = """
import sys
from buddybot.content import content_dir
from buddybot.content.screening import load_screener
load_screener(content_dir()).screen(sys.stdin.read())
"""


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100,
        "1" * 4000,
        "1" * 4000 + "x",
        "12 " * 1300,
        "one " * 1000,
        "1-" * 2000,
        "0 o " * 1000,
        "1" * 64000,
        "1.2." * 16000,
        "I'm Ab " * 9000,
        "a.co " * 12000,
    ],
    ids=["100", "4000", "then-a-letter", "pairs", "spelled", "dashes", "mixed", "64k", "dotted", "names", "hosts"],
)
def test_a_run_of_digits_does_not_freeze_the_bot(text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ], input=text, text=True, timeout=HANGS_AFTER, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr[-500:]
