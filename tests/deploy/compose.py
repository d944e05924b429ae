"""Reader of a compose file: variables from `.env` filled in, each key held against the Compose Specification.

What our file does not use is not in these models and would be refused: then add it here from the specification.
"""

import re
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}")
Size = Annotated[str, StringConstraints(pattern=r"^\d+[bkmg]$")]
Duration = Annotated[str, StringConstraints(pattern=r"^(\d+(us|ms|s|m|h))+$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9._-]+$")]


class Table(BaseModel):
    """A mapping of the specification with `additionalProperties: false`."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Build(Table):
    """`build`: a relative context counts from the folder of the compose file."""

    context: str
    dockerfile: str


class Health(Table):
    """`healthcheck`."""

    test: Annotated[list[str], Field(min_length=2)]
    interval: Duration
    timeout: Duration
    retries: int


class Waits(Table):
    """One entry of `depends_on`."""

    condition: Literal["service_started", "service_healthy", "service_completed_successfully"]


class Seat(Table):
    """One entry of `networks` of a service."""

    ipv4_address: str | None = None


class Service(Table):
    """One service."""

    image: str = ""
    build: Build | None = None
    restart: Literal["no", "always", "on-failure", "unless-stopped"] = "no"
    read_only: bool = False
    cap_drop: list[str] = []
    security_opt: list[str] = []
    ulimits: Mapping[str, int] = {}
    mem_limit: Size = "0b"
    memswap_limit: Size = "0b"
    tmpfs: list[str] = []
    volumes: list[str] = []
    environment: Mapping[str, str] = {}
    depends_on: Mapping[Name, Waits] = {}
    healthcheck: Health | None = None
    ports: list[str] = []
    networks: list[str] | Mapping[Name, Seat] = []


class Pool(Table):
    """One entry of `ipam.config`."""

    subnet: str


class Ipam(Table):
    """`ipam` of a network."""

    config: list[Pool]


class Network(Table):
    """One network."""

    internal: bool = False
    ipam: Ipam | None = None


class Volume(Table):
    """One named volume, with nothing said of it."""


class Compose(Table):
    """The whole file."""

    services: Mapping[Name, Service]
    networks: Mapping[Name, Network]
    volumes: Mapping[Name, Volume]

    def faults(self) -> list[str]:
        """Return what names something that is not there, or an address that is in no network."""
        found = []
        for name, service in self.services.items():
            if bool(service.image) == bool(service.build):
                found.append(f"{name} has no image, or two")
            found += [f"{name} waits for {one}" for one in service.depends_on if one not in self.services]
            found += [
                f"{name} waits for the health of {one}"
                for one, waits in service.depends_on.items()
                if waits.condition == "service_healthy" and self.services[one].healthcheck is None
            ]
            sources = [one.split(":")[0] for one in service.volumes]
            found += [f"{name} has a volume {one}" for one in sources if one[0] not in "./" and one not in self.volumes]
            found += [f"{name} is on {one}" for one in service.networks if one not in self.networks]
            seats = service.networks if isinstance(service.networks, Mapping) else {}
            found += [f"{name} at {seat.ipv4_address}" for key, seat in seats.items() if not self._inside(key, seat)]
        return found

    def _inside(self, key: str, seat: Seat) -> bool:
        network = self.networks.get(key)
        if seat.ipv4_address is None or network is None:
            return True
        pools = network.ipam.config if network.ipam else []
        return any(IPv4Address(seat.ipv4_address) in IPv4Network(pool.subnet) for pool in pools)


def read_compose(path: Path) -> Compose:
    """Read a compose file as an engine does: `.env` beside it fills in its variables; each must have a value."""
    lines = (path.parent / ".env").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)

    def value(found: re.Match[str]) -> str:
        name, default = found["name"], found["default"]
        return values[name] if default is None else values.get(name, default)

    return Compose.model_validate(yaml.safe_load(VARIABLE.sub(value, path.read_text(encoding="utf-8"))))
