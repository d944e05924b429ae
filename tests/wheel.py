"""Builds the wheel and tries it in an empty environment: `python -m tests.wheel` says whether what is shipped is whole.

Tests run on the checkout, where a data file that the wheel forgot is there all the same.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.ports import free_port

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 90
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith(("BUDDYBOT_", "PYTHON"))}


def main() -> int:
    """Build, install, look, serve; a fault is a sentence and status 1."""
    with tempfile.TemporaryDirectory(prefix="buddybot-wheel-") as name:
        folder = Path(name)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        _run(folder, *pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", "dist", str(PROJECT))
        (wheel,) = (folder / "dist").glob("buddybot-*.whl")
        _run(folder, sys.executable, "-m", "venv", "empty")
        inside = [
            str(folder / "empty/bin/python"),
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "-q",
            "--no-deps",
        ]
        lock = str(PROJECT / "requirements/run.lock")
        _run(folder, *inside, "--only-binary", ":all:", "--require-hashes", "-r", lock)
        _run(folder, *inside, str(wheel))
        buddybot = str(folder / "empty/bin/buddybot")
        version = _run(folder, buddybot, "--version").strip()
        _run(folder, buddybot, "check")
        _run(folder, buddybot, "init", "--yes", "--server", chat="chat.example.org")
        sys.stdout.write(
            f"{version}: {wheel.name} ({wheel.stat().st_size // 1024} kB) is whole; {_served(folder, buddybot)}\n"
        )
    return 0


def _run(folder: Path, *command: str, chat: str = "") -> str:
    environment = PLAIN | ({"BUDDYBOT_INIT_CHAT": chat} if chat else {})
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def _served(folder: Path, buddybot: str) -> str:
    """Start it, ask for the page once, stop it."""
    port = free_port()
    environment = PLAIN | {
        "BUDDYBOT_ADAPTERS__WEB__PORT": str(port),
        "BUDDYBOT_ADAPTERS__WEB__PUBLIC_URL": "",
    }
    serving = subprocess.Popen([buddybot, "run"], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < until and serving.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    return f"its page answers {page.status}"
            except OSError:
                time.sleep(0.5)
        raise SystemExit("the installed wheel did not serve its page")
    finally:
        serving.terminate()
        serving.communicate(timeout=60)


if __name__ == "__main__":
    sys.exit(main())
