"""The Containerfile and the compose file that `init --server` writes, read as an engine would read them.

`python -m tests.deploy.container` carries them out; that takes minutes and root, these take a moment.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.deploy.compose import Compose, read_compose
from tests.deploy.container import BASE, DATABASE
from tests.deploy.containerfile import ContainerFault, image_of, instructions, stages

PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("BUDDYBOT_")}
ANSWERS = {"BUDDYBOT_INIT_CHAT": "chat.example.org", "BUDDYBOT_INIT_DESK": "desk.example.org"}


def write_files(folder: Path, answers: dict[str, str]) -> Path:
    command = [sys.executable, "-m", "buddybot", "init", "--server", "--yes"]
    subprocess.run(command, cwd=folder, env=PLAIN | answers, check=True, capture_output=True, timeout=60)
    return folder / "deploy"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("house"), ANSWERS)


def test_the_image_has_a_user_without_rights_and_asks_healthz(written: Path) -> None:
    build, last = stages((written / "Containerfile").read_text(encoding="utf-8"))
    image = image_of(last)
    assert (build.base, build.name, last.base) == (BASE, "build", BASE)
    assert image.user == "buddybot"
    assert image.ports == (8080, 8081)
    assert image.volumes == (image.workdir,) == ("/var/lib/buddybot",)
    assert "/healthz" in " ".join(image.health)
    assert image.environment["BUDDYBOT_METRICS__PORT"] in " ".join(image.health)
    assert (*image.entrypoint, *image.command) == ("/opt/buddybot/bin/buddybot", "run")


def test_the_compose_file_keeps_to_the_specification_and_names_only_what_is_there(written: Path) -> None:
    compose = read_compose(written / "compose.yaml")
    assert compose.faults() == []
    bot = compose.services["bot"]
    assert bot.build is not None
    assert Path(bot.build.dockerfile) == written / "Containerfile"
    assert Path(bot.build.context).is_absolute(), "a relative one would count from the folder of the compose file"
    assert (bot.read_only, bot.cap_drop, bot.security_opt) == (True, ["ALL"], ["no-new-privileges:true"])
    assert bot.mem_limit == bot.memswap_limit, "otherwise it may swap"
    assert compose.services["database"].image == DATABASE
    assert compose.networks["inside"].internal


@pytest.mark.parametrize(
    "answers",
    [{"desk": ""}, {"telegram_token": "123456:AAbbCC-dd_ee", "discord_token": "bot.time.signature-of-it"}],
    ids=["no desk", "both platforms"],
)
def test_whatever_was_answered_the_compose_file_is_whole(tmp_path: Path, answers: dict[str, str]) -> None:
    given = ANSWERS | {f"BUDDYBOT_INIT_{name.upper()}": value for name, value in answers.items()}
    compose = read_compose(write_files(tmp_path, given) / "compose.yaml")
    assert compose.faults() == []
    environment = compose.services["bot"].environment
    assert any("DESK" in name for name in environment) == bool(given["BUDDYBOT_INIT_DESK"])
    assert environment.get("BUDDYBOT_TELEGRAM_TOKEN") == answers.get("telegram_token")


def test_a_file_that_an_engine_would_refuse_is_refused(written: Path) -> None:
    whole = read_compose(written / "compose.yaml").model_dump(exclude_defaults=True)
    with pytest.raises(ValidationError):
        Compose.model_validate(whole | {"sevices": {}})
    broken = Compose.model_validate(whole | {"networks": {"outside": {}}, "volumes": {}})
    assert "bot is on inside" in broken.faults()
    assert "bot has a volume keys" in broken.faults()
    with pytest.raises(ContainerFault, match="no instruction HEALTCHECK"):
        list(instructions("FROM x\nHEALTCHECK CMD x"))
    with pytest.raises(ContainerFault, match="before the first FROM"):
        stages("RUN x")


def test_what_is_no_source_stays_out_of_an_image() -> None:
    ignored = (Path(__file__).parents[2] / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "var", "config.toml", "deploy"} <= set(ignored)
