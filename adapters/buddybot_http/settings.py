"""A server's own table of the configuration."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from buddybot.adapter import AdapterError

KNOWN = ("host", "port", "public_url", "allow_public", "proxy")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, and the name people reach it by.

    `public_url` is the origin people type (https://chat.example.org), empty for this machine only. `proxy` is the
    address of a reverse proxy whose X-Forwarded-For may be believed.
    """

    host: str
    port: int
    public_url: str = ""
    proxy: str = ""

    @property
    def secure(self) -> bool:
        """Whether people arrive over https, so that the cookie must never travel otherwise."""
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        """The host (and port) of the public address as browsers send it; empty without one."""
        return urlsplit(self.public_url).netloc.lower()


def read_settings(table: Mapping[str, str], name: str, port: int) -> Settings:
    """Check every value; anything that would surprise the operator later is refused now."""
    for key in table:
        if key not in KNOWN:
            raise AdapterError(f"{name}: there is no setting {key!r}; known are {', '.join(KNOWN)}")
    host = table.get("host", "").strip() or "127.0.0.1"
    public_url = _public_url(table.get("public_url", ""), name)
    allowed = table.get("allow_public", "").strip().lower() in {"1", "true", "yes", "on"}
    if not _is_loopback(host) and not (public_url and allowed):
        raise AdapterError(
            f"{name}: host {host!r} would open it to the network. Keep host = '127.0.0.1', or set public_url "
            "to the https address people use and allow_public = true"
        )
    return Settings(host, _port(table.get("port", str(port)), name, port), public_url, table.get("proxy", "").strip())


def _port(text: str, name: str, usual: int) -> int:
    """Return the port; 0 lets the system choose a free one."""
    if not (text.strip().isascii() and text.strip().isdigit() and int(text) <= 65535):  # noqa: PLR2004 - the last port
        raise AdapterError(f"{name}: port {text!r} is no port; use a number from 1 to 65535, such as {usual}")
    return int(text)


def _public_url(text: str, name: str) -> str:
    url = text.strip().rstrip("/")
    parts = urlsplit(url)
    plain = parts.scheme in {"http", "https"} and parts.netloc and url == f"{parts.scheme}://{parts.netloc}"
    if url and not (plain and "@" not in url):
        raise AdapterError(f"{name}: public_url {text!r} must look like https://chat.example.org, without a path")
    return url.lower()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
