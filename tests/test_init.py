"""The set-up wizard in an empty folder: typed, from the environment, cut off, and with what is no token."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from buddybot_web.files import uploads

from buddybot.config import METRICS_PORT
from buddybot.content.files import content_dir

PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("BUDDYBOT_")}
TELEGRAM, DISCORD = "123456:AAbbCC-dd_ee", "bot.time.signature-of-it"


def init(folder: Path, *options: str, told: str = "", **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "buddybot", "init", *options],
        cwd=folder,
        env=PLAIN | {f"BUDDYBOT_INIT_{name.upper()}": value for name, value in given.items()},
        input=told,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def table(folder: Path, *keys: str) -> dict[str, object]:
    """Return one table of the settings that were written."""
    found = tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))
    for key in keys:
        found = found[key]
    return found


@pytest.mark.parametrize("told", ["", "me\n", "me\n8080\n", "me\n8080\ny\n"])
def test_answers_that_end_early_are_one_sentence_and_leave_nothing(tmp_path: Path, told: str) -> None:
    done = init(tmp_path, told=told)
    assert done.returncode == 1
    assert "the answers ended before the questions did" in done.stderr
    assert "init --yes" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_no_is_no_token_and_a_wrong_token_is_asked_for_again(tmp_path: Path) -> None:
    done = init(tmp_path, told=f"me\nport\n8099\nn\nperhaps\ny\nn\n{DISCORD}\n")
    assert done.returncode == 0, done.stderr
    assert "write a number from 1 to 65535" in done.stdout
    assert "answer y or n" in done.stdout
    assert "does not look like a token of Discord" in done.stdout
    assert set(table(tmp_path, "adapters")) == {"web", "discord"}
    secret = tmp_path / "var/secrets/discord.token"
    assert secret.read_text(encoding="utf-8").strip() == DISCORD
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_without_a_terminal_the_environment_answers(tmp_path: Path) -> None:
    done = init(tmp_path, "--yes", contact='ann "at" home', port="8101", telegram_token=TELEGRAM)
    assert done.returncode == 0, done.stderr
    assert table(tmp_path, "operator")["contact"] == 'ann "at" home'
    assert set(table(tmp_path, "adapters")) == {"web", "telegram"}
    assert TELEGRAM not in done.stdout + done.stderr + (tmp_path / "config.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"port": "many"}, "BUDDYBOT_INIT_PORT = 'many': write a number"),
        ({"telegram_token": "n"}, "BUDDYBOT_INIT_TELEGRAM_TOKEN = (hidden): this does not look like a token"),
        ({"discord_token": "abc"}, "BUDDYBOT_INIT_DISCORD_TOKEN = (hidden): this does not look like a token"),
        ({"discord": "maybe"}, "BUDDYBOT_INIT_DISCORD = 'maybe': answer y or n"),
    ],
)
def test_a_wrong_answer_in_the_environment_names_the_variable_and_writes_nothing(
    tmp_path: Path, given: dict[str, str], named: str
) -> None:
    done = init(tmp_path, "--yes", **given)
    assert done.returncode == 1
    assert named in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("chat", ["", "https://chat.example.org", "chat.example.org/x", "Chat.example.org", "chat; rm"])
def test_a_server_needs_a_host_name_that_can_stand_in_a_proxy_s_file(tmp_path: Path, chat: str) -> None:
    done = init(tmp_path, "--yes", "--server", chat=chat)
    assert done.returncode == 1
    assert "write a host name such as chat.example.org" in done.stderr
    assert list(tmp_path.iterdir()) == []


def served(folder: Path, **more: str) -> Path:
    done = init(folder, "--yes", "--server", chat="chat.example.org", **more)
    assert done.returncode == 0, done.stderr
    return folder / "deploy"


def test_a_server_listens_at_home_and_believes_its_proxy(tmp_path: Path) -> None:
    out = served(tmp_path, desk="desk.example.org", telegram_token=TELEGRAM)
    assert table(tmp_path, "adapters", "web")["public_url"] == "https://chat.example.org"
    assert table(tmp_path, "adapters", "desk")["proxy"] == "127.0.0.1"
    names = {
        "buddybot.service",
        "Caddyfile",
        "Caddyfile.compose",
        "nginx.conf",
        "Containerfile",
        "compose.yaml",
        "alerts.yaml",
        ".env",
    }
    assert {each.name for each in out.iterdir()} == names
    assert stat.S_IMODE((out / ".env").stat().st_mode) == 0o600
    assert [each.name for each in out.iterdir() if TELEGRAM in each.read_text(encoding="utf-8")] == [".env"]
    both = (out / "Caddyfile").read_text(encoding="utf-8")
    assert "chat.example.org {" in both
    assert "desk.example.org {" in both
    assert "bot:8081" in (out / "Caddyfile.compose").read_text(encoding="utf-8")
    assert (out / "nginx.conf").read_text(encoding="utf-8").count("access_log off;") == 4


def test_a_server_has_its_metrics_and_their_alerts_and_words_for_its_leads(tmp_path: Path) -> None:
    done = init(tmp_path, "--yes", "--server", chat="chat.example.org", leads="2")
    assert table(tmp_path, "metrics") == {"port": METRICS_PORT}
    shipped = content_dir() / "deploy/alerts.yaml"
    assert (tmp_path / "deploy/alerts.yaml").read_bytes() == shipped.read_bytes()
    told = done.stdout.splitlines()
    assert (
        len({line for line in told if line.startswith("for a lead, once, within 72 hours: send the bot /link ")}) == 2
    )


def test_no_proxy_holds_streams_back_or_compresses_what_holds_a_secret(tmp_path: Path) -> None:
    out = served(tmp_path, desk="desk.example.org")
    for name in ("Caddyfile", "Caddyfile.compose"):
        said = [line.split("#")[0] for line in (out / name).read_text(encoding="utf-8").splitlines()]
        assert not any(line.strip().startswith("encode") for line in said)
        assert "".join(said).count("flush_interval -1") == 2
    nginx = (out / "nginx.conf").read_text(encoding="utf-8")
    assert nginx.count("gzip off;") == nginx.count("proxy_buffering off;") == 2
    assert "gzip on" not in nginx
    # 3m are 3 * 1024 * 1024 bytes: no proxy refuses a photo that the page would take.
    assert re.findall("client_max_body_size (.*);", nginx) == ["3m", "3m"]
    assert uploads.MOST < 3 * 1024 * 1024


def test_a_server_without_a_desk_has_no_trace_of_one(tmp_path: Path) -> None:
    out = served(tmp_path)
    assert "desk" not in table(tmp_path, "adapters")
    for name in ("Caddyfile", "nginx.conf"):
        assert "8081" not in (out / name).read_text(encoding="utf-8")
    assert "DESK" not in (out / "compose.yaml").read_text(encoding="utf-8")


def analyzer() -> str:
    """Return systemd-analyze, installing Debian's package where there is none; fails with a sentence, never skips."""
    if shutil.which("systemd-analyze") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", "systemd")):
            subprocess.run(command, check=False, capture_output=True, env=PLAIN | {"DEBIAN_FRONTEND": "noninteractive"})
    found = shutil.which("systemd-analyze")
    assert found, "install Debian's package systemd: this test holds the unit against its systemd-analyze"
    return found


def test_the_unit_is_sound_and_well_closed(tmp_path: Path) -> None:
    """`systemd-analyze security` counts from 0 (closed) to 10; below 2 it says OK."""
    unit = served(tmp_path) / "buddybot.service"
    verify = subprocess.run([analyzer(), "verify", unit], capture_output=True, text=True, check=False)
    faults = [line for line in verify.stderr.splitlines() if "buddybot.service" in line and "Unknown key" not in line]
    assert faults == []
    closed = subprocess.run(
        [analyzer(), "security", "--offline=yes", "--threshold=20", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert closed.returncode == 0, closed.stdout[-2000:]
