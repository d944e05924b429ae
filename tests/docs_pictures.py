"""Makes the pictures of README and docs again: the browser tests take them, and what a page names is kept.

`make pictures`, or `python -m tests.docs_pictures`; takes some minutes. What changes is there for you to look at, in
`git diff`, before you commit it.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
TAKEN_BY = (
    "tests/web/test_screens.py", "tests/desk/test_pages.py", "tests/stories/test_browser.py",
    "tests/stories/test_browser_crisis.py", "tests/stories/test_browser_desk.py",
)  # fmt: skip
MOST_BYTES = 150_000
"""Of one picture: the repository carries each version of it for ever."""
_NAMED = re.compile(r"images/([\w-]+\.(?:webp|png))")


def named() -> set[str]:
    """Return the pictures that README and docs show."""
    pages = (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    return {name for page in pages for name in _NAMED.findall(page.read_text("utf-8"))}


def main() -> int:
    """Let the tests take all pictures, and put those that are shown in their place."""
    with tempfile.TemporaryDirectory() as folder:
        command = (sys.executable, "-m", "pytest", "-q", "-n0", *TAKEN_BY)
        tested = subprocess.run(command, cwd=ROOT, env={**os.environ, "BUDDYBOT_SCREENSHOTS": folder}, check=False)
        taken = {file.name: file for file in Path(folder).iterdir()}
        for name in sorted(named() & taken.keys()):
            (IMAGES / name).write_bytes(taken[name].read_bytes())
    for name in sorted(named() - taken.keys()):
        sys.stderr.write(f"{name}: no test took it; take it out of the pages, or name its test in this file\n")
    return 1 if tested.returncode or named() - taken.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
