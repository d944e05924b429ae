"""Whose danger it is, what is at hand, what pushes somebody, and in which language."""

from functools import cache

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Label, Outcome, Screening
from buddybot.rules.decide import Screener


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def read(text: str) -> Screening:
    return screener().screen(text)


@pytest.mark.parametrize(
    "text",
    [
        "the pills",
        "the gun",
        "i have the pills here",
        "yes i have pills",
        "i have enough pills",
        "i have the gun here",
        "i have oxys in my cabinet, scared ill take them",
        "the rope is in the garage",
        "i have a knife in my hand",
        "got the rope ready",
        "my bottle of pills is next to me",
        "i got a razor in the drawer",
        "there's a gun in the closet",
        "i kept my methadone in the bathroom",
        "staring at the pills on my table",
        "tengo las pastillas aquí",
        "la soga",
        "tengo una pistola en la casa",
        "ich habe die Tabletten hier",
        "j'ai les comprimés devant moi",
        "ho le pastiglie qui",
        "tenho os comprimidos aqui",
    ],
)
def test_means_at_hand_are_named_and_are_never_an_offer(text: str) -> None:
    reading = read(text)
    assert reading.means
    assert reading.first_person
    assert Label.SOURCING not in reading.labels
    assert reading.verdict.outcome is Outcome.DELIVER


@pytest.mark.parametrize(
    "text", ["i want to buy a car", "take care of yourself", "the meeting is at nine", "he has a boat"]
)
def test_what_is_no_means_is_not_named(text: str) -> None:
    assert not read(text).means


@pytest.mark.parametrize(
    "text",
    [
        "kys",
        "kys lol",
        "kill yourself",
        "just kill yourself already",
        "go die",
        "nobody would miss you, jump",
        "you should kill yourself",
        "hope you overdose",
        "i hope you die",
        "why don't you just die",
        "drink bleach lol go die",
        "the world is better without you, kill yourself",
        "no one would care if you died",
        "you're better off dead",
        "do us all a favor and overdose",
        "matate",
        "muérete",
        "deberías matarte",
        "bring dich um",
        "va te pendre",
        "ammazzati",
        "vai se matar",
    ],
)
def test_telling_somebody_to_die_is_held_and_is_no_cry(text: str) -> None:
    reading = read(text)
    assert reading.urging_sure
    assert reading.urging
    assert reading.aimed
    assert not reading.is_crisis
    assert not reading.first_person
    assert Label.HARASSMENT in reading.labels
    assert (reading.verdict.rule, reading.verdict.outcome) == ("urging", Outcome.QUARANTINE)


@pytest.mark.parametrize("text", ["then just do it, who cares", "do it then", "nobody cares", "go ahead", "pues hazlo"])
def test_a_goad_counts_only_in_context(text: str) -> None:
    reading = read(text)
    assert (reading.urging, reading.urging_sure, reading.aimed) == (True, False, False)
    assert reading.verdict.outcome is Outcome.DELIVER


@pytest.mark.parametrize(
    "text",
    [
        "please don't kill yourself",
        "are you thinking of killing yourself?",
        "he told me to kill myself",
        "they said kys to me",
        "he told me to kys",
        "i would never tell you to die",
        "are you going to hurt yourself?",
    ],
)
def test_words_of_care_and_reports_are_no_urging(text: str) -> None:
    assert not read(text).urging_sure


@pytest.mark.parametrize("text", ["kys. i want to die", "kill yourself, i'm going to kill myself too"])
def test_a_cry_beside_urging_is_still_a_cry(text: str) -> None:
    reading = read(text)
    assert reading.is_crisis
    assert reading.urging_sure
    assert reading.verdict.outcome is Outcome.DELIVER


@pytest.mark.parametrize(
    "text",
    [
        "got percs for sale, 30 each, hmu",
        "selling xans",
        "i can get you some oxys",
        "i will find you",
        "i know where you live",
        "send nudes",
        "what are you wearing",
        "vendo pastillas",
        "te voy a matar",
        "kill yourself",
    ],
)
def test_what_is_unmistakable_is_aimed(text: str) -> None:
    assert read(text).aimed


@pytest.mark.parametrize(
    "text",
    [
        "i have percs in my bag",
        "i bought xans yesterday",
        "my dealer said he can get you oxys",
        "you are so kind",
        "call me on 212-456-7890",
        "i will find you a meeting",
        "where can i get naloxone",
    ],
)
def test_doubt_is_not_aimed(text: str) -> None:
    assert not read(text).aimed


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("i took them all", True),
        ("i want to die", True),
        ("i drank bleach", True),
        ("quiero morir", True),
        ("he is blue", False),
        ("she won't wake up", False),
        ("call an ambulance", False),
        ("no respira", False),
        ("omg help me what do i do", False),
        ("my baby ate a pill", False),
        ("the weather is nice", False),
        ("my friend is overdosing and i want to die", True),
    ],
)
def test_the_danger_is_the_authors_own_or_not(text: str, *, own: bool) -> None:
    assert read(text).first_person is own


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello how are you today", "en"),
        ("Hola, ¿cómo estás hoy?", "es"),
        ("Guten Tag, wie geht es dir heute?", "de"),
        ("bonjour je suis fatigué mais ça va", "fr"),
        ("oggi sono molto stanco", "it"),
        ("hoje estou muito cansado", "pt"),
        ("quiero morir", "es"),
        ("ich will sterben", "de"),
        ("я хочу умереть", "ru"),
        ("я хочу померти", "uk"),
        ("死にたい", "ja"),
        ("我想死", "zh"),
        ("죽고 싶어", "ko"),
        ("ölmek istiyorum", "tr"),
        ("Я сегодня устал", "ru"),
        ("ok", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_where_it_is_clear(text: str, language: str) -> None:
    assert read(text).language == language


@pytest.mark.parametrize(
    ("text", "lanes"),
    [("he kicked my door in", {"V"}), ("im stepping in front of a train", set()), ("she hasnt texted back", set())],
)
def test_doors_trains_and_silence_are_no_overdose_of_another(text: str, lanes: set[str]) -> None:
    assert {str(lane) for lane in read(text).lanes} == lanes
