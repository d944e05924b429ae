"""What leaves the house: a quarter is published once, holds nobody who took their yes back, and says why it is not."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.programmes.counted import Counted, decline
from buddybot.domain.programmes.disclosure import CountTable
from buddybot.domain.programmes.quarters import Quarter
from buddybot.domain.talk.rooms import Ending
from buddybot.service.people import erasure
from buddybot.service.programmes.counting import RESEARCH, counted_in, tables_of
from buddybot.service.programmes.publishing import handed_over
from buddybot.testing import TestBot
from tests.keeping.kept import serving, shell
from tests.stories.programmes.inviting import CLINIC, code_of, counted_member, operate

Q1 = Quarter(2026, 1)


async def clinic(bot: TestBot) -> str:
    await code_of(bot)
    (programme,) = await bot.house.store.read(lambda tx: tx.invites.programmes())
    return programme.id


async def populated(bot: TestBot, people: int, quarter: Quarter = Q1, subject: str = "") -> str:
    """Let so many people be counted for the clinic, and for research; return the clinic's id."""
    programme = subject or await clinic(bot)
    said = Counted(programme, since=str(quarter), research_since=str(quarter), terms="2026-11-30")
    for number in range(people):
        await bot.house.store.write(lambda tx: counted_member(tx, number, said, quarter))
    return programme


async def counts(bot: TestBot, subject: str, quarter: Quarter = Q1) -> tuple[int, list[CountTable]]:
    return await bot.house.store.read(
        lambda tx: (
            len(counted_in(tx, subject, quarter)),
            tables_of(tx, bot.house.engine.turn(tx).book, subject, quarter),
        )
    )


async def publish(bot: TestBot, subject: str, quarter: Quarter = Q1) -> Mapping[str, object]:
    people, tables = await counts(bot, subject, quarter)
    return await operate(
        bot, "publish", subject=subject, quarter=str(quarter), counted=people, counts=handed_over(tables)
    )


async def test_what_is_counted(bot: TestBot) -> None:
    subject = await populated(bot, 3)
    await bot.house.store.write(lambda tx: tx.outcomes.rate(RoomId("room1"), MemberId("counted1"), 14, "felt_heard", 1))
    await bot.house.store.write(
        lambda tx: tx.rooms.close(RoomId("room2"), Ending.GOODBYE, datetime(2026, 1, 25, tzinfo=UTC))
    )
    _, tables = await counts(bot, subject)
    found = {table.name: {cell[0]: n for cell, n in table.counts.items()} for table in tables}
    assert found == {
        "people": {"all": 3},
        "weeks": {"0-3": 0, "4-8": 0, "9-13": 3},
        "pairs": {"yes": 2, "no": 1},
        "heard": {"yes": 2, "no": 1},
        "safe": {"yes": 3, "no": 0},
    }
    _, later = await counts(bot, subject, Q1.later(1))
    assert [sum(table.counts.values()) for table in later] == [3, 3, 0, 0, 0]
    _, before = await counts(bot, subject, Q1.later(-1))
    assert not any(n for table in before for n in table.counts.values())


async def test_a_quarter_is_published_once_whatever_people_say_later(bot: TestBot) -> None:
    subject = await populated(bot, 40)
    first = await publish(bot, subject)
    assert first["again"] is False
    await bot.house.store.write(lambda tx: tx.counted.save(MemberId("counted1"), decline(tx.counted.of(one(1)))))
    await bot.house.store.write(lambda tx: erasure.erase_member(bot.house.engine.turn(tx), one(2)))
    again = await publish(bot, subject)
    assert again["again"] is True
    assert again["tables"] == first["tables"]
    kept = await bot.house.store.read(lambda tx: tx.db.rows("SELECT numbers FROM published"))
    assert len(kept) == 1
    assert "counted" not in str(kept[0][0])


def one(number: int) -> MemberId:
    return MemberId(f"counted{number}")


@pytest.mark.parametrize("how", ["taken back", "erased"])
async def test_who_took_it_back_or_is_gone_is_in_nothing_published_later(bot: TestBot, how: str) -> None:
    subject = await populated(bot, 3)
    if how == "erased":
        await bot.house.store.write(lambda tx: erasure.erase_member(bot.house.engine.turn(tx), one(1)))
    else:
        await bot.house.store.write(lambda tx: tx.counted.save(one(1), decline(tx.counted.of(one(1)))))
    people, tables = await counts(bot, subject)
    assert people == 2
    assert all(sum(table.counts.values()) == 2 for table in tables)


async def test_who_takes_it_back_between_counting_and_publishing_is_not_published(bot: TestBot) -> None:
    subject = await populated(bot, 40)
    people, tables = await counts(bot, subject)
    await bot.house.store.write(lambda tx: tx.counted.save(one(1), decline(tx.counted.of(one(1)))))
    told = await operate(bot, "publish", subject=subject, quarter=str(Q1), counted=people, counts=handed_over(tables))
    assert told == {"changed": True}
    assert await bot.house.store.read(lambda tx: tx.published.of(subject, Q1)) is None


async def test_too_few_are_frozen_as_too_few(bot: TestBot) -> None:
    subject = await populated(bot, 9)
    for _ in range(2):
        told = await publish(bot, subject)
        assert all(n is None for table in tables_in(told).values() for n in table.values())


def tables_in(told: Mapping[str, object]) -> Mapping[str, Mapping[str, int | None]]:
    found = told["tables"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"quarter": "2026-Q4"}, "is not over"),
        ({"quarter": "2026-11"}, "about one quarter"),
        ({"subject": "nowhere"}, "no such programme"),
        ({"subject": RESEARCH}, "research export is off"),
        ({"counts": {"people": {"all": 999}}}, "no counts of this version"),
        ({"counts": {"people": {"all": "many"}, "weeks": {}, "pairs": {}, "heard": {}, "safe": {}}}, "no counts of"),
    ],
)
async def test_what_can_not_be_published_says_why(bot: TestBot, changed: dict[str, object], why: str) -> None:
    subject = await clinic(bot)
    asked: dict[str, object] = {"subject": subject, "quarter": str(Q1), "counted": 0}
    assert why in str((await operate(bot, "publish", **(asked | changed)))["fault"])


async def test_an_ended_programme_counts_nobody_in_a_quarter_that_began_later(bot: TestBot) -> None:
    subject = await populated(bot, 3)
    ended = datetime(2025, 12, 31, tzinfo=UTC)
    await bot.house.store.write(lambda tx: tx.invites.end(subject, ended))
    assert "ended before 2026-Q1" in str((await publish(bot, subject))["fault"])


# ── The command, beside the running bot ─────────────────────────────────────────────────


ENGLISH = (
    'lang="en"',
    "Do you feel heard?",
    "not shown",
    "Written on",
    "How to read",
    "by chance (most",
    "quarter</th>",
)
SPANISH = (
    'lang="es"',
    "¿Sientes que te",
    "no se muestra",
    "Escrito el",
    "Cómo leer",
    "El azar movió",
    "trimestre</th>",
)


async def test_a_report_is_written_while_the_bot_runs_and_again_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    ask = ("report", CLINIC.upper(), "--from", "2026-01-01", "--to", "2026-Q2", "--out", str(out))
    async with serving(tmp_path) as bot:
        await populated(bot, 45)
        assert await shell(tmp_path, *ask) == 0
        page, table = sorted(out.glob("report-harbour-clinic-2026-Q1-2026-Q2.*"), reverse=True)
        before = page.read_text(), table.read_text()
        await bot.house.store.write(lambda tx: tx.counted.save(one(1), decline(tx.counted.of(one(1)))))
        assert await shell(tmp_path, *ask) == 0
        assert (page.read_text(), table.read_text()) == before
        assert "counted1" not in before[0] + before[1]
        assert await shell(tmp_path, *ask, "--language", "es") == 0
        spanish = (out / f"{page.stem}-es.html").read_text()
        assert [said for said in SPANISH if said not in spanish] == []
        assert [said for said in ENGLISH if said in spanish] == []
        assert table.read_text() == before[1], "the table for machines knows no language"
        audited = await bot.house.store.read(lambda tx: tx.audit.entries())
        assert [entry.detail for entry in audited if entry.what == "publish"] == ["2026-Q1", "2026-Q2"]
    read = csv.DictReader(before[1].splitlines())
    rows = {(row["quarter"], row["measure"], row["answer"]): row["people"] for row in read}
    assert int(rows["2026-Q1", "people", "all"]) in range(25, 70)
    assert rows["2026-Q1", "weeks", "0-3"] == ""
    assert [said for said in ENGLISH if said not in before[0]] == []
    assert before[1].startswith("quarter,measure,answer,people\n")
    assert "<script" not in before[0]
    assert "<svg" in before[0]
    assert before[0].count("<table") == 5
    capsys.readouterr()
    for wrong, said in (
        (("report", "Nowhere", "--from", "2026-Q1", "--to", "2026-Q1"), f"there are: {CLINIC}"),
        (("report", CLINIC, "--from", "2026-02-01", "--to", "2026-Q1"), "inside 2026-Q1"),
        (("report", CLINIC, "--from", "2026-Q1", "--to", "2026-Q1", "--language", "xx"), "there are: en, es"),
        (("report", CLINIC, "--from", "2000-Q1", "--to", "2026-Q1"), "20 quarters"),
        (("report", CLINIC, "--from", "2025-Q1", "--to", "2025-Q1", "--out", str(out)), "nothing was written"),
        (("research", "export", "--quarter", "2026-Q1"), "research export is off"),
    ):
        assert await shell(tmp_path, *wrong) in {1, 2}
        assert said in capsys.readouterr().err


async def test_the_research_export_brings_its_dictionary_and_its_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, asking = tmp_path / "out", ("research", "export", "--quarter", "2026-Q1", "--out")
    async with serving(tmp_path) as bot:
        (tmp_path / "config.toml").write_text(
            f"{(tmp_path / 'config.toml').read_text()}\n[programmes]\nresearch = true\n", encoding="utf-8"
        )
        await populated(bot, 50)
    assert await shell(tmp_path, *asking, str(out)) == 0
    found = {path.name: path.read_text() for path in out.iterdir()}
    assert set(found) == {f"research-2026-Q1{end}" for end in (".csv", "-dictionary.md", "-consent.md")}
    assert "people,all," in found["research-2026-Q1.csv"]
    assert "May I count you for research?" in found["research-2026-Q1-consent.md"]
    assert "¿Puedo contarte para investigación?" in found["research-2026-Q1-consent.md"]
    assert await shell(tmp_path, *asking, str(tmp_path / "again")) == 0
    again = tmp_path / "again" / "research-2026-Q1.csv"
    assert again.read_text() == found["research-2026-Q1.csv"]
    assert await shell(tmp_path, "research", "export", "--quarter", "2025-Q1") == 1
    assert "too few people" in capsys.readouterr().err
