"""Runs the image and its database as the compose file says, in a network and mounts of their own, and asks them.

Started by `tests.deploy.container` under `unshare`, whose end takes every mount and process away with it.
"""

import fcntl
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

from tests.deploy.compose import Compose, Service, read_compose
from tests.deploy.container import CHAT, DATABASE, DESK, POSTGRES
from tests.deploy.containerfile import Image, image_of, stages
from tests.deploy.machine import PLAIN, enter, run, say

PATIENCE = 60
UP = 0x1 | 0x40
"""Flags of an interface: up and running."""


def main() -> int:
    """Start the database, then the bot once that is healthy; ask what was promised of its container; stop it."""
    work = Path(sys.argv[1])
    compose = read_compose(work / "house/deploy/compose.yaml")
    service = compose.services["bot"]
    assert service.build is not None
    image = image_of(stages(Path(service.build.dockerfile).read_text(encoding="utf-8"))[-1])
    _loopback_up()
    run("mount", "--make-rprivate", "/")
    _database(work, compose)
    container = Container(work, service, image)
    bot = container.start()
    try:
        _until_healthy(container, bot)
        for port, host in zip(image.ports, (CHAT, DESK), strict=True):
            _until(lambda: _opens(port), f"nobody listens on port {port}:\n{container.log()}")
            say(f"  {host}: {_asked(f'http://127.0.0.1:{port}/', host)}")
        for line in container.broken_promises():
            raise SystemExit(line)
        say("  read-only root, user without rights, no capabilities, no core dumps")
        say(f"  {container.inside('/opt/buddybot/bin/buddybot', 'check').stdout.splitlines()[-1][:100]}")
    finally:
        if bot.poll() is None:
            os.killpg(bot.pid, signal.SIGTERM)
    status = bot.wait(PATIENCE)
    if container.inside(*image.health).returncode == 0:
        raise SystemExit("HEALTHCHECK says that a bot which was stopped is well")
    say(f"  stopped with status {status}; HEALTHCHECK says so")
    return 0


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", UP))  # SIOCSIFFLAGS


def _database(work: Path, compose: Compose) -> None:
    """Start PostgreSQL with the user, database and password of the compose file, and ask its healthcheck."""
    service, root = compose.services["database"], work / "others"
    if service.image != DATABASE or service.healthcheck is None:
        raise SystemExit(f"compose.yaml: the database is no {DATABASE} with a healthcheck")
    enter(root)
    (root / "etc/hosts").write_text("127.0.0.1 localhost bot\n", encoding="utf-8")
    shutil.copy(work / "house/deploy/Caddyfile.compose", root / "etc/caddy/Caddyfile")
    run(
        *("chroot", root, "caddy", "validate", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"),
        environment=PLAIN,
    )
    bin_dir, cluster = f"/usr/lib/postgresql/{POSTGRES}/bin", f"{POSTGRES}/main"
    as_postgres = ("chroot", str(root), "runuser", "-u", "postgres", "--")
    log = (work / "database.log").open("wb")
    subprocess.Popen(
        (
            *as_postgres,
            *(f"{bin_dir}/postgres", "-D", f"/var/lib/postgresql/{cluster}"),
            *("-c", f"config_file=/etc/postgresql/{cluster}/postgresql.conf"),
        ),
        stdout=log,
        stderr=log,
        env=PLAIN,
    )
    (_, *healthy) = service.healthcheck.test

    def well() -> bool:
        asked = subprocess.run((*as_postgres, *healthy), check=False, capture_output=True, env=PLAIN)
        return asked.returncode == 0

    _until(well, "the database did not become healthy")
    values = service.environment
    user, password = values["POSTGRES_USER"], values["POSTGRES_PASSWORD"]
    run(*as_postgres, "dropdb", "--if-exists", values["POSTGRES_DB"], environment=PLAIN)
    run(*as_postgres, "dropuser", "--if-exists", user, environment=PLAIN)
    run(*as_postgres, "psql", "-qc", f"CREATE ROLE {user} LOGIN PASSWORD '{password}'", environment=PLAIN)
    run(*as_postgres, "createdb", "-O", user, values["POSTGRES_DB"], environment=PLAIN)
    say(f"  the database is healthy: {' '.join(healthy)}")


class Container:
    """The bot's container: its mounts, its user and its limits; commands can be run inside, as `exec` does."""

    def __init__(self, work: Path, service: Service, image: Image) -> None:
        self._work, self._image, self._service = work, image, service
        self._root = work / "image"
        self._environment = {"PATH": PLAIN["PATH"]} | image.environment | dict(service.environment)
        (self._root / "etc/hosts").write_text("127.0.0.1 localhost database\n", encoding="utf-8")
        self._mount()
        (passwd,) = [
            line.split(":")
            for line in (self._root / "etc/passwd").read_text(encoding="utf-8").splitlines()
            if line.startswith(f"{image.user}:")
        ]
        self.uid, self._gid = passwd[2], passwd[3]

    def _mount(self) -> None:
        """Mount volumes and files as the compose file says, then let nothing else be written."""
        run("mount", "--bind", self._root, self._root)
        for one in self._service.volumes:
            source, target, *mode = one.split(":")
            place = self._root / target.lstrip("/")
            if source.startswith("/"):
                place.touch()
            else:
                run("cp", "-a", place, self._work / f"volume-{source}")
                source = str(self._work / f"volume-{source}")
            run("mount", "--bind", source, place)
            if mode == ["ro"]:
                run("mount", "-o", "remount,bind,ro", place)
        for name in self._service.tmpfs:
            run("mount", "-t", "tmpfs", "tmpfs", self._root / name.lstrip("/"))
        enter(self._root)
        if self._service.read_only:
            run("mount", "-o", "remount,bind,ro", self._root)

    def _command(self, words: Sequence[str]) -> list[str]:
        limits = [f"--{name}={_allowed(name, most)}" for name, most in self._service.ulimits.items()]
        rights = ["--bounding-set=-all", "--inh-caps=-all"] if self._service.cap_drop == ["ALL"] else []
        quiet = ["--no-new-privs"] if "no-new-privileges:true" in self._service.security_opt else []
        user = [f"--reuid={self.uid}", f"--regid={self._gid}", "--clear-groups"]
        inside = ["chroot", str(self._root), "env", "-C", self._image.workdir]
        # setpriv first would take chroot's right away: so it is Debian's own, inside.
        return ["prlimit", *limits, *inside, "setpriv", *user, *rights, *quiet, *words]

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the entrypoint with its command."""
        say(f"  as user {self.uid}: {' '.join((*self._image.entrypoint, *self._image.command))}")
        log = (self._work / "bot.log").open("wb")
        words = self._command([*self._image.entrypoint, *self._image.command])
        return subprocess.Popen(words, env=self._environment, stdout=log, stderr=log, start_new_session=True)

    def inside(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command inside, as the container's user."""
        return subprocess.run(
            self._command(words), env=self._environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    def healthy(self) -> bool:
        """Ask the image's HEALTHCHECK."""
        return self.inside(*self._image.health).returncode == 0

    def log(self) -> str:
        """Return the last of what the bot said."""
        return (self._work / "bot.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def broken_promises(self) -> list[str]:
        """Return what a process inside can do and should not."""
        status = self.inside("cat", "/proc/self/status").stdout
        found = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        broken = []
        if found["Uid"].split()[0] == "0" or found["Uid"].split()[0] != self.uid:
            broken.append(f"it runs as user {found['Uid']}")
        broken += [f"{name} is {found[name]}" for name in ("CapEff", "CapPrm", "CapBnd") if int(found[name], 16)]
        if found["NoNewPrivs"] != "1":
            broken.append("it may gain privileges")
        if self.inside("sh", "-c", "ulimit -c").stdout.strip() != "0":
            broken.append("it may dump core")
        for path in ("/opt/buddybot/x", "/etc/x", "/var/lib/x", f"{self._image.workdir}/config.toml"):
            if self.inside("sh", "-c", f"echo x >> {path}").returncode == 0:
                broken.append(f"it can write {path}")
        if not os.statvfs(self._root).f_flag & os.ST_RDONLY:
            broken.append("its root can be written by root")
        return broken


def _allowed(name: str, most: int) -> int:
    """Return a limit, no higher than this machine lets root go."""
    _, highest = resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))
    return most if highest == resource.RLIM_INFINITY else min(most, highest)


def _until_healthy(container: Container, bot: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while not container.healthy():
        if bot.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"the bot did not become healthy (status {bot.poll()}):\n{container.log()}")
        time.sleep(0.5)
    say("  HEALTHCHECK: healthy")


def _until(fits: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE
    while not fits():
        if time.monotonic() > until:
            raise SystemExit(otherwise)
        time.sleep(0.5)


def _opens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _asked(url: str, host: str) -> str:
    request = urllib.request.Request(url, headers={"Host": host})  # noqa: S310 - our own page
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own page
            return f"{answer.status}, {len(answer.read())} bytes"
    except urllib.error.HTTPError as refused:
        if refused.code != HTTPStatus.UNAUTHORIZED:
            raise
        return "401, it asks who we are"


if __name__ == "__main__":
    sys.exit(main())
