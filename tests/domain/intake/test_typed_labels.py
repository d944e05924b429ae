"""Whatever a question offers can be typed: each label in each language, with slips, chatter around it, or by its place.

The table is made from data/questions.toml and the locales, so a new question is in it by itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from buddybot.domain.intake.flow import apply_reply, begin, next_step
from buddybot.domain.intake.progress import Answer, Progress
from buddybot.domain.intake.questions import Condition, Flow, Question, QuestionKind
from buddybot.domain.intake.replies import Ask, Clarify, Confirm, FlowOutcome, Notice, Picked, Stop, Typed
from tests.domain.intake.sitting import GATES, INTAKE, SAID, VOCABULARY, Sitting

MOMENT = Sitting().moment
ASKED = [
    (flow, question)
    for flow in (GATES, INTAKE)
    for question in flow.questions
    if question.kind in {QuestionKind.SINGLE, QuestionKind.MULTI}
]
AROUND = (
    "um {}", "ok then {} pls", "{} lol", "hmm... {}", "{} sorry im tired", "{} jaja", "este... {}",
    "bueno, {} por favor",
)  # fmt: skip
UNSURE = (
    "uhh {} i think", "idk maybe {}", "{} i guess", "probably {}", "creo que {}", "no sé, tal vez {}", "{} supongo",
)  # fmt: skip
PLACES = ("{}", "number {}", "#{}.", "option {} please", "la {}", "opción {}")
UNSURE_PLACES = ("uhh {} i think", "{} i guess", "creo que la {}")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
ORDINALES = ("primera", "segunda", "tercera", "cuarta", "quinta", "sexta", "séptima", "octava")
NEIGHBOURS = dict(zip("aeionmtrslcd", "sropbnytdkvf", strict=True))


def opened(flow: Flow, question: Question) -> Progress:
    """Return a progress in which a question is open: what it hangs on is answered so, all else was skipped."""
    given = dict[str, tuple[str, ...]]()

    def needs(one: Question) -> None:
        for condition in one.when:
            source, keys = _holding(flow, condition)
            given.setdefault(source.key, keys)
            needs(source)

    needs(question)
    earlier = flow.questions[: flow.questions.index(question)]
    skipped = {one.key: (one.shown[0].key,) if one.required else None for one in earlier}
    answers = tuple(Answer(one.key, given.get(one.key, skipped[one.key]), version=one.version) for one in earlier)
    begun = begin(flow, VOCABULARY, MOMENT)
    return replace(begun, answers=answers, reviewed=True)


def _holding(flow: Flow, condition: Condition) -> tuple[Question, tuple[str, ...]]:
    """Return a question and an answer to it with which a condition holds."""
    for one in flow.questions:
        if one.field != condition.field:
            continue
        if condition.several:
            return one, ("America/Phoenix", "America/Denver")
        keys = condition.one_of[: None if condition.only else 1] or tuple(
            [choice.key for choice in one.shown if choice.key not in condition.none_of][:1]
        )
        if all(key in one.by_key for key in keys):
            return one, keys
    raise AssertionError(condition)


def simple(label: str) -> str:
    """Return a label as a tired hand writes it."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", label) if unicodedata.category(one) != "Mn")
    return " ".join(re.sub(r"[^\w\s+-]", "", letters.casefold()).split())


def slips(label: str) -> Iterator[str]:
    """Yield a label with one slip in its longest word, where what comes of it is no other word."""
    word = max(re.findall(r"[a-z]+", simple(label)), key=len, default="")
    at = len(word) // 2
    if len(word) < 5:
        return
    for wrong in (
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :],
    ):
        if not VOCABULARY.is_word(wrong):
            yield simple(label).replace(word, wrong, 1)


def labels(question: Question, choice: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(SAID.everywhere(f"choice-{question.key}-{choice}")))


def reply(flow: Flow, progress: Progress, given: Typed | Picked) -> FlowOutcome:
    return apply_reply(flow, progress, given, VOCABULARY, MOMENT)


def is_it(question: Question, outcome: FlowOutcome, pressed: FlowOutcome, choice: str) -> bool:
    """Return whether typed words did what a press does; one language more is ticked beside those spoken."""
    if outcome.notice is Notice.ADDED:
        return choice in outcome.progress.ticks
    if isinstance(pressed.step, Stop):
        return outcome.step == pressed.step
    held, meant = outcome.progress.answer_to(question.key), pressed.progress.answer_to(question.key)
    return (held and held.keys) == (meant and meant.keys) and (outcome.notice, outcome.about) == (
        pressed.notice,
        pressed.about,
    )


def is_asked_back(question: Question, outcome: FlowOutcome, choice: str) -> bool:
    match outcome.step:
        case Clarify(_, doubt):
            return any(meaning.rpartition(".")[2] == choice for meaning in doubt.meanings)
        case Confirm(_, fills):
            return any(fill.question == question.key and choice in fill.keys for fill in fills)
        case _:
            return False


@pytest.mark.parametrize(("flow", "question"), ASKED, ids=[question.key for _, question in ASKED])
def test_what_can_be_tapped_can_be_typed(flow: Flow, question: Question) -> None:
    progress = opened(flow, question)
    step = next_step(flow, progress)
    assert isinstance(step, Ask)
    assert step.question is question
    missed = list[tuple[str, str, FlowOutcome]]()
    for number, choice in enumerate(question.shown, start=1):
        pressed = reply(flow, progress, Picked(question.key, (choice.key,)))
        plainly, doubtful = list[str](), list[str]()
        for place, label in enumerate(labels(question, choice.key), start=number):
            # Words around are the same whatever they stand around: each choice takes its turn with a few of them.
            plainly += [label, simple(label).upper(), *(form.format(simple(label)) for form in AROUND[place % 4 :: 4])]
            doubtful += [*islice(slips(label), place % 2, None, 2), UNSURE[place % len(UNSURE)].format(simple(label))]
        plainly += [str(number), PLACES[number % len(PLACES)].format(number)]
        doubtful += [UNSURE_PLACES[number % len(UNSURE_PLACES)].format(number)]
        if number <= len(ORDINALS):
            plainly += [f"the {ORDINALS[number - 1]} one", f"la {ORDINALES[number - 1]}"]
            doubtful += [f"uhh the {ORDINALS[number - 1]} one i think", f"creo que la {ORDINALES[number - 1]}"]
        for text in dict.fromkeys([*plainly, *doubtful]):
            outcome = reply(flow, progress, Typed(text))
            fits = is_it(question, outcome, pressed, choice.key)
            if not fits and not is_asked_back(question, outcome, choice.key):
                missed.append((choice.key, text, outcome))
    assert [(key, text, one.notice, one.understood) for key, text, one in missed] == []


CONSENT, AGE = GATES.by_key["consent"], GATES.by_key["age"]


@pytest.mark.parametrize(
    "text",
    [
        "no", "nope", "no thanks", "no way", "hell no", "never", "i dont agree", "i do not consent", "i dont want this",
        "not interested", "id rather not", "nah im good", "i dont want to", "not ok", "not ok with this", "i disagree",
        "i cant agree to that", "i wont agree", "maybe not", "i dont think so", "not really", "absolutely not", "no ok",
        "this is not ok", "i agree to nothing", "no thanks i guess", "um no", "pass", "i'm not comfortable with that",
        "no quiero", "nunca", "ni loco", "no estoy de acuerdo", "no me interesa", "mejor no", "paso", "no acepto nada",
        "de ninguna manera", "para nada", "no puedo aceptar eso", "creo que no", "no gracias, supongo",
    ],
)  # fmt: skip
def test_no_to_the_consent_in_any_words_ends_it_or_is_asked_back(text: str) -> None:
    outcome = reply(GATES, opened(GATES, CONSENT), Typed(text))
    assert outcome.step == Stop("declined") or is_asked_back(CONSENT, outcome, "no"), outcome.step


@pytest.mark.parametrize(
    "text",
    [
        "yeah no", "yes but no", "idk maybe yes", "i agree i guess", "why would i agree to that",
        "ok but who reads this",
        "sure is a lot", "i want to agree but", "no wait", "wait", "leave me alone", "not sure", "las dos", "both", "2",
        "i guess i have no choice", "yes if you tell me first", "si pero no", "no se, tal vez si", "creo que si",
        "si no",
        "i agree with nobody", "not yes", "no yes", "ok cool but no",
    ],
)  # fmt: skip
def test_a_doubtful_yes_is_no_consent(text: str) -> None:
    outcome = reply(GATES, opened(GATES, CONSENT), Typed(text))
    held = outcome.progress.answer_to("consent")
    assert held is None or held.keys != ("agree",)


@pytest.mark.parametrize(
    "text",
    ["no wait", "wait", "las dos", "los dos", "both", "sorry i meant 2", "yeah not sure", "no quiero", "mejor no"],
)
def test_nobody_is_sent_away_for_their_age_by_other_words(text: str) -> None:
    assert not isinstance(reply(GATES, opened(GATES, AGE), Typed(text)).step, Stop)


@pytest.mark.parametrize(
    ("question", "text", "keys"),
    [
        ("now_bereaved", "under 3 months", ("under_3mo",)),
        ("now_bereaved", "hace 2 semanas", ("under_3mo",)),
        ("now_bereaved", "hace como cinco meses", ("under_1y",)),
        ("now_bereaved", "hace 3 años", ("over_1y",)),
        ("now_bereaved", "uner a year", ("under_1y",)),
        ("language", "both", ("en", "es")),
        ("language", "los dos", ("en", "es")),
        ("life", "música, mascotas y libros", ("music", "pets", "books")),
        ("life", "musica y pets", ("music", "pets")),
        ("hours", "en la mañana y en la noche", ("morning", "evening")),
        ("gender", "woan", ("woman",)),
        ("now_family", "um i don't konw", ("unknown",)),
    ],
)
def test_other_ways_to_say_it(question: str, text: str, keys: tuple[str, ...]) -> None:
    outcome = reply(INTAKE, opened(INTAKE, INTAKE.by_key[question]), Typed(text))
    held = outcome.progress.answer_to(question)
    assert held is not None
    assert set(held.keys or ()) == set(keys)


@pytest.mark.parametrize(
    ("text", "lane"),
    [
        ("no i meant the second one", "family"),
        ("sorry i meant 2", "family"),
        ("i meant i lost someone", "bereaved"),
        ("quise decir la tercera", "bereaved"),
    ],
)
def test_a_correction_changes_the_answer_before(text: str, lane: str) -> None:
    ann = Sitting()
    ann.picks("self", of="lane")
    outcome = ann.says(text)
    held = outcome.progress.answer_to("lane")
    assert held is not None
    assert held.keys == (lane,)


def test_who_was_not_understood_says_it_in_other_words() -> None:
    ann = Sitting()
    ann.says("qwxz")
    ann.says("i mean number 3")
    assert ann.answers()["lane"] == ("bereaved",)
