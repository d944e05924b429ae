"""A Debian in a folder: installed by debootstrap, entered by chroot, cleared away at the end. All of it needs root."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
MIRROR = "http://deb.debian.org/debian"
MOUNTED = ("proc", "dev")
DEVICES = {"null": 3, "zero": 5, "full": 7, "random": 8, "urandom": 9}
"""Names and minor numbers of what a program may expect; their major number is 1."""
TRUSTED, TRUSTED_INSIDE = Path("/etc/ssl/certs/ca-certificates.crt"), "/etc/ssl/certs/machine.crt"
PLAIN = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
    "PIP_CERT": TRUSTED_INSIDE,
}
"""What a command inside has in its environment; nothing of ours gets in."""


def why_not() -> str:
    """Return why no Debian can be made here; empty where one can."""
    if os.geteuid() != 0:
        return "it makes a Debian in a folder with debootstrap, mount and chroot, which only root may"
    if shutil.which("debootstrap") is None and shutil.which("apt-get") is None:
        return "it needs debootstrap, and there is no apt-get to install it"
    return ""


def say(line: str) -> None:
    """Say how far we are, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(*command: str | Path, told: str = "", environment: Mapping[str, str] | None = None) -> str:
    """Run a command and return what it says; a fault ends everything, with its last lines."""
    done = subprocess.run(
        command, input=told, capture_output=True, text=True, check=False, env=environment, timeout=900
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))[:300]}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def make_debian(root: Path, suite: str, *packages: str) -> None:
    """Install an empty Debian that trusts what this machine trusts, with /proc and /dev, where no service starts."""
    if shutil.which("debootstrap") is None:
        run("apt-get", "install", "-y", "-qq", "debootstrap", environment=PLAIN)
    say(f"an empty Debian in {root}")
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o755)
    run(
        "debootstrap", "--variant=minbase", f"--include={','.join(('ca-certificates', *packages))}", suite, root, MIRROR
    )
    if TRUSTED.exists():
        shutil.copy(TRUSTED, root / TRUSTED_INSIDE.lstrip("/"))
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    enter(root)


def enter(root: Path) -> None:
    """Mount what every command needs; devices are made anew, so that nothing of this machine's can be taken away."""
    run("mount", "-t", "proc", "proc", root / "proc")
    run("mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", root / "dev")
    for name, minor in DEVICES.items():
        os.mknod(root / "dev" / name, 0o666 | stat.S_IFCHR, os.makedev(1, minor))
        (root / "dev" / name).chmod(0o666)
    (root / "dev/fd").symlink_to("/proc/self/fd")
    (root / "dev/shm").mkdir(mode=0o1777)
    (root / "dev/shm").chmod(0o1777)


def leave(root: Path) -> None:
    """Take those mounts away, so that the folder can be copied or removed."""
    for name in MOUNTED:
        subprocess.run(["umount", "-l", root / name], check=False, capture_output=True)  # noqa: S607 - root's own umount


def clear_away(root: Path) -> None:
    """End what was started inside, by the process ids it left in /run, and remove the folder."""
    for pid_file in (root / "run").glob("*.pid") if (root / "run").exists() else ():
        try:
            os.killpg(int(pid_file.read_text()), signal.SIGTERM)
        except (ProcessLookupError, ValueError, PermissionError):
            continue
    time.sleep(2)
    leave(root)
    if not any(os.path.ismount(root / name) for name in MOUNTED):
        shutil.rmtree(root, ignore_errors=True)
