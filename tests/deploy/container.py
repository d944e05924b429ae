"""Carries out the Containerfile and the compose file where no container engine is: stages in folders, run by chroot.

`python -m tests.deploy.container [FOLDER]` makes the base images from Debian's packages and builds ours on them; then
`tests.deploy.serving` runs them as the compose file says. Images in a FOLDER that is named are kept and used again.
Status 1: a step failed. Without root nothing can be tried: it says so, with status 0.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from fnmatch import fnmatch
from pathlib import Path

from tests.deploy.compose import Service, read_compose
from tests.deploy.containerfile import ContainerFault, Instruction, image_of, stages
from tests.deploy.machine import MOUNTED, PLAIN, PROJECT, enter, leave, make_debian, run, say, why_not

SUITE = "trixie"
BASE, DATABASE = "docker.io/library/python:3.13-slim-trixie", "docker.io/library/postgres:17"
PYTHON, POSTGRES = "3.13", "17"
"""Images that a plain Debian stands in for, and the versions that it must have, as their names say."""
CHAT, DESK = "chat.example.test", "desk.example.test"
ANSWERS = {"BUDDYBOT_INIT_CHAT": CHAT, "BUDDYBOT_INIT_DESK": DESK}


def main() -> int:
    """Write the files as an operator would, build, serve, ask; leave nothing behind."""
    if why := why_not():
        say(json.dumps({"container": "skipped", "why": why}))
        return 0
    work = Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp(prefix="buddybot-container-"))
    work.mkdir(parents=True, exist_ok=True)
    work.chmod(0o755)
    begun = time.monotonic()
    try:
        services = _written(work)
        _bases(work)
        _built(work, services["bot"])
        done = time.monotonic()
        apart = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child")
        served = subprocess.run((*apart, sys.executable, "-m", "tests.deploy.serving", work), check=False, cwd=PROJECT)
        seconds = {"build_s": round(done - begun), "serve_s": round(time.monotonic() - done)}
        say(json.dumps({"container": "served" if served.returncode == 0 else "failed", **seconds}))
        return served.returncode
    finally:
        _clear_away(work, keep=("base", "others", "image") if sys.argv[1:] else ())


def _written(work: Path) -> dict[str, Service]:
    """Have `buddybot init --server` write its files, clone the source, and read the compose file."""
    (work / "house").mkdir(parents=True)
    say("  $ buddybot init --server --yes")
    run(
        *("env", "-C", str(work / "house"), sys.executable, "-m", "buddybot", "init", "--server", "--yes"),
        environment=PLAIN | ANSWERS,
    )
    run("git", "clone", "-q", PROJECT, work / "source")
    with (work / "house/deploy/.env").open("a", encoding="utf-8") as file:
        file.write(f"BUDDYBOT_SOURCE={work / 'source'}\n")
    compose = read_compose(work / "house/deploy/compose.yaml")
    if faults := compose.faults():
        raise SystemExit(f"compose.yaml: {'; '.join(faults)}")
    return dict(compose.services)


def _bases(work: Path) -> None:
    """Make the Debian that stands in for the base image, and from it the one with PostgreSQL and Caddy."""
    if (work / "others").exists():
        return
    make_debian(work / "base", SUITE, "python3", "python3-venv", "python-is-python3")
    python = _inside(work / "base", "python", "--version")
    leave(work / "base")
    if not python.startswith(f"Python {PYTHON}."):
        raise SystemExit(f"{BASE} has Python {PYTHON}, and Debian {SUITE} has {python}: name a base that fits it")
    _copied(work / "base", work / "others")
    enter(work / "others")
    say("  $ apt-get install postgresql caddy")
    _inside(work / "others", "apt-get", "update")
    _inside(work / "others", "apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql", "caddy")
    if not (work / f"others/usr/lib/postgresql/{POSTGRES}").is_dir():
        raise SystemExit(f"{DATABASE} is not what Debian {SUITE} has: take another one")
    leave(work / "others")


def _built(work: Path, bot: Service) -> None:
    if bot.build is None:
        raise SystemExit("compose.yaml: the bot is not built from the source")
    if (work / "image").exists():
        return
    found = stages(Path(bot.build.dockerfile).read_text(encoding="utf-8"))
    for number, stage in enumerate(found):
        if stage.base != BASE:
            raise ContainerFault(f"{stage.base} has no stand-in here")
        name = "image" if number == len(found) - 1 else stage.name
        _copied(work / "base", work / name)
        enter(work / name)
        workdir, user = "/", "root"
        for step in stage.steps:
            say(f"  {step.name} {step.rest[:160]}")
            workdir = step.rest if step.name == "WORKDIR" else workdir
            user = step.rest if step.name == "USER" else user
            environment = image_of(stage).environment
            _carry_out(work, work / name, step, Path(bot.build.context), (workdir, user, environment))
        leave(work / name)


def _carry_out(
    work: Path, root: Path, step: Instruction, context: Path, where: tuple[str, str, dict[str, str]]
) -> None:
    """Do one instruction; those that only say how the image runs change nothing now."""
    workdir, user, environment = where
    match step.name:
        case "WORKDIR":
            (root / workdir.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "RUN":
            line = f"cd {shlex.quote(workdir)} && {step.rest}"
            run("chroot", f"--userspec={user}", root, "/bin/sh", "-ec", line, environment=PLAIN | environment)
        case "COPY" if step.words()[0].startswith("--from="):
            stage, source, target = step.words()
            run("cp", "-a", work / stage.partition("=")[2] / source.lstrip("/"), root / target.lstrip("/"))
        case "COPY":
            source, target = step.words()
            ignored = [line for line in (context / ".dockerignore").read_text(encoding="utf-8").splitlines() if line]
            for one in (context / source).iterdir():
                if not any(fnmatch(one.name, pattern) for pattern in ignored):
                    run("cp", "-a", one, root / workdir.lstrip("/") / target)


def _inside(root: Path, *command: str) -> str:
    return run("chroot", root, *command, environment=PLAIN)


def _copied(source: Path, target: Path) -> None:
    run("cp", "-a", "--reflink=auto", source, target)


def _clear_away(work: Path, keep: tuple[str, ...]) -> None:
    for each in work.iterdir():
        leave(each)
        if each.name in keep or any(os.path.ismount(each / name) for name in MOUNTED):
            continue
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    if not keep:
        work.rmdir()


if __name__ == "__main__":
    sys.exit(main())
