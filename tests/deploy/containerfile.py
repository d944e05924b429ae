"""Parser of a Containerfile, for the instructions that ours has; one it does not know is a fault, never left out."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

KNOWN = frozenset(
    {"FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENV", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
)


class ContainerFault(Exception):
    """What an engine of containers would refuse as well, in a sentence."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name, and what follows in one line."""

    name: str
    rest: str

    def words(self) -> list[str]:
        """Return its words; the JSON form stands for itself."""
        return _exec_form(self.rest) if self.rest.startswith("[") else shlex.split(self.rest)


@dataclass(frozen=True, slots=True)
class Stage:
    """What is built from one FROM."""

    base: str
    name: str
    steps: tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """How the last stage is to be run."""

    user: str = ""
    workdir: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    volumes: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    health: tuple[str, ...] = ()


def instructions(text: str) -> Iterator[Instruction]:
    """Yield each instruction of a Containerfile, with continued lines joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        name, _, rest = line.strip().partition(" ")
        if name and name not in KNOWN:
            raise ContainerFault(f"there is no instruction {name}")
        if name:
            yield Instruction(name, rest.strip())


def stages(text: str) -> list[Stage]:
    """Return the stages in their order."""
    found: list[tuple[str, str, list[Instruction]]] = []
    for one in instructions(text):
        if one.name == "FROM":
            base, *named = one.words()
            found.append((base, named[1] if named[:1] == ["AS"] else "", []))
        elif found:
            found[-1][2].append(one)
        else:
            raise ContainerFault(f"{one.name} stands before the first FROM")
    return [Stage(base, name, tuple(steps)) for base, name, steps in found]


def image_of(stage: Stage) -> Image:
    """Return how an image made of this stage runs."""
    said = {one.name: one for one in stage.steps}
    environment = dict(word.split("=", 1) for one in stage.steps if one.name == "ENV" for word in one.words())
    return Image(
        user=said["USER"].rest if "USER" in said else "",
        workdir=said["WORKDIR"].rest if "WORKDIR" in said else "/",
        environment=environment,
        volumes=tuple(word for one in stage.steps if one.name == "VOLUME" for word in one.words()),
        ports=tuple(int(word) for one in stage.steps if one.name == "EXPOSE" for word in one.words()),
        entrypoint=tuple(said["ENTRYPOINT"].words()) if "ENTRYPOINT" in said else (),
        command=tuple(said["CMD"].words()) if "CMD" in said else (),
        health=tuple(_exec_form(said["HEALTHCHECK"].rest.partition("CMD")[2])) if "HEALTHCHECK" in said else (),
    )


def _exec_form(text: str) -> list[str]:
    try:
        words = json.loads(text)
    except json.JSONDecodeError as error:
        raise ContainerFault(f"{text[:60]!r} is no list of words in JSON: {error}") from error
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ContainerFault(f"{text[:60]!r} is no list of words")
    return words
