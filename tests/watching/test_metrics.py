"""Metrics over HTTP: who is answered, what is in them, and that each alert fires in the state it is about."""

import asyncio
import operator
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from buddybot.adapter import AdapterError
from buddybot.config import ConfigError, load_settings
from buddybot.config.tables import MetricsSettings, StoreSettings
from buddybot.domain.moderation.vitals import (
    Backlog,
    KeptVitals,
    PlatformVitals,
    ProcessVitals,
    RoundVitals,
    StoredVitals,
    Vitals,
)
from buddybot.runtime.watching.exposition import exposition
from buddybot.runtime.watching.scraping import LONGEST_HEAD, scraped, serving_metrics
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.store.kernel.errors import StoreError
from buddybot.testing import TestBot, running

ROOT = Path(__file__).parents[2]
ALERTS = yaml.safe_load((ROOT / "data/deploy/alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def watch(bot: TestBot, folder: Path) -> HouseWatch:
    places = StoreSettings(url=f"sqlite:{folder}/bot.db", keys=folder / "keys", backups=folder / "backups")
    return HouseWatch(bot.house, places, bot.house.engine.operate)


async def asked(port: int, path: str, host: str = "127.0.0.1", method: str = "GET") -> tuple[int, str]:
    return await sent(port, f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())


async def sent(port: int, request: bytes) -> tuple[int, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    writer.write_eof()
    head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    return int(head.split()[1]), body


async def test_a_house_tells_how_it_is_without_a_name_or_an_id(tmp_path: Path) -> None:
    async with running(tmp_path) as bot, serving_metrics("127.0.0.1", 0, watch(bot, tmp_path)) as port:
        ann, ben = bot.person("ann"), bot.person("ben")
        for one in (ann, ben):
            await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
        await bot.wait(hours=1, seconds=1)
        bot.house.engine.unparsed["fake"] += 2
        status, told = await asked(port, "/metrics")
        members = await bot.house.store.read(lambda tx: [str(row[0]) for row in tx.db.rows("SELECT id FROM member")])
    assert status == 200
    found = figures(told)
    assert found["buddybot_platform_up"] == [1.0]
    assert found["buddybot_platform_unparsed_total"] == [2.0]
    assert found["buddybot_store_write_seconds_count"][0] > 10
    assert found["buddybot_round_seconds"]
    assert found["process_resident_memory_bytes"][0] > 1_000_000
    for secret in (*members, "account-of-", "ann", "ben"):
        assert secret not in told.replace("kind=", "")
    assert set(re.findall(r"(\w+)=", told)) <= {"platform", "kind", "version", "le"}


async def test_healthy_and_ready_are_two_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(tmp_path) as bot, serving_metrics("127.0.0.1", 0, watch(bot, tmp_path)) as port:
        assert await asked(port, "/healthz") == (200, "the loop turns\n")
        assert await asked(port, "/readyz") == (200, "ready\n")
        bot.house._adapters["fake"].problem = AdapterError("the token is refused")
        assert await asked(port, "/readyz") == (503, "no platform can go on; the log says why\n")
        bot.house._adapters["fake"].problem = None

        async def full(_: object) -> None:
            raise StoreError("the disk is full: make room")

        monkeypatch.setattr(bot.house.store, "write", full)  # a disk that fills up now
        assert await asked(port, "/readyz") == (503, "the disk is full: make room\n")
        monkeypatch.setattr(bot.house.store, "read", full)  # and one that can't be read
        assert await asked(port, "/metrics") == (503, "the disk is full: make room\n")
        assert (await asked(port, "/healthz"))[0] == 200
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:9464", 200),
        ("localhost", 200),
        ("[::1]:9464", 200),
        ("[::1]", 200),
        ("evil.example.org", 403),
        ("127.0.0.1.evil.example.org:9464", 403),
        ("", 403),
    ],
)
async def test_a_page_that_points_its_own_name_here_is_refused(tmp_path: Path, host: str, status: int) -> None:
    async with running(tmp_path) as bot, serving_metrics("127.0.0.1", 0, watch(bot, tmp_path)) as port:
        assert (await asked(port, "/healthz", host))[0] == status


async def test_what_is_no_question_gets_a_sentence_and_the_next_one_is_answered(tmp_path: Path) -> None:
    async with running(tmp_path) as bot, serving_metrics("127.0.0.1", 0, watch(bot, tmp_path)) as port:
        for request in (b"", b"nonsense", b"x" * 4 * LONGEST_HEAD):
            assert (await sent(port, request))[0] == 400
        assert (await sent(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"))[0] == 403
        assert (await asked(port, "/healthz", method="POST"))[0] == 405
        assert (await asked(port, "/elsewhere"))[0] == 404
        assert (await asked(port, "/healthz?x=1"))[0] == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])  # noqa: S104 - what is refused
def test_no_setting_opens_it_to_the_network(tmp_path: Path, host: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[metrics]\nhost = "{host}"\nport = 9464\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"metrics\.host = .* for this machine alone"):
        load_settings(path, {})


async def test_without_a_port_nothing_is_served_and_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        async with scraped(MetricsSettings(), watch(bot, tmp_path)) as port:
            assert port == 0
        with socket.create_server(("127.0.0.1", 0)) as other:
            settings = MetricsSettings(port=other.getsockname()[1])
            with pytest.raises(AdapterError, match=r"metrics\.port = \d+: can't be opened"):
                async with scraped(settings, watch(bot, tmp_path)):
                    pass


# ── Alerts ──────────────────────────────────────────────────────────────────────────────

WELL = Vitals(
    StoredVitals(AT, team=2, on_shift=1),
    KeptVitals(free=10**11, size=10**12, backup=AT),
    ProcessVitals(
        "1.0.0",
        platforms=(PlatformVitals("web"),),
        rounds=(RoundVitals("round", AT, 2.0),),
        files=10,
        files_limit=65536,
        writes=((0.005, 9), (5.0, 10)),
        commits=10,
        writes_seconds=0.1,
        transactions=1000,
        retried=9,
    ),
)
assert WELL.process is not None
LIVE = WELL.process
STATES: Mapping[str, Vitals | None] = {
    "BotDown": None,
    "UrgentCaseOpen": replace(WELL, stored=replace(WELL.stored, urgent=Backlog(1, AT - HOUR))),
    "NotDelivered": replace(WELL, stored=replace(WELL.stored, outbox=Backlog(3, AT - HOUR))),
    "ScreenerBroken": replace(WELL, process=replace(LIVE, unread=1)),
    "PlatformResting": replace(WELL, process=replace(LIVE, platforms=(PlatformVitals("web", "no token"),))),
    "DiskNearlyFull": replace(WELL, kept=replace(WELL.kept, free=10**8)),
    "ClockDoubted": replace(WELL, process=replace(LIVE, doubted=5.0)),
    "TimersLate": replace(WELL, stored=replace(WELL.stored, timers=Backlog(1, AT - HOUR))),
    "RoundLate": replace(WELL, stored=replace(WELL.stored, round_due=AT - 3 * HOUR)),
    "ManyParked": replace(WELL, stored=replace(WELL.stored, parked=21)),
    "BackupTooOld": replace(WELL, kept=replace(WELL.kept, backup=None)),
    "WritesSlow": replace(WELL, process=replace(LIVE, writes_seconds=9.0)),
    "WritersMeet": replace(WELL, process=replace(LIVE, transactions=1000, retried=101)),
    "LogTooLong": replace(WELL, kept=replace(WELL.kept, log=10**9)),
    "OpinionsMissed": replace(WELL, process=replace(LIVE, missed=101)),
    "FilesNearlyOut": replace(WELL, process=replace(LIVE, files=60_000)),
    "MemoryHigh": replace(WELL, process=replace(LIVE, memory=2 * 10**9)),
}
EXPRESSION = re.compile(r"(?:increase\()?(\w+)(?:\{[^}]*\})?(?:\[\w+\]\))?(?: / (\w+))? (==|>|<) ([\d.]+)")
COMPARE: Mapping[str, Callable[[float, float], bool]] = {"==": operator.eq, ">": operator.gt, "<": operator.lt}


def figures(told: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for line in told.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            found.setdefault(name.partition("{")[0], []).append(float(value))
    return found


def firing(vitals: Vitals | None) -> set[str]:
    """Return the alerts whose expression holds; counters began at nothing, so that their increase is their value."""
    found = {"up": [0.0]} if vitals is None else {"up": [1.0], **figures(exposition(vitals))}
    fired = set()
    for rule in ALERTS:
        read = EXPRESSION.fullmatch(rule["expr"])
        assert read is not None, rule["expr"]
        name, below, sign, bound = read.groups()
        values = found.get(name, []) if vitals is None else found[name]
        share = found[below][0] if below and vitals is not None else 1.0
        if any(COMPARE[sign](value / share, float(bound)) for value in values):
            fired.add(rule["alert"])
    return fired


def test_a_house_that_is_well_fires_nothing() -> None:
    assert firing(WELL) == set()


@pytest.mark.parametrize("alert", [rule["alert"] for rule in ALERTS])
def test_each_alert_fires_in_its_state_and_alone(alert: str) -> None:
    assert firing(STATES[alert]) == {alert}


def test_each_alert_has_its_section_in_the_runbook_and_each_section_an_alert() -> None:
    text = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(sections) == [rule["alert"] for rule in ALERTS]
    for rule in ALERTS:
        told = sections[rule["alert"]]
        assert f"**{rule['labels']['severity'].title()}.**" in told
        assert "**Do:**" in told
        assert "**Don't**" in told
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
