"""Follows docs/deploy.md to the letter in an empty Debian, then goes to the page behind TLS as a member would.

`python -m tests.deploy.follow [FOLDER]` needs the packages of Debian and about five minutes. It prints a line a step,
and one line of JSON at the end. Status 1: a step failed. Without root nothing can be tried: it says so, with status 0.
"""

import asyncio
import json
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Page, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

from buddybot.content.files import content_dir
from buddybot.content.words import load_words
from tests.browser import ARGUMENTS, chromium_path
from tests.deploy.machine import PLAIN, PROJECT, clear_away, make_debian, run, say, why_not

PAGE = PROJECT / "docs" / "deploy.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
SUITE = "bookworm"
CHAT, DESK = "chat.example.test", "desk.example.test"
ANSWERS = f"help@example.test\n{CHAT}\n{DESK}\n1\n8080\nn\nn\n"
"""What `buddybot init --server` is told: contact, chat, desk, leads, port, no Telegram, no Discord."""
AUTHORITY = "var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
PATIENCE = 120


def main() -> int:
    """Make the machine, follow the page, try it; leave nothing behind."""
    if why := why_not():
        say(json.dumps({"deploy": "skipped", "why": why}))
        return 0
    root = Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp(prefix="buddybot-deploy-"))
    begun = time.monotonic()
    try:
        _make_machine(root)
        made = time.monotonic()
        said = [_follow(root, block) for block in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]
        _wait_for(root / AUTHORITY)
        say(f"over TLS: {_fetched(root, CHAT)}")
        say(f"nginx: {_nginx(root)}")
        say(f"at the desk: {asyncio.run(_as_people(said[-1].strip()))}")
        say(
            json.dumps(
                {"deploy": "followed", "machine_s": round(made - begun), "page_s": round(time.monotonic() - made)}
            )
        )
    finally:
        clear_away(root)
    return 0


def _make_machine(root: Path) -> None:
    """Install an empty Debian with a stand-in for systemctl, and the repository to clone."""
    make_debian(root, SUITE)
    shutil.copy(PROJECT / "tests/deploy/systemctl.sh", root / "usr/local/bin/systemctl")
    (root / "usr/local/bin/systemctl").chmod(0o755)
    run("git", "clone", "-q", "--bare", PROJECT, root / "srv/buddybot.git")


def _follow(root: Path, block: str) -> str:
    """Run one block of the page as root, with what an operator would type."""
    say("".join(f"  $ {line}\n" for line in block.strip().splitlines()).rstrip())
    environment = PLAIN | {"SOURCE": "file:///srv/buddybot.git"}
    return run("chroot", root, "/bin/bash", "-euc", block, told=ANSWERS, environment=environment)


def _wait_for(path: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not path.exists():
        if time.monotonic() > until:
            raise SystemExit(f"{path} did not come within {PATIENCE} s")
        time.sleep(0.5)


def _fetched(root: Path, host: str) -> str:
    """Return the status of the page over TLS, its certificate checked against the local authority."""
    return run(
        *("curl", "-sS", "--retry", "60", "--retry-delay", "1", "--retry-all-errors", "--fail", "-o", "/dev/null"),
        *("--cacert", root / AUTHORITY, "--resolve", f"{host}:443:127.0.0.1", "-w", "%{http_code} %{scheme}"),
        f"https://{host}/",
    )


def _nginx(root: Path) -> str:
    """Return what nginx says of its site, with certificates where certbot would put them."""
    inside = ("chroot", root)
    run(
        *inside,
        "apt-get",
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        "nginx-light",
        "openssl",
        environment=PLAIN,
    )
    for host in (CHAT, DESK):
        live = f"etc/letsencrypt/live/{host}"
        (root / live).mkdir(parents=True)
        names = ("-keyout", f"/{live}/privkey.pem", "-out", f"/{live}/fullchain.pem", "-subj", f"/CN={host}")
        run(*inside, "openssl", "req", "-x509", "-nodes", "-newkey", "ed25519", *names, environment=PLAIN)
    shutil.copy(root / "var/lib/buddybot/deploy/nginx.conf", root / "etc/nginx/conf.d/buddybot.conf")
    run(*inside, "nginx", "-t", "-q", environment=PLAIN)
    return "sound"


async def _as_people(word: str) -> str:
    """Say hello on the page as a member, become a lead by the word, sign in at the desk; return the desk's heading."""
    names = f"MAP {CHAT} 127.0.0.1, MAP {DESK} 127.0.0.1"
    words = load_words(content_dir() / "locales")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=[*ARGUMENTS, f"--host-resolver-rules={names}"]
        )
        context = await browser.new_context(ignore_https_errors=True, viewport={"width": 390, "height": 844})
        page = await context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        await page.goto(f"https://{CHAT}/")
        await _told(page, "hi", words.say("en", "greeting"))
        say("a member wrote, and the bot answered")
        await _told(page, f"/link {word}", words.say("en", "staff-welcome", role="lead")[:30])
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


if __name__ == "__main__":
    sys.exit(main())
