"""Typed answers: exact, misspelt, in two languages; never across a negation, never undoing what can't be undone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.files import read_toml
from buddybot.content.tables.replies import parse_replies
from buddybot.content.validation import TableError
from buddybot.domain.dialog.choice_index import Readable, SpokenIndex
from buddybot.domain.dialog.typed_choices import Match, Reach, Unclear, read_choice
from buddybot.testing import practice_book

BOOK = parse_replies(read_toml(content_dir() / "replies.toml"))
WORDS = practice_book().words


def choices(noun: str, prefix: str, *verbs: str) -> tuple[Readable, ...]:
    return tuple(
        Readable(f"{noun}.x.{verb}", tuple(WORDS.say(locale, f"{prefix}-{verb}") for locale in WORDS.locales()))
        for verb in verbs
    )


REPORT = choices(
    "report", "report", "dealing", "sexual", "threat", "money", "outing", "advice", "mean", "worried", "other", "cancel"
)
BLOCK = choices("block", "block", "yes", "no")
OFFER = choices("offer", "offer", "yes", "pass", "known", "tomorrow")
GOODBYE = choices("goodbye", "goodbye", "words", "standard", "silent", "cancel")
OVERDOSE = choices("care", "care-choice", "called", "breathing", "no-naloxone", "police")
WISH = choices("care", "care-choice", "yes", "unsure", "no", "not-meant")
CHECK = choices("care", "care-choice", "better", "same", "worse", "stop")


def verb(found: object) -> str:
    return found.token.rpartition(".")[2] if isinstance(found, Match) else type(found).__name__


@pytest.mark.parametrize(
    ("asked", "text", "meant"),
    [
        (REPORT, "hes mean to me", "mean"),
        (REPORT, "She was MEAN to me, all day", "mean"),
        (REPORT, "es malo conmigo", "mean"),
        (REPORT, "me insultó", "mean"),
        (REPORT, "mony", "money"),
        (REPORT, "he asked me for money", "money"),
        (REPORT, "threatend me", "threat"),
        (REPORT, "sexaul", "sexual"),
        (REPORT, "idk", "other"),
        (REPORT, "2", "sexual"),
        (REPORT, "2)", "sexual"),
        (REPORT, "the second one", "sexual"),
        (REPORT, "la segunda", "sexual"),
        (REPORT, "never mind", "cancel"),
        (REPORT, "no quiero", "cancel"),
        (BLOCK, "yes block him", "yes"),
        (BLOCK, "si, bloquéalo", "yes"),
        (BLOCK, "dont block him", "no"),
        (BLOCK, "no dont block him", "no"),
        (BLOCK, "no no dont block him", "no"),
        (BLOCK, "nah", "no"),
        (BLOCK, "not sure", "no"),
        (OFFER, "yep pls", "yes"),
        (OFFER, "yesss", "yes"),
        (OFFER, "👍🏽", "yes"),
        (OFFER, "claro que sí", "yes"),
        (OFFER, "mañana", "tomorrow"),
        (OFFER, "ask me tomorow", "tomorrow"),
        (OFFER, "I know this person", "known"),
        (GOODBYE, "i dont want to leave", "cancel"),
        (GOODBYE, "me quedo", "cancel"),
        (GOODBYE, "unas palabras", "words"),
        (OVERDOSE, "shes breathing", "breathing"),
        (OVERDOSE, "respira", "breathing"),
        (OVERDOSE, "we dont have narcan", "no-naloxone"),
        (OVERDOSE, "i called 911", "called"),
        (OVERDOSE, "scared of cops", "police"),
        (WISH, "yeah", "yes"),
        (WISH, "no sé", "unsure"),
        (CHECK, "a bit better", "better"),
        (CHECK, "not good", "worse"),
    ],
)
def test_what_people_type_chooses_what_they_mean(asked: tuple[Readable, ...], text: str, meant: str) -> None:
    assert verb(read_choice(text, asked, BOOK)) == meant


@pytest.mark.parametrize(
    "text",
    [
        "not breathing",
        "she is not breathing",
        "hes not really breathing",
        "notbreathing",
        "no respira",
        "stopped breathing",
        "barely breathing",
        "breathing? no",
        "is she breathing",
        "i dont know if he is breathing",
        "breathing stopped",
    ],
)
def test_a_negation_is_never_read_over(text: str) -> None:
    assert verb(read_choice(text, OVERDOSE, BOOK)) != "breathing"


@pytest.mark.parametrize("text", ["blok him", "blcok", "lock", "no block him", "no, sorry, i meant yes"])
def test_a_slip_never_blocks_anybody_but_is_asked_back(text: str) -> None:
    found = read_choice(text, BLOCK, BOOK)
    assert isinstance(found, Unclear)
    assert "block.x.yes" in found.tokens


@pytest.mark.parametrize("text", ["hey are you there", "i had soup today", "wait what", "...", "", "🙂", "word " * 60])
@pytest.mark.parametrize("asked", [BLOCK, OFFER, GOODBYE, OVERDOSE, REPORT])
def test_talk_is_no_answer(asked: tuple[Readable, ...], text: str) -> None:
    assert read_choice(text, asked, BOOK) is None


@pytest.mark.parametrize("text", ["yes", "no", "stay", "ok", "2", "just leave", "i want to stay home", "leave"])
def test_what_people_say_to_each_other_is_none_either_once_the_talk_went_on(text: str) -> None:
    assert read_choice(text, GOODBYE, BOOK, reach=Reach.WHOLE, everyday=False, numbers=False) is None


def test_but_the_label_of_a_button_still_is() -> None:
    found = read_choice("a kind standard note", GOODBYE, BOOK, reach=Reach.WHOLE, everyday=False, numbers=False)
    assert found == Match("goodbye.x.standard")


@pytest.mark.parametrize("asked", [BLOCK, OFFER, GOODBYE, REPORT, OVERDOSE, WISH, CHECK])
def test_every_label_of_every_language_chooses_its_own_button(asked: tuple[Readable, ...]) -> None:
    for one in asked:
        for label in one.labels:
            assert read_choice(label, asked, BOOK) == Match(one.token), label


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for asked in (BLOCK, REPORT):
        found = read_choice(text, asked, BOOK)
        tokens = (found.token,) if isinstance(found, Match) else () if found is None else found.tokens
        assert set(tokens) <= {one.token for one in asked}


@pytest.mark.parametrize(
    "table",
    [
        {"verbs": {"yes": {"families": ["maybe"]}}},
        {"ordinals": {"first": ["1st"]}},
        {"verbs": {"yes": {"en": "yes"}}},
        {"slang": []},
    ],
)
def test_a_table_that_can_not_be_used_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(TableError):
        parse_replies(table)


@pytest.mark.parametrize(
    ("text", "token"),
    [("a kind standart note", "goodbye.x.standard"), ("just leve", "goodbye.x.silent"), ("cancle", "goodbye.x.cancel")],
)
def test_a_slip_of_a_whole_answer_is_asked_back_rather_than_passed_on(text: str, token: str) -> None:
    assert read_choice(text, GOODBYE, BOOK, reach=Reach.WHOLE) == Unclear((token,))


@pytest.mark.parametrize("text", ["water", "candle", "sure thing mate", "we stayed up late"])
def test_a_word_of_its_own_is_no_slip(text: str) -> None:
    assert read_choice(text, GOODBYE, BOOK, reach=Reach.WHOLE) is None


SILENCE = (Readable("silence.x.stop", ("I'd like to stop",)), Readable("silence.x.busy", ("I'm okay, busy",)))


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("text", ["id like to stopp", "id like to stpo"])
def test_a_slip_in_a_negation_is_asked_back_and_never_passed_on(reach: Reach, text: str) -> None:
    assert read_choice(text, SILENCE, BOOK, reach=reach) == Unclear(("silence.x.stop",))


@pytest.mark.parametrize("text", ["id like to shop", "id like to talk", "we stopped"])
def test_another_word_where_a_negation_stood_is_no_answer_in_a_room(text: str) -> None:
    assert read_choice(text, SILENCE, BOOK, reach=Reach.WHOLE) is None


NALOXONE = tuple(
    Readable(f"naloxone.{verb}", tuple(WORDS.say(locale, f"naloxone-{verb}") for locale in WORDS.locales()))
    for verb in ("yes", "no", "what")
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("never herd of it", "what"), ("no, never heard of it", "what"),
        ("never used it", "Unclear"), ("nunca e oido de eso", "what"), ("nunca lo usamos", "Unclear"),
        ("never", "no"), ("never!", "no"), ("no never", "no"), ("nunca", "no"), ("never had any", "no"),
        ("nunca la tuvimos", "no"),
    ],
)  # fmt: skip
def test_never_is_a_no_alone_and_begins_a_statement_otherwise(text: str, meant: str) -> None:
    assert verb(read_choice(text, NALOXONE, BOOK)).rpartition("naloxone.")[2] == meant


@pytest.mark.parametrize("asked", [BLOCK, OFFER, WISH])
@pytest.mark.parametrize("text", ["never felt like that before", "nunca me pasó algo asi"])
def test_a_statement_that_begins_with_never_refuses_nothing(asked: tuple[Readable, ...], text: str) -> None:
    assert not isinstance(read_choice(text, asked, BOOK), Match)


LABELS = sorted(
    {
        label
        for asked in (REPORT, BLOCK, OFFER, GOODBYE, OVERDOSE, CHECK, SILENCE)
        for one in asked
        for label in one.labels
    }
)
PHRASES = sorted(
    {phrase for entry in BOOK.verbs.values() for phrase in entry.own} | set().union(*BOOK.families.values())
)
TALK = st.lists(st.sampled_from(sorted({word for one in (*LABELS, *PHRASES) for word in one.split()})), max_size=9)


@st.composite
def nearly(draw: st.DrawFn) -> str:
    """What people type: a label or phrase with fillers and slips of the fingers, its words in disorder, or talk."""
    text = draw(st.sampled_from(LABELS) | st.sampled_from(PHRASES) | TALK.map(" ".join) | st.text(max_size=60))
    text = f"{draw(st.sampled_from(sorted(BOOK.fillers) + [''] * 30))} {text}"
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        letter = draw(st.sampled_from(["", *text, *"aeinost ?,!'ñ"]))
        text = text[:at] + letter + text[at + draw(st.integers(0, 1)) :]
    return text


@settings(max_examples=400)
@given(nearly(), st.sampled_from([(True, True), (True, False), (False, False)]))
@example("id like to stopp", (True, True))
@example("id like to stopp", (False, False))
@example("a kind standart note", (False, False))
def test_what_is_told_at_once_to_be_no_answer_would_be_none_after_a_look_at_each(
    text: str, how: tuple[bool, bool]
) -> None:
    everyday, numbers = how
    questions = (REPORT, BLOCK, OFFER, GOODBYE, OVERDOSE, CHECK, SILENCE)

    def read() -> list[object]:
        return [
            read_choice(text, asked, BOOK, reach=Reach.WHOLE, everyday=everyday, numbers=numbers) for asked in questions
        ]

    found = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SpokenIndex, "may_hold", lambda *_: True)  # what the index would spare is read too
        assert found == read()
