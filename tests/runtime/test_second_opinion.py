"""The second reader on the real network: it answers, or is left out and counted; it never stops a message."""

import asyncio
import hashlib
import json
import logging
import math
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buddybot.content import ContentError, content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Label, Outcome
from buddybot.rules.decide import Screener
from buddybot.rules.second import SecondOpinion
from buddybot.runtime.second.encoder import FILE, NEAR, Encoder
from buddybot.runtime.second.reader import MOST_PARTS, MOST_WAITING, SecondReader, second_reader

GOLDEN = json.loads((Path(__file__).parent / "encoder_golden.json").read_text("utf-8"))
CONTACTS = tomllib.loads((Path(__file__).parents[1] / "rules" / "contacts.toml").read_text("utf-8"))
LOOKALIKES = [text for kind in CONTACTS.values() for text in kind.get("none", [])]
PATIENT = 60.0
TOLERANCE, MEAN_TOLERANCE = 1.5, 0.35
"""Processors round int8 arithmetic differently, 0.8 at most as seen on two of them; logits run from -9 to 9."""


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(content_dir())


@pytest.fixture
def reader(encoder: Encoder) -> Iterator[SecondReader]:
    made = SecondReader(encoder, PATIENT)
    yield made
    made.close()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a data folder with what the encoder reads, to be broken."""
    for folder in ("model", "lexicon"):
        shutil.copytree(content_dir() / folder, tmp_path / folder)
    return tmp_path


def test_the_shipped_file_is_the_one_that_was_measured() -> None:
    assert hashlib.sha256((content_dir() / FILE).read_bytes()).hexdigest() == GOLDEN["sha256"]


@pytest.mark.parametrize("text", GOLDEN["logits"])
def test_the_shipped_file_says_what_it_said(encoder: Encoder, text: str) -> None:
    assert list(encoder.labels) == GOLDEN["labels"]
    found, golden = encoder.logits(text), GOLDEN["logits"][text]
    assert found == pytest.approx(golden, abs=TOLERANCE)
    assert sum(abs(one - other) for one, other in zip(found, golden, strict=True)) / len(golden) < MEAN_TOLERANCE


def test_the_shipped_file_was_trained_with_the_letters_shipped(caplog: pytest.LogCaptureFixture) -> None:
    Encoder(content_dir())
    assert caplog.messages == []


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_contact_is_none_for_both_opinions_together(encoder: Encoder, text: str) -> None:
    read = screener().read(text)
    said = screener().decide(read, SecondOpinion(encoder.labels, tuple(map(encoder.logits, read.parts))))
    assert Label.PII not in said.labels or said.verdict.outcome <= Outcome.NOTE


async def test_each_part_gets_a_row_in_order(reader: SecondReader, encoder: Encoder) -> None:
    parts = ("made soup. i want to die", "made soup", "i want to die")
    found = await reader.of(parts)
    assert found is not None
    assert found.labels == encoder.labels
    assert found.logits == tuple(map(encoder.logits, parts))
    crisis = found.labels.index("crisis")
    assert found.logits[2][crisis] > 0 > found.logits[1][crisis]


async def test_a_text_reads_the_same_whatever_stands_beside_it(reader: SecondReader) -> None:
    alone = await reader.of(("hello there",))
    beside = await reader.of(("he wont wake up, please " * 30, "hello there"))
    assert alone is not None
    assert beside is not None
    assert alone.logits[0] == beside.logits[1]


async def test_nothing_is_read_of_nothing(reader: SecondReader) -> None:
    assert await reader.of(()) is None
    assert not reader.missed


@pytest.mark.parametrize("text", ["a" * 1_000_000, "no more " * 125_000, "\U0001f4a9" * 250_000, "\u0301" * 500_000])
async def test_a_text_of_a_megabyte_is_read(reader: SecondReader, text: str) -> None:
    found = await reader.of([text] * 100)
    assert found is not None
    assert len(found.logits) == MOST_PARTS


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(st.characters(codec=None), max_size=300))
def test_any_text_gets_finite_numbers(encoder: Encoder, text: str) -> None:
    assert all(map(math.isfinite, encoder.logits(text)))


async def test_of_a_thousand_notes_at_once_some_are_read_and_all_come_back(
    reader: SecondReader, caplog: pytest.LogCaptureFixture
) -> None:
    notes = [f"note number {at}, still at the bus stop" for at in range(1000)]
    found = await asyncio.gather(*(reader.of((note,)) for note in notes))
    assert sum(one is not None for one in found) == MOST_WAITING
    assert reader.missed.total() == 1000 - MOST_WAITING
    assert len(caplog.messages) == 1
    assert await reader.of(("and then it is quiet again",)) is not None


class Slow:
    """The shipped encoder, kept from answering until it may go on."""

    def __init__(self, encoder: Encoder) -> None:
        self.labels, self._encoder, self.go_on = encoder.labels, encoder, threading.Event()

    def logits(self, text: str) -> tuple[float, ...]:
        self.go_on.wait()
        return self._encoder.logits(text)


async def test_what_is_late_is_left_out_and_counted(encoder: Encoder, caplog: pytest.LogCaptureFixture) -> None:
    slow = Slow(encoder)
    hasty = SecondReader(slow, limit=1e-6)
    for at in range(5):
        assert await hasty.of((f"my secret words {at}",)) is None
    slow.go_on.set()
    hasty.close()
    assert hasty.missed == {"late": 5}
    assert caplog.messages == ["messages were read without a second opinion (late: 1)"]


async def test_what_breaks_is_left_out_and_counted(encoder: Encoder, caplog: pytest.LogCaptureFixture) -> None:
    closed = SecondReader(encoder, PATIENT)
    closed.close()
    assert await closed.of(("my secret words",)) is None
    assert closed.missed == {"RuntimeError": 1}
    assert "secret" not in caplog.text


async def test_a_sender_who_hangs_up_frees_the_place(reader: SecondReader) -> None:
    for _ in range(3 * MOST_WAITING):
        task = asyncio.create_task(reader.of(("a long story " * 9,) * MOST_PARTS))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert await reader.of(("hello",)) is not None
    assert not reader.missed


# ── Files that can't be used ────────────────────────────────────────────────────────────


def refused(content: Path, caplog: pytest.LogCaptureFixture) -> str:
    """Return the one sentence in the log with which the bot goes on without second opinions."""
    with caplog.at_level(logging.WARNING):
        assert second_reader(content) is None
    (sentence,) = caplog.messages
    assert str(FILE) in sentence
    return sentence


def test_a_missing_file_is_told(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    (content / FILE).unlink()
    assert "reinstall buddybot" in refused(content, caplog)


@pytest.mark.parametrize("kept", [0.0, 0.000_01, 0.3, 0.99, 0.999_999])
def test_a_file_that_was_cut_is_told(content: Path, caplog: pytest.LogCaptureFixture, kept: float) -> None:
    whole = (content / FILE).read_bytes()
    (content / FILE).write_bytes(whole[: int(len(whole) * kept)])
    assert "reinstall buddybot" in refused(content, caplog)


def test_a_file_of_another_version_is_told(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = (content / FILE).read_bytes()
    changed = whole.replace(b"\x0a\x07version\x12\x011", b"\x0a\x07version\x12\x012")
    assert changed != whole
    (content / FILE).write_bytes(changed)
    assert "this program reads version 1" in refused(content, caplog)


def test_a_file_whose_weights_were_damaged_is_told(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = bytearray((content / FILE).read_bytes())
    for at in range(13_000_000, 20_000_000, 3):
        whole[at] ^= 0x55
    (content / FILE).write_bytes(whole)
    refused(content, caplog)


def test_other_letters_than_it_was_trained_with_are_told(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (content / "lexicon" / "folding.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    reader = second_reader(content)
    assert reader is not None
    reader.close()
    assert "make train" in caplog.text


def test_without_onnxruntime_the_bot_goes_on(tmp_path: Path) -> None:
    lines = (
        "import sys; sys.modules['onnxruntime'] = None",
        "from pathlib import Path",
        "from buddybot.runtime.second.reader import second_reader",
        f"print(second_reader(Path({str(tmp_path)!r})))",
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"
    assert "install buddybot with the extra `semantic`" in done.stderr


def test_no_limit_means_no_second_reader() -> None:
    assert second_reader(content_dir(), limit=0) is None


def test_the_proof_is_nearer_than_the_tolerance() -> None:
    assert TOLERANCE < NEAR
    with pytest.raises(ContentError, match=r"missing|weights"):
        Encoder(Path("nowhere"))
