"""Stock answers: what the bot itself takes for an everyday answer is no danger by weighing alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from buddybot.content import content_dir
from buddybot.content.words import labels_in
from buddybot.domain.kernel.levels import Level
from buddybot.rules.decide import Screener
from buddybot.rules.second import SecondOpinion
from buddybot.runtime.second.encoder import Encoder
from buddybot.testing import practice_book

CODE = Path(__file__).parents[2] / "buddybot"


def screener() -> Screener:
    found = practice_book().screener
    assert found is not None
    return found


def pressed() -> Iterator[str]:
    """Yield the keys that the code gives to a button: a key beside its token."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) > 1 and "Token(" in ast.unparse(node.elts[1]):
                match node.elts[0]:
                    case ast.Constant(value=str(key)):
                        yield key


def is_danger(text: str) -> bool:
    """Return whether a text that weighs as danger without a doubt is danger, by weighing alone."""
    sure = SecondOpinion(("crisis", "L4"), ((9.0, 9.0),) * 8)
    said = screener().decide(screener().read(text), sure)
    return said.is_crisis and said.weighed


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(content_dir())


def level(encoder: Encoder, text: str) -> Level | None:
    read = screener().read(text)
    return screener().decide(read, SecondOpinion(encoder.labels, tuple(map(encoder.logits, read.parts)))).level


def test_no_stock_answer_is_danger_by_weighing_alone() -> None:
    assert [text for text in sorted(screener().stock) if is_danger(text)] == []


def test_no_label_of_a_button_is_danger_by_weighing_alone() -> None:
    keys = set(pressed())
    labels = [one for one in labels_in(content_dir() / "locales") if one[0] in keys or "choice-" in one[0]]
    assert len(labels) > 2 * len(keys) > 150
    assert [label for key, label in labels if is_danger(label) and not key.startswith("care-choice-")] == []


@pytest.mark.parametrize("text", ["Not tonight", "Déjame estar", "Reino Unido", "Otro país", "Better", "Estoy bien"])
def test_what_leads_out_of_a_crisis_is_no_danger_by_weighing_alone(text: str) -> None:
    assert not is_danger(text)


@pytest.mark.parametrize("text", ["Someone overdosed", "They're breathing", "No hay naloxona", "They're using alone"])
def test_a_button_that_says_what_is_dangerous_is_weighed_like_any_words(text: str) -> None:
    assert is_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "Myself", "just me", "rather not", "i dont care", "not anymore", "I have to go!", "trying to quit",
        "no estoy segura", "tengo miedo", "me voy", "estoy cansado", "quiero menos",
        "Esta noche no", "Solo esta", "Demasiado", "I'd like to stop",
    ],
)  # fmt: skip
def test_two_words_bring_no_card(encoder: Encoder, text: str) -> None:
    assert level(encoder, text) in {None, Level.L0}


@pytest.mark.parametrize(
    "text", ["kill myself", "i dont care if i die", "no quiero vivir", "just let me die", "goodbye forever"]
)
def test_what_is_told_plainly_or_says_more_is_heard(encoder: Encoder, text: str) -> None:
    assert (level(encoder, text) or Level.L0) >= Level.L1
