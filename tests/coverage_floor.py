"""Holds the coverage just measured against what is promised: all of the pure layers and the store, 95 % over all."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

WHOLE = ("buddybot/domain/", "buddybot/rules/", "buddybot/store/")
FLOOR = 95.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage = Path(sys.executable).parent / "coverage"
        subprocess.run([str(coverage), "json", "--quiet", "-o", str(report)], check=True)
        found = json.loads(report.read_text(encoding="utf-8"))
    short = [
        f"{name}: {file['summary']['percent_covered']:.1f} %, 100 wanted"
        for name, file in sorted(found["files"].items())
        if any(part in name for part in WHOLE) and file["summary"]["percent_covered"] < 100
    ]
    total = found["totals"]["percent_covered"]
    if total < FLOOR:
        short.append(f"in all: {total:.1f} %, {FLOOR:g} wanted")
    for line in short:
        sys.stderr.write(line + "\n")
    return bool(short)


if __name__ == "__main__":
    sys.exit(main())
