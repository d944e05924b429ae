"""Says whether the locked requirements still are what uv.lock exports: `python -m tests.locks [--write]`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = (
    "--extra",
    "discord",
    "--extra",
    "telegram",
    "--extra",
    "postgres",
    "--extra",
    "push",
    "--extra",
    "semantic",
    "--extra",
    "sheet",
    "--extra",
    "media",
)
DEV = ("--extra", "dev")
BUILD = ("--only-group", "build")
FILES = {"run.lock": RUN, "dev.lock": DEV, "build.lock": BUILD}


def export(options: tuple[str, ...]) -> str:
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "export", "--quiet", "--locked", "--no-dev", "--no-emit-project", "--no-header", *options]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> int:
    stale = []
    for name, options in FILES.items():
        path, wanted = ROOT / "requirements" / name, export(options)
        if "--write" in sys.argv:
            path.write_text(wanted, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != wanted:
            stale.append(str(path.relative_to(ROOT)))
    if stale:
        sys.stderr.write(f"not what uv.lock exports: {', '.join(stale)}; run: python -m tests.locks --write\n")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
