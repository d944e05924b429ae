"""Follows docs/deploy.md to the letter in an empty Debian, then goes to the page behind TLS as a member would.

`python -m tests.deploy.follow [FOLDER]` needs root, the packages of Debian and about four minutes. It prints a line a
step, and one line of JSON at the end.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Page, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.browser import ARGUMENTS, chromium_path

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE = PROJECT / "docs" / "deploy.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
SUITE, MIRROR = "bookworm", "http://deb.debian.org/debian"
CHAT, DESK = "chat.example.test", "desk.example.test"
ANSWERS = f"help@example.test\n{CHAT}\n{DESK}\n8080\nn\nn\n"
"""What `buddybot init --server` is told: contact, chat, desk, port, no Telegram, no Discord."""
AUTHORITY = "var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
PATIENCE = 120


def main() -> int:
    """Make the machine, follow the page, try it; leave nothing behind."""
    root = Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp(prefix="buddybot-deploy-"))
    begun = time.monotonic()
    try:
        _make_machine(root)
        made = time.monotonic()
        said = [_follow(root, block) for block in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]
        _wait_for(root / AUTHORITY)
        _say(f"over TLS: {_fetched(root, CHAT)}")
        _say(f"at the desk: {asyncio.run(_as_people(said[-1].strip()))}")
        _say(
            json.dumps(
                {"deploy": "followed", "machine_s": round(made - begun), "page_s": round(time.monotonic() - made)}
            )
        )
    finally:
        _clear_away(root)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(*command: str | Path, told: str = "", environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - our own commands
        command, input=told, capture_output=True, text=True, check=False, env=environment, timeout=900
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))[:300]}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def _make_machine(root: Path) -> None:
    """Install an empty Debian into `root`; it trusts what this machine trusts, and has a stand-in for systemctl."""
    if shutil.which("debootstrap") is None:
        _run("apt-get", "install", "-y", "-qq", "debootstrap")
    _say(f"an empty Debian in {root}")
    root.chmod(0o755)
    _run("debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, root, MIRROR)
    trusted = Path("/etc/ssl/certs/ca-certificates.crt")
    if trusted.exists():
        shutil.copy(trusted, root / "etc/ssl/certs/machine.crt")
    shutil.copy(PROJECT / "tests/deploy/systemctl.sh", root / "usr/local/bin/systemctl")
    (root / "usr/local/bin/systemctl").chmod(0o755)
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    _run("git", "clone", "-q", "--bare", PROJECT, root / "srv/buddybot.git")
    for name in ("proc", "dev"):
        _run("mount", "--bind", f"/{name}", root / name)


def _follow(root: Path, block: str) -> str:
    """Run one block of the page as root, with what an operator would type."""
    _say("".join(f"  $ {line}\n" for line in block.strip().splitlines()).rstrip())
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
        "SOURCE": "file:///srv/buddybot.git",
        "PIP_CERT": "/etc/ssl/certs/machine.crt",
    }
    return _run("chroot", root, "/bin/bash", "-euc", block, told=ANSWERS, environment=environment)


def _wait_for(path: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not path.exists():
        if time.monotonic() > until:
            raise SystemExit(f"{path} did not come within {PATIENCE} s")
        time.sleep(0.5)


def _fetched(root: Path, host: str) -> str:
    """Return the status of the page over TLS, its certificate checked against the local authority."""
    return _run(
        *("curl", "-sS", "--retry", "60", "--retry-delay", "1", "--retry-all-errors", "--fail", "-o", "/dev/null"),
        *("--cacert", root / AUTHORITY, "--resolve", f"{host}:443:127.0.0.1", "-w", "%{http_code} %{scheme}"),
        f"https://{host}/",
    )


async def _as_people(word: str) -> str:
    """Say hello on the page as a member, become a lead by the word, sign in at the desk; return the desk's heading."""
    names = f"MAP {CHAT} 127.0.0.1, MAP {DESK} 127.0.0.1"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=[*ARGUMENTS, f"--host-resolver-rules={names}"]
        )
        context = await browser.new_context(ignore_https_errors=True, viewport={"width": 390, "height": 844})
        page = await context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        await page.goto(f"https://{CHAT}/")
        await _told(page, "hi", "What would help")
        _say("a member wrote, and the bot answered")
        await _told(page, f"/link {word}", "part of the team")
        await _told(page, "/mod desk on", f"https://{DESK}/desk")
        link = re.search(rf"https://{DESK}/desk\S+", await page.locator("#log").inner_text())
        await page.goto(link.group(0) if link else "about:blank")
        await page.locator("form button").first.click()
        await page.wait_for_url(f"https://{DESK}/desk**")
        heading = await page.locator("h1").first.inner_text()
        await browser.close()
    return heading


async def _told(page: Page, words: str, answer: str) -> None:
    await page.fill("#text", words)
    await page.keyboard.press("Enter")
    try:
        await page.locator("#log article", has_text=answer).last.wait_for()
    except PlaywrightTimeout as late:
        raise SystemExit(f"no {answer!r} came after {words!r}:\n{await page.locator('#log').inner_text()}") from late


def _clear_away(root: Path) -> None:
    for pid_file in (root / "run").glob("*.pid") if (root / "run").exists() else ():
        try:
            os.killpg(int(pid_file.read_text()), signal.SIGTERM)
        except (ProcessLookupError, ValueError, PermissionError):
            continue
    time.sleep(2)
    for name in ("proc", "dev"):
        subprocess.run(["umount", "-l", root / name], check=False, capture_output=True)  # noqa: S603, S607
    shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
