"""What is never punished, what is, and that having pills is no dealing: whole messages through the shipped screener."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Label, Outcome
from buddybot.rules.decide import Screener

TABLE = tomllib.loads(Path(__file__).with_name("consequences.toml").read_text("utf-8"))
CLAIMS = TABLE.pop("claims")
FREE = [(kind, text) for kind, rows in TABLE.items() for text in rows.get("free", [])]
ACTED = [(kind, text, Outcome[rows["least"]]) for kind, rows in TABLE.items() for text in rows.get("acted", [])]
HAVING = ["i have", "i got", "ive got", "i've still got", "there are", "tengo"]
THINGS = [
    "the pills",
    "my pills",
    "oxys",
    "percs",
    "a bottle of xanax",
    "my subs",
    "fentanyl",
    "enough pills",
    "las pastillas",
]
WHERE = [
    "here",
    "in my hand",
    "in the drawer",
    "in front of me",
    "at home",
    "and im scared",
    "aqui",
    "lined up",
    "left",
]


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@pytest.mark.parametrize(("kind", "text"), FREE)
def test_what_is_no_harm_is_delivered(kind: str, text: str) -> None:
    reading = screener().screen(text)
    assert reading.verdict.outcome <= Outcome.NOTE, (kind, reading.verdict)


@pytest.mark.parametrize(("kind", "text", "least"), ACTED)
def test_a_harm_has_its_consequence(kind: str, text: str, least: Outcome) -> None:
    assert screener().screen(text).verdict.outcome >= least, kind


@given(st.sampled_from(HAVING), st.sampled_from(THINGS), st.sampled_from(WHERE))
@settings(max_examples=200)
def test_having_pills_is_never_an_offer(having: str, things: str, where: str) -> None:
    assert screener().screen(f"{having} {things} {where}").verdict.outcome <= Outcome.NOTE


@pytest.mark.parametrize("row", CLAIMS["asserted"], ids=str)
def test_an_asserted_claim_brings_its_card(row: dict[str, str]) -> None:
    reading = screener().screen(row["text"])
    assert (reading.claim, reading.verdict.outcome) == (row["claim"], Outcome.NOTE)


@pytest.mark.parametrize("text", CLAIMS["otherwise"])
def test_a_claim_that_is_asked_refuted_or_a_doctors_brings_none(text: str) -> None:
    reading = screener().screen(text)
    assert Label.MISINFO not in reading.labels
    assert reading.claim is None


def test_what_protects_does_not_hide_an_offer_or_a_threat_beside_it() -> None:
    for kind, text in FREE:
        if kind in {"sourcing", "possession"}:
            said = screener().screen(f"{text}. selling percs, 30 each, hmu")
            assert said.is_crisis or said.verdict.outcome >= Outcome.HOLD, text
