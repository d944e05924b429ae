"""A server's own table of the configuration."""

from ipaddress import ip_address
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, model_validator

from buddybot.adapter import AdapterSettings, FreePort, TableError, otherwise


def _origin(text: str) -> str:
    url = text.rstrip("/")
    parts = urlsplit(url)
    plain = parts.scheme in {"http", "https"} and parts.netloc and url == f"{parts.scheme}://{parts.netloc}"
    if url and not (plain and "@" not in url):
        raise ValueError("it must look like https://chat.example.org, without a path")
    return url.lower()


class HttpSettings(AdapterSettings):
    """Where to listen, and the name people reach it by.

    `public_url` is the origin people type (https://chat.example.org), empty for this machine only. `proxy` is the
    address of a reverse proxy whose X-Forwarded-For may be believed.
    """

    host: Annotated[str, otherwise("127.0.0.1")] = "127.0.0.1"
    port: FreePort = 8080
    public_url: Annotated[str, AfterValidator(_origin)] = ""
    allow_public: bool = False
    proxy: str = ""

    @model_validator(mode="after")
    def _closed(self) -> Self:
        if not is_loopback(self.host) and not (self.public_url and self.allow_public):
            raise TableError(
                "host",
                self.host,
                "it would open it to the network; keep host = '127.0.0.1', or set public_url to the https address "
                "people use and allow_public = true",
            )
        return self

    @property
    def secure(self) -> bool:
        """Whether people arrive over https, so that the cookie must never travel otherwise."""
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        """The host (and port) of the public address as browsers send it; empty without one."""
        return urlsplit(self.public_url).netloc.lower()


def is_loopback(host: str) -> bool:
    """Return whether only this machine itself can come here."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
