"""Troubles planted one by one in a house, each named by `buddybot doctor` with its remedy."""

import asyncio
import shutil
import socket
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from buddybot import __version__
from buddybot.adapter import AdapterError
from buddybot.cli import main
from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.messages import Address, NoteId, React
from buddybot.domain.moderation.cases import Case, CasePriority, Concern
from buddybot.domain.moderation.staff import Role
from buddybot.domain.moderation.vitals import (
    Backlog,
    Finding,
    Grade,
    KeptVitals,
    ProcessVitals,
    StoredVitals,
    Vitals,
)
from buddybot.runtime.keeping.last_backup import note_backup
from buddybot.runtime.operator_socket import listening
from buddybot.runtime.watching.diagnosis import MEGABYTE, diagnosed
from buddybot.service.operator_requests import Answer, Asked
from buddybot.store.kernel.private_files import Lock
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from buddybot.testing import MORNING, TestBot
from buddybot.tools.watching.doctor import Machine, findings
from tests.keeping.kept import serving, settled
from tests.ports import free_port
from tests.store.cast import admit

MONTH_AGO = MORNING - timedelta(days=30)


def told(folder: Path, *, at: datetime = MORNING, in_time: bool = True) -> list[str]:
    found = findings(folder / "config.toml", Machine(lambda: at, lambda: in_time))
    return [f"{one.about}: {one.sentence}" for one in found if one.grade is not Grade.LOOK]


def expect(found: list[str], about: str, remedy: str) -> None:
    assert any(one.startswith(f"{about}: ") and remedy in one for one in found), found


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that was in use and has a backup; its bot is stopped."""
    folder = tmp_path_factory.mktemp("house")

    async def lived() -> None:
        async with serving(folder) as bot:
            await bot.person("ann").joins(lane="self")
            await bot.person("ben").says("hi")

    asyncio.run(lived())
    note_backup(folder / "keys", MORNING)
    return folder


@pytest.fixture
def house(sound: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    shutil.copytree(sound, folder)
    settled(folder)
    return folder


# ── While the bot is stopped ────────────────────────────────────────────────────────────


def changed(house: Path, *statements: str, file: str = "bot.db") -> None:
    with closing(sqlite3.connect(house / file)) as opened, opened:
        for statement in statements:
            opened.execute(statement)


def another_config(house: Path, text: str) -> None:
    with settled(house).open("a", encoding="utf-8") as file:
        file.write(text)


def a_file_for_a_folder(house: Path) -> None:
    (house / "backups").write_bytes(b"")


def lost_keys(house: Path) -> None:
    for file in ("members.keys", "members.keys.copy"):
        changed(house, "DELETE FROM key WHERE name LIKE 'member:%'", file=f"keys/{file}")


def damage(house: Path) -> None:
    with closing(sqlite3.connect(house / "bot.db")) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'timer_due'").fetchone()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (house / "bot.db").open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * 64)


def other_keys(house: Path) -> None:
    async def another() -> None:
        async with serving(house.parent / "other"):
            pass

    asyncio.run(another())
    shutil.rmtree(house / "keys")
    shutil.copytree(house.parent / "other" / "keys", house / "keys")


PLANTED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a wrong setting": (lambda house: another_config(house, '[[staff]]\nrole = "boss"\n'), "settings", "write"),
    "no bot": (lambda _: None, "bot", "it does not run: start it"),
    "a key that others can read": (lambda house: (house / "keys/operator.key").chmod(0o644), "keys", "chmod 600"),
    "no operator's key": (lambda house: (house / "keys/operator.key").unlink(), "keys", "put it back"),
    "no key file": (lambda house: (house / "keys/members.keys").unlink(), "keys", "the key file is missing"),
    "a damaged copy of the keys": (
        lambda house: changed(house, "UPDATE key SET wrapped = zeroblob(60)", file="keys/members.keys.copy"),
        "keys",
        "start the bot anew, it mends",
    ),
    "keys of another house": (other_keys, "keys", "put back the folder that goes with this one"),
    "a database that is none": (
        lambda house: (house / "bot.db").write_bytes(b"none" * 999),
        "database",
        "restore the newest backup",
    ),
    "a damaged database": (damage, "database", "restore the newest backup"),
    "a newer database": (
        lambda house: changed(house, "INSERT INTO migration VALUES (9999, '9999_x.sql', 'x')"),
        "database",
        "made by a newer buddybot: run that one",
    ),
    "no database": (lambda house: (house / "bot.db").unlink(), "database", "`buddybot run` makes it"),
    "a file in the place of a folder": (a_file_for_a_folder, "disk", "is a file, not a folder: move it"),
    "members whose keys are lost": (
        lost_keys,
        "keys",
        "put the newest members.keys back",
    ),
    "keys of nobody": (lambda house: changed(house, "DELETE FROM member"), "keys", "put it back"),
    "no backup": (lambda house: (house / "keys/last-backup").unlink(), "backup", "run `buddybot backup`"),
    "an old backup": (
        lambda house: note_backup(house / "keys", MONTH_AGO),
        "backup",
        "is 30 days old: run `buddybot backup`",
    ),
    "a record of backups that is none": (
        lambda house: (house / "keys/last-backup").write_text("yesterday", encoding="utf-8"),
        "backup",
        "run `buddybot backup`",
    ),
    "no team": (
        lambda house: another_config(house, 'public_url = "https://c.example.org"\n'),
        "team",
        "buddybot staff add --role lead",
    ),
    "no crisis policy": (
        lambda house: another_config(house, 'public_url = "https://c.example.org"\n'),
        "crisis policy",
        "write who is called",
    ),
}


@pytest.mark.parametrize("trouble", PLANTED)
def test_a_planted_trouble_is_named_with_its_remedy(house: Path, trouble: str) -> None:
    plant, about, remedy = PLANTED[trouble]
    plant(house)
    expect(told(house), about, remedy)


def test_what_is_sound_is_not_named_and_nothing_is_changed(house: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in house.rglob("*.key*")}
    assert [one for one in told(house) if not one.startswith("bot: ")] == []
    assert {path: path.stat().st_mtime_ns for path in house.rglob("*.key*")} == before


def test_a_clock_that_is_behind_or_that_no_server_sets_is_named(house: Path) -> None:
    expect(told(house, at=MORNING - timedelta(days=2)), "clock", "in use later than that: set the clock")
    expect(told(house, in_time=False), "clock", "timedatectl set-ntp true")


def test_a_port_that_another_program_has_is_named(house: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        settled(house, port=other.getsockname()[1])
        expect(told(house), "port", "another program has it: stop that one, or set another port")


def test_a_bot_that_has_the_database_but_does_not_listen_is_named(house: Path) -> None:
    with Lock(house / "bot.db"):
        expect(told(house), "bot", "does not listen on operator.sock")


def test_the_command_says_the_worst_first_and_its_status_is_one(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / "keys/last-backup").unlink()
    assert main(["doctor", "--config", str(house / "config.toml")]) == 1
    grades = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert grades[0] == "now"
    assert grades == sorted(grades, key=["now", "soon", "look"].index)


# ── While it runs ───────────────────────────────────────────────────────────────────────


def a_round_late(tx: Tx) -> None:
    tx.timers.set(Timer("round", "all", MORNING - timedelta(hours=6)))


def stuck(tx: Tx) -> None:
    admit(MemberId("zoe"), tx)
    tx.outbox.add(MemberId("zoe"), React(NoteId("n"), "x"), MORNING - timedelta(hours=1))
    tx.outbox.woken.clear()  # a dispatcher that hears of nothing


def urgent(tx: Tx) -> None:
    case = Case(CaseId("c1"), Concern.CRISIS, CasePriority.P0, None, None, None, MORNING - timedelta(hours=1))
    tx.cases.add(case)


def strangers(tx: Tx) -> None:
    tx.staff.appoint([(Address("fake", "main", "nobody"), Role.MODERATOR)])


def parked(tx: Tx) -> None:
    admit(MemberId("zoe"), tx)
    for _ in range(20):
        tx.outbox.add(MemberId("zoe"), React(NoteId("n"), "x"), MORNING)
    tx.db.run("UPDATE outbox SET state = 'parked'")


def write(fn: Callable[[Tx], None]) -> Callable[[TestBot], Awaitable[None]]:
    return lambda bot: bot.house.store.write(fn)


async def resting(bot: TestBot) -> None:
    bot.house._adapters["fake"].problem = AdapterError("the token is refused: make a new one")


async def jumped(bot: TestBot) -> None:
    bot.clock.wrong = timedelta(days=400)


async def unread(bot: TestBot) -> None:
    bot.house.engine.intake.unread = 3


LIVE: dict[str, tuple[Callable[[TestBot], Awaitable[None]], str, str]] = {
    "a platform that rests": (resting, "platform fake", "the token is refused: make a new one"),
    "a clock that jumped": (jumped, "clock", "timedatectl set-ntp true"),
    "a round that is late": (write(a_round_late), "rounds", "start the bot anew"),
    "a timer that is late": (write(a_round_late), "timers", "see whether the bot runs"),
    "an outbox that is stuck": (write(stuck), "outbox", "see which platform rests"),
    "deliveries given up": (write(parked), "parked", "look for `parked` in the log"),
    "an urgent case left alone": (write(urgent), "urgent cases", "call whoever is on call"),
    "staff that never wrote": (write(strangers), "staff", "correct the account, or ask them to write once"),
    "words passed unread": (unread, "screener", "look for `screener failed` in the log"),
}


@pytest.mark.parametrize("trouble", LIVE)
async def test_a_trouble_of_the_running_bot_is_named_with_its_remedy(tmp_path: Path, trouble: str) -> None:
    plant, about, remedy = LIVE[trouble]
    async with serving(tmp_path) as bot:
        assert not any(one.startswith(f"{about}: ") for one in await asyncio.to_thread(told, tmp_path))
        await plant(bot)
        expect(await asyncio.to_thread(told, tmp_path), about, remedy)


async def test_a_page_that_takes_no_connection_though_the_bot_runs_is_named(tmp_path: Path) -> None:
    async with serving(tmp_path, port=free_port()):
        found = await asyncio.to_thread(told, tmp_path)
    expect(found, "platform web", "nobody takes a connection on 127.0.0.1")


@pytest.mark.parametrize("answer", [{"fault": "the bot does not know the request"}, {"stored": {"new": 1}}])
async def test_a_bot_of_another_version_is_named(house: Path, answer: Answer) -> None:
    async def other(_request: str, _asked: Asked) -> Answer:
        return answer

    async with listening(house / "keys", other):
        expect(await asyncio.to_thread(told, house), "version", "start it anew")


# ── Thresholds ──────────────────────────────────────────────────────────────────────────

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
ROOM = KeptVitals(free=900_000 * MEGABYTE, size=10**12, backup=AT)


def diagnosis(
    stored: StoredVitals | None = None, kept: KeptVitals = ROOM, process: ProcessVitals | None = None
) -> list[Finding]:
    return diagnosed(Vitals(stored or StoredVitals(AT, team=2, on_shift=1), kept, process), public=True)


def test_a_house_that_is_well_has_no_finding() -> None:
    assert diagnosis(process=ProcessVitals(__version__, files=10, files_limit=65536)) == []


@pytest.mark.parametrize(
    ("kept", "grade", "about"),
    [
        (KeptVitals(free=100 * MEGABYTE, size=10**12, backup=AT), Grade.DANGER, "disk"),
        (KeptVitals(free=900 * MEGABYTE, size=10**12, backup=AT), Grade.WRONG, "disk"),
        (KeptVitals(free=10**12, size=10**13, log=400 * MEGABYTE, backup=AT), Grade.WRONG, "write-ahead log"),
    ],
)
def test_what_the_disk_lacks(kept: KeptVitals, grade: Grade, about: str) -> None:
    (found,) = diagnosis(kept=kept)
    assert (found.grade, found.about) == (grade, about)


@pytest.mark.parametrize(
    ("process", "about"),
    [
        (ProcessVitals("1", files=60_000, files_limit=65_536), "open files"),
        (ProcessVitals("1", files=9, files_limit=256), "open files"),
        (ProcessVitals("1", missed=101), "second opinion"),
    ],
)
def test_what_the_process_lacks(process: ProcessVitals, about: str) -> None:
    (found,) = diagnosis(process=process)
    assert found.about == about


def test_nobody_on_shift_is_worth_a_look_and_grave_beside_an_urgent_case() -> None:
    (calm,) = diagnosis(StoredVitals(AT, team=2))
    (grave,) = diagnosis(StoredVitals(AT, team=2, urgent=Backlog(1, AT)))
    assert (calm.grade, grave.grade) == (Grade.LOOK, Grade.DANGER)


def test_help_lines_are_one_line_and_the_crisis_policy_is_not_hidden_among_them() -> None:
    lines = ("crisis_policy.version is empty: write it", *[f"crisis lines of {one}: 3 are old" for one in ("US", "DE")])
    policy, folded = diagnosis(StoredVitals(AT, team=2, on_shift=1, lines=lines))
    assert policy.sentence == lines[0]
    assert "DE, US need a person's check" in folded.sentence
