"""A cry is heard as when it stands alone, whatever stands before it, behind it or around it."""

import random
import tomllib
from functools import cache
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Screening
from buddybot.rules.decide import Screener

BARE = tomllib.loads(Path(__file__).with_name("bare.toml").read_text("utf-8"))
CRIES = [text for table in BARE.values() for text in table["said"].splitlines() if text.isascii()]
BEGINNINGS = [
    "hola ",
    "hola. ",
    "hi. ",
    "lol ",
    "haha ",
    "hey ",
    "thanks for listening. ",
    "they told me it gets better but ",
    "my mom said hi. ",
    "years ago i was fine. ",
    "my sponsor says one day at a time, but ",
    "idk, ",
    "he left me and ",
    "i used to be happy. ",
    "not gonna lie, ",
    "so tired. ",
    "good morning! ",
    "my pharmacist gave me naloxone. ",
    "i watched a movie last night. ",
    "i heard a song about rain today. ",
    "no one died. ",
    "everything is fine. ",
    "omg 😂 ",
    "ok so ",
    "people say it passes but ",
    "she was here yesterday. ",
    "don't worry, ",
    "i'm not crazy, ",
    "the game was great last week. ",
    "ugh ",
    "😭😭 ",
    "jk jk. ",
    "i read a book in the park. ",
    "my ex was mean once. ",
    "last year was good. ",
    "she says hello. ",
    "i don't know why but ",
]
ENDINGS = [
    " lol",
    " 😂",
    " haha",
    "... thanks for your support",
    ". how are you?",
    ", can't do this anymore",
    " jk",
    ". they told me it gets better",
    ". my mom was here yesterday",
    " 💀",
    " anyway, work was okay",
    ". did you watch the game?",
    " sorry",
    ". I used to run last year",
    "!!!",
    ". good night",
    ". thanks",
    " but i'm fine",
    ", my friend said to call 988",
    ". the movie was good",
    ". i survived last week",
    ". never mind",
    ". not today though",
    " ok bye",
    ". my dog is cute",
    ". years ago i was a cook",
    ". he said no",
    ". no worries",
    ". that song is great",
    ". i'm grateful for you all",
]
EVERYDAY = [
    "my appointment got moved to thursday",
    "do you like soup",
    "i saw my old teacher at the shop and she said hi",
    "work was okay",
    "did you watch the game",
    "the bus was late again",
    "my sister sent me a photo of her garden",
    "we had rice and beans",
    "it rained all day",
    "the clinic opens at eight",
    "my neighbour has a new bike",
    "i slept five hours",
    "thanks for asking yesterday",
    "they painted the hallway",
    "i found a nice mug",
    "my cousin is funny",
    "the meeting was long",
    "i like mornings",
    "he lent me a book once",
    "we used to live near the sea",
]


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@cache
def alone(cry: str) -> Screening:
    return screener().screen(cry)


def heard_as_alone(cry: str, text: str) -> bool:
    by_itself, reading = alone(cry), screener().screen(text)
    level = -1 if reading.level is None else reading.level
    least = -1 if by_itself.level is None else by_itself.level
    return reading.is_crisis and level >= least and by_itself.lanes <= reading.lanes and reading.gentle is None


def test_nothing_before_or_behind_a_cry_silences_or_lowers_it() -> None:
    chance = random.Random(29)
    around = chance.sample(list(product(CRIES, ["", *BEGINNINGS], ["", *ENDINGS])), 2_000)
    assert [text for cry, before, behind in around if not heard_as_alone(cry, text := f"{before}{cry}{behind}")] == []


@given(st.sampled_from(CRIES), st.lists(st.sampled_from(EVERYDAY), max_size=20, unique=True), st.data())
@settings(max_examples=300)
def test_a_cry_among_everyday_sentences_is_heard_as_alone(cry: str, around: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(around)))
    assert heard_as_alone(cry, ". ".join([*around[:place], cry, *around[place:]]) + ".")


@given(st.sampled_from(CRIES), st.lists(st.sampled_from(EVERYDAY), min_size=1, max_size=6, unique=True))
@settings(max_examples=100)
def test_a_cry_on_a_line_of_its_own_is_heard_as_alone(cry: str, around: list[str]) -> None:
    assert heard_as_alone(cry, "\n".join([*around, cry]))
    assert heard_as_alone(cry, "\n".join([cry, *around]))


def test_a_sign_of_exhaustion_never_lowers_a_level() -> None:
    for cry in CRIES:
        assert heard_as_alone(cry, f"{cry}, can't do this anymore")
    assert screener().screen("I took all my pills, can't do this anymore").level is Level.L4


def test_a_present_wish_is_never_answered_as_survived() -> None:
    answers = {screener().screen(f"{wish}. how are you?").gentle for wish in BARE["L1"]["said"].splitlines()}
    assert Gentle.SURVIVED not in answers
