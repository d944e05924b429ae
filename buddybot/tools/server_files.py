"""Renders the deployment files of a server: systemd unit, containers, reverse proxies, alert rules."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from buddybot.config import DESK_PORT, METRICS_PORT
from buddybot.content.files import content_dir

FOLDER = "deploy"
HERE, BOT_IN_COMPOSE = "127.0.0.1", "bot"
ALERTS = "alerts.yaml"
SOURCE = Path("/opt/buddybot/source")
"""Where docs/deploy.md puts the checkout; BUDDYBOT_SOURCE names another to the compose file."""


@dataclass(frozen=True, slots=True)
class ServerFiles:
    """Values of the templates: the settings file, public host names (desk may be empty), the chat's port, tokens."""

    config: Path
    chat: str
    desk: str
    port: int
    database_password: str
    tokens: Mapping[str, str]


def write_server_files(files: ServerFiles) -> list[Path]:
    """Write all files into `deploy/` beside the settings; return their paths. Those with secrets are mode 0600."""
    out = files.config.parent / FOLDER
    out.mkdir(exist_ok=True)
    shelf = Environment(
        loader=FileSystemLoader(content_dir() / "deploy"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(()),
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    values = _values(files, out)
    written = []
    for template, name, upstream in (
        ("buddybot.service", "buddybot.service", HERE),
        ("Caddyfile", "Caddyfile", HERE),
        ("nginx.conf", "nginx.conf", HERE),
        ("Containerfile", "Containerfile", HERE),
        ("compose.yaml", "compose.yaml", HERE),
        ("Caddyfile", "Caddyfile.compose", BOT_IN_COMPOSE),
    ):
        path = out / name
        path.write_text(shelf.get_template(template).render(values | {"upstream": upstream}), encoding="utf-8")
        written.append(path)
    # Not a template: Prometheus has double braces of its own.
    shutil.copyfile(content_dir() / FOLDER / ALERTS, out / ALERTS)
    return [*written, out / ALERTS, _secrets(files, out)]


def _values(files: ServerFiles, out: Path) -> dict[str, object]:
    hosts = [(files.chat, files.port), *([(files.desk, DESK_PORT)] if files.desk else [])]
    return {
        "folder": files.config.parent,
        "config": files.config,
        "out": out,
        "program": Path(sys.prefix) / "bin" / "buddybot",
        "checkout": SOURCE,
        "chat": files.chat,
        "desk": files.desk,
        "port": files.port,
        "desk_port": DESK_PORT,
        "metrics_port": METRICS_PORT,
        "hosts": hosts,
        "tokens": sorted(files.tokens),
    }


def _secrets(files: ServerFiles, out: Path) -> Path:
    """Write what the compose file takes from its environment."""
    path = out / ".env"
    path.touch(mode=0o600)
    lines = [f"POSTGRES_PASSWORD={files.database_password}"]
    lines += [f"BUDDYBOT_{name.upper()}_TOKEN={token}" for name, token in sorted(files.tokens.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
