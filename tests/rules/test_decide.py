"""What follows from what was seen: exempt first, a cry for help delivered, nothing harsh without a frame."""

import dataclasses
from functools import cache

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Label, Outcome, Screening
from buddybot.rules.decide import Screener


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def judged(text: str, **scores: float) -> Screening:
    """Decide about `text` as if the opinion had said these scores and nothing else."""
    read = screener().read(text)
    calm = dict.fromkeys(read.scores, -9.0)
    return screener().decide(dataclasses.replace(read, scores={**calm, **scores}))


@pytest.mark.parametrize(
    ("text", "label", "outcome"),
    [
        ("percs for sale, 30 dollars each", "sourcing", Outcome.QUARANTINE),
        ("anyone got percs", "sourcing", Outcome.HOLD),
        ("the weather is nice", "sourcing", Outcome.DELIVER),
        ("you are a worthless junkie", "harassment", Outcome.HOLD),
        ("i bought percs yesterday", "sourcing", Outcome.DELIVER),
        ("call me on 212-456-7890", "pii", Outcome.NUDGE),
        ("the weather is nice", "misinfo", Outcome.NOTE),
        ("the weather is nice", "graphic", Outcome.NOTE),
    ],
)
def test_harshness_needs_a_frame_that_agrees(text: str, label: str, outcome: Outcome) -> None:
    reading = judged(text, **{label: 9.0})
    assert reading.labels == {Label(label)}
    assert reading.verdict.outcome is outcome


def test_a_frame_without_the_opinion_gives_no_label() -> None:
    assert judged("got percs for sale, 30 each, hmu").labels == frozenset()


def test_a_cry_for_help_wins_over_every_rule() -> None:
    reading = judged("got percs for sale, 30 each, hmu", sourcing=9.0, crisis=9.0, L3=1.0)
    assert reading.verdict.outcome is Outcome.DELIVER
    assert reading.level is Level.L3


def test_distress_is_a_level_without_a_label() -> None:
    reading = judged("i am alone and can't stand this withdrawal")
    assert (reading.labels, reading.level) == (frozenset(), Level.L0)


def test_a_lane_the_opinion_names_is_kept() -> None:
    assert [lane.value for lane in judged("the weather is nice", crisis=9.0, V=1.0).lanes] == ["V"]


def test_a_claim_is_named_only_where_misinformation_is_seen() -> None:
    text = "just put him in a cold shower, it wakes him from an overdose"
    assert judged(text, misinfo=9.0).claim is not None
    assert judged(text).claim is None


@pytest.mark.parametrize(
    ("text", "gentle"),
    [
        ("my brother died of an overdose last year", Gentle.LOSS),
        ("i miss him so much, we buried my son in may", Gentle.LOSS),
        ("murio mi hermano y lo enterramos en mayo", Gentle.LOSS),
        ("i used to want to kill myself years ago", Gentle.SURVIVED),
        ("i overdosed last year", Gentle.SURVIVED),
        ("i relapsed and i feel awful", Gentle.USED),
        ("recai anoche", Gentle.USED),
        ("the weather is nice", None),
        ("i bought percs yesterday", None),
        ("did you overdose last year?", None),
    ],
)
def test_what_is_over_asks_for_a_soft_answer(text: str, gentle: Gentle | None) -> None:
    assert judged(text).gentle is gentle


def test_a_cry_for_help_is_never_answered_softly_instead() -> None:
    reading = judged("i overdosed last year", crisis=9.0, L2=1.0)
    assert (reading.is_crisis, reading.gentle) == (True, None)


@pytest.mark.parametrize("text", ["i'm not suicidal but i'm so tired", "no soy suicida pero no puedo más"])
def test_a_denial_is_asked_about_at_l1(text: str) -> None:
    assert judged(text, crisis=9.0, L2=1.0).level is Level.L1


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("i'm not suicidal, i just took the whole bottle", {"L2": 1.0}),
        ("i'm not suicidal but it is all arranged", {"L3": 1.0}),
    ],
)
def test_a_denial_hides_no_act_and_no_plan(text: str, scores: dict[str, float]) -> None:
    level = judged(text, crisis=9.0, **scores).level
    assert level is not None
    assert level >= Level.L3


def test_a_denial_hides_no_lane() -> None:
    assert judged("i'm not suicidal", crisis=9.0, L2=1.0, V=1.0).level is Level.L2


def test_a_row_of_faces_is_no_contact_and_no_attack() -> None:
    assert judged("😀" * 300, pii=9.0, harassment=9.0, graphic=9.0).labels == frozenset()
    assert judged("🔫" * 3, crisis=9.0, L2=1.0).is_crisis
