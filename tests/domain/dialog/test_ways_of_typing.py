"""What can be tapped can be typed, in every way that people type: each label, in each shipped language.

However it is written, it is that choice, or a doubt about it: never another one, and never words for somebody else.
"""
# ruff: noqa: E501 - a table is read by its rows

import re
import unicodedata
from collections.abc import Iterator, Mapping

import pytest

from buddybot.domain.dialog.choice_index import Readable
from buddybot.domain.dialog.typed_choices import Answered, Match, Reach, Unclear, read_choice
from tests.domain.dialog.test_typed_choices import BLOCK, BOOK, GOODBYE, OFFER, REPORT, WORDS, verb


def asked(keys: Mapping[str, str], reads: Mapping[str, str] | None = None) -> tuple[Readable, ...]:
    """Return the choices of a question, by token and the key of the label."""
    named = reads or {}
    return tuple(
        Readable(token, tuple(WORDS.everywhere(key)), named.get(token, ""), copy=True) for token, key in keys.items()
    )


CANCEL = "cancel"
WRITE = asked({"channel.nights.cancel": "channel-cancel"}, {"channel.nights.cancel": CANCEL})
LAST_WORDS = asked({"goodbye.x.cancel": "goodbye-cancel"}, {"goodbye.x.cancel": CANCEL})
APPEAL = asked({"appeal.x.cancel": "appeal-cancel"}, {"appeal.x.cancel": CANCEL})
SHARE = asked({"report.x.one": "report-one", "report.x.six": "report-six", "report.x.none": "report-none"})
FORGET = asked({"forget.all": "forget-all", "forget.copy": "forget-copy", "forget.cancel": "forget-cancel"})
SURE = asked({"forget.yes": "forget-yes", "forget.cancel": "forget-cancel"})
MEANT = asked({"meant.x.bot": "meant-bot", "meant.x.drop": "whom-drop"})
QUESTIONS = {
    "a report": (REPORT, Reach.WITHIN),
    "notes for moderators": (SHARE, Reach.WHOLE),
    "a block": (BLOCK, Reach.WITHIN),
    "erasing": (FORGET, Reach.WITHIN),
    "erasing for sure": (SURE, Reach.WITHIN),
    "an offer": (OFFER, Reach.WHOLE),
    "an offer at home": (OFFER, Reach.WITHIN),
    "a goodbye": (GOODBYE, Reach.WHOLE),
    "for whom it is": (MEANT, Reach.WHOLE),
    "a post": (WRITE, Reach.WHOLE),
    "last words": (LAST_WORDS, Reach.WHOLE),
    "an appeal": (APPEAL, Reach.WHOLE),
}
AROUND = (
    "ok then {} pls", "yeah {}", "um, {}", "well {} please", "hey bot {}", "i think {}", "i'd say {}", "can i do {}", "let's go with {}",
    "pues {}", "bueno, {} por favor", "este... {}", "entonces {}", "a ver, {}", "yo digo {}", "creo que {}", "ya, {} porfa", "oye {} gracias",
)  # fmt: skip
NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "t": "y", "r": "t", "s": "d", "l": "k", "c": "v"}
BY_EAR = (("qu", "k"), ("ll", "y"), ("v", "b"), ("z", "s"), ("ce", "se"), ("ci", "si"), ("ge", "je"))


def simple(label: str) -> str:
    """Return a label as a hurried hand writes it: small, without accents and signs."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", label) if unicodedata.category(one) != "Mn")
    return " ".join(re.sub(r"[^\w\s]", "", letters.casefold()).split())


def slips(label: str) -> Iterator[str]:
    """Yield a label with one slip in its longest word, where that has letters enough and turns nothing round."""
    words = simple(label)
    word = max((one for one in words.split() if one not in BOOK.negations), key=len, default="")
    middle = len(word) // 2
    if len(word) < 4:
        return
    for wrong in (
        word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :],
        word[:middle] + word[middle + 1 :],
        word[:middle] + word[middle] + word[middle:],
        word[:middle] + NEIGHBOURS.get(word[middle], word[middle]) + word[middle + 1 :],
    ):
        if wrong not in BOOK.words:  # "some" with a slip may be "same"
            yield words.replace(word, wrong)


def ways(label: str) -> Iterator[str]:
    """Yield how people type a label."""
    words = simple(label)
    yield from (label, label.lower(), label.upper(), words, f"{words}.", f'"{label}"', f" {words}\n")
    yield from (frame.format(words) for frame in AROUND)
    yield from slips(label)
    yield from (words.replace(*pair) for pair in BY_EAR if pair[0] in words and len(words) > 6)


def may_be(found: Answered, token: str) -> bool:
    return (isinstance(found, Match) and found.token == token) or (isinstance(found, Unclear) and token in found.tokens)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_label_is_heard_however_it_is_typed(name: str) -> None:
    choices, reach = QUESTIONS[name]
    missed = [
        (choice.token, text, found)
        for choice in choices
        for label in choice.labels
        for text in ways(label)
        if not may_be(found := read_choice(text, choices, BOOK, reach=reach), choice.token)
    ]
    assert missed == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_label_as_it_stands_is_no_doubt(name: str) -> None:
    choices, reach = QUESTIONS[name]
    for choice in choices:
        for label in choice.labels:
            for text in (label, simple(label), label.upper()):
                assert read_choice(text, choices, BOOK, reach=reach) == Match(choice.token), text


@pytest.mark.parametrize(
    "text",
    [
        "ok but he scares me", "yes he did it again", "ok i have to think", "fine whatever he said", "sure is cold here",
        "my sister said block him", "yes and now what", "ok one more thing about him", "vale pero me da miedo", "si eso hizo ayer",
        "ok. he wrote to me again", "yes, he is mean. i am tired", "claro que me molesta mucho",
    ],
)  # fmt: skip
def test_what_cannot_be_taken_back_needs_words_that_say_nothing_else(text: str) -> None:
    assert not isinstance(read_choice(text, BLOCK, BOOK), Match) or verb(read_choice(text, BLOCK, BOOK)) == "no"


@pytest.mark.parametrize(
    ("asked_of", "text", "meant"),
    [
        (BLOCK, "ok then cancel pls", "no"),
        (BLOCK, "yeah no", "no"),
        (BLOCK, "yeah, cancel", "no"),
        (BLOCK, "yes block please", "yes"),
        (OFFER, "ok then ask me tomorrow pls", "tomorrow"),
        (OFFER, "ok thanks", "yes"),
        (OFFER, "yes not this one", "pass"),
        (OFFER, "sí, mañana", "tomorrow"),
    ],
)
def test_a_nod_before_an_answer_is_none(asked_of: tuple[Readable, ...], text: str, meant: str) -> None:
    assert verb(read_choice(text, asked_of, BOOK)) == meant


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize(
    "text",
    [
        "cancle it pls", "no secribr", "dont wirte", "dnot write", "cacnel", "cancell it please", "no escrbir", "nevermnid", "never mnid pls",
        "how do i stop this", "how do i get out of this?", "hwo do i stop this", "i changed my mnid", "ok cancel it", "yeah forget it",
        "cancleit", "cancelalo porfa", "como salgo de esto?", "komo salgo de esto", "mejor no, gracias", "dejlo asi",
    ],
)  # fmt: skip
def test_a_way_out_of_free_words_is_never_taken_for_them(text: str, reach: Reach) -> None:
    assert read_choice(text, WRITE, BOOK, reach=reach, numbers=False) is not None


@pytest.mark.parametrize(
    "text",
    [
        "stay strong, you will make it", "i cant stop crying", "thank you for all of it", "i will miss our talks", "no one ever listened like you",
        "gracias por todo", "cuidate mucho", "espero que te vaya bien", "i hope you can go back home soon", "keep writing, it helped you",
        "i quit my job today", "sin ti no hubiera podido", "the write up you sent was great",
    ],
)  # fmt: skip
def test_free_words_are_no_way_out(text: str) -> None:
    for choices in (WRITE, LAST_WORDS, APPEAL):
        assert read_choice(text, choices, BOOK, reach=Reach.WHOLE, numbers=False) is None
