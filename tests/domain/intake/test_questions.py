import tomllib

import pytest

from buddybot.content import content_dir
from buddybot.content.tables.questions import parse_questions
from buddybot.content.tables.vocabulary import parse_vocabulary
from buddybot.content.validation import TableError
from buddybot.content.words import load_words
from buddybot.domain.intake.questions import Condition, Flow
from buddybot.domain.intake.replies import Notice
from tests.domain.intake.sitting import FLOWS, INTAKE, VOCABULARY, WORDS

SMALL = """
version = "1"
[flows.one]
questions = ["a", "b"]
review_after = "a"
[questions.a]
kind = "single"
choices = ["x", "y"]
[questions.b]
kind = "multi"
choices = ["p", "q"]
follows = "a"
"""


def small(**changes: str) -> dict[str, Flow]:
    text = SMALL
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return dict(parse_questions(tomllib.loads(text)))


def test_a_small_flow_is_read() -> None:
    flow = small()["one"]

    assert [question.key for question in flow.questions] == ["a", "b"]
    assert (flow.total, flow.by_key["b"].number) == (1, 1)
    assert Flow("none", "1", ()).total == 0


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('version = "1"', "version = 1", "version"),
        ('version = "1"', 'version = "1"\nextra = 1', "extra"),
        ("[flows.one]\n", "[flows.one]\nsecret = 1\n", "flows.one.secret"),
        ('["a", "b"]', '"a"', "flows.one.questions"),
        ('["a", "b"]', '["a", "b", "c"]', "flows.one.questions"),
        ('["a", "b"]', '["a", "b", "b"]', "flows.one.questions"),
        ('["a", "b"]', '["a"]', "questions.b"),
        ('review_after = "a"', 'review_after = "z"', "flows.one.review_after"),
        ('review_after = "a"', 'confirm = "z"', "flows.one.confirm"),
        ('kind = "single"', 'kind = "odd"', "questions.a.kind"),
        ('kind = "single"', 'kind = "text"', "questions.a.choices"),
        ('kind = "single"', 'kind = "single"\ncolour = 1', "questions.a.colour"),
        ('choices = ["x", "y"]', "choices = []", "questions.a.choices"),
        ('choices = ["x", "y"]', 'choices = ["x", "x"]', "questions.a.choices"),
        ('choices = ["x", "y"]', 'choices = ["x", "skip"]', "questions.a.choices"),
        ('choices = ["x", "y"]', 'choices = ["x", ""]', "questions.a.choices"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nalone = ["z"]', "questions.a.alone"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nstores = { z = "1" }', "questions.a.stores"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nstores = 3', "questions.a.stores"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nlimit = -1', "questions.a.limit"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nlimit = true', "questions.a.limit"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nrequired = 1', "questions.a.required"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nfallback = "z"', "questions.a.fallback"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\npast = "z"', "questions.a.past"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nages = { z = [1, 2] }', "questions.a.ages"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nages = { x = [1] }', "questions.a.ages.x"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nages = { x = ["1", "2"] }', "questions.a.ages.x"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nages = { x = "1" }', "questions.a.ages.x"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\nbeats = { x = ["z"] }', "questions.a.beats"),
        ('choices = ["x", "y"]', 'choices = ["x", "y"]\noffsets = ["5"]', "questions.a.offsets"),
        ('follows = "a"', 'follows = "z"', "questions.b.follows"),
        ('follows = "a"', 'when = { z = ["x"] }', "questions.b.when.z"),
        ('follows = "a"', "when = { a = { odd = 1 } }", "questions.b.when.a.odd"),
    ],
)
def test_a_mistake_in_the_questions_names_its_place_and_the_fix(old: str, new: str, key: str) -> None:
    with pytest.raises(TableError) as caught:
        small(**{old: new})

    assert caught.value.key == key
    assert len(caught.value.fix) > 5


def test_no_flow_at_all_is_a_mistake() -> None:
    with pytest.raises(TableError, match="at least one flow"):
        parse_questions({"version": "1"})


@pytest.mark.parametrize(
    ("condition", "keys", "holds"),
    [
        (Condition("f", one_of=("a",)), ("a", "b"), True),
        (Condition("f", one_of=("a",)), ("b",), False),
        (Condition("f"), ("b",), True),
        (Condition("f"), (), False),
        (Condition("f", none_of=("a",)), ("a", "b"), False),
        (Condition("f", none_of=("a",)), ("b",), True),
        (Condition("f", one_of=("a",), only=True), ("a",), True),
        (Condition("f", one_of=("a",), only=True), ("a", "b"), False),
        (Condition("f", several=True), ("a",), False),
        (Condition("f", several=True), ("a", "b"), True),
    ],
)
def test_a_condition_holds_as_it_says(condition: Condition, keys: tuple[str, ...], holds: bool) -> None:
    assert condition.holds(keys) is holds


# ── the questions and words that ship ───────────────────────────────────────────────────


def test_there_are_fourteen_questions_and_seven_before_the_offer_to_look() -> None:
    assert INTAKE.total == 14
    assert INTAKE.by_key["language"].number == 7
    assert [one.key for one in INTAKE.questions if one.required] == ["lane", "lane_first"]


def test_every_question_has_its_texts() -> None:
    words = load_words(content_dir() / "locales")
    wanted = [f"notice-{notice}" for notice in Notice if notice not in {Notice.WHY, Notice.MORE}]
    for flow in FLOWS.values():
        for question in flow.questions:
            wanted += [f"question-{question.key}", f"why-{question.key}"]
            wanted += [f"choice-{question.key}-{choice.key}" for choice in question.choices]
            wanted += [f"more-{question.key}-{choice.key}" for choice in question.choices if choice.explains]
    wanted += [meaning.label for meaning in VOCABULARY.meanings.values() if meaning.label]

    assert [key for key in [*wanted, "why-review"] if not words.has(key)] == []


def test_every_choice_can_be_reached_by_words() -> None:
    def named(question: str, choice: str) -> bool:
        lexicon = VOCABULARY.lexicons[question]
        senses = [sense for table in (lexicon.senses, lexicon.whole) for held in table.values() for sense in held]
        meanings = [VOCABULARY.meanings[sense.meaning] for sense in senses]
        return any(meaning.question == question and meaning.choice == choice for meaning in meanings)

    by_word = {"yes", "no", "none", "under_18"}
    for flow in FLOWS.values():
        for question in flow.questions:
            for choice in question.choices:
                typed = choice.key in by_word or question.ages or question.opens
                assert typed or named(question.key, choice.key), (question.key, choice.key)


def test_a_stored_value_is_one_that_matching_knows(choices: dict[str, set[str]]) -> None:
    for question in INTAKE.questions:
        if question.field not in choices:
            continue
        stored = {choice.stores for choice in question.choices if choice.stores and not choice.stops}
        assert stored <= choices[question.field], question.key


@pytest.fixture
def choices() -> dict[str, set[str]]:
    table = tomllib.loads((content_dir() / "matching.toml").read_text(encoding="utf-8"))["choices"]
    found = {field: set(values) for field, values in table.items() if isinstance(values, list)}
    found["life"] |= found.pop("interests")
    found["now"] = {value for values in table["now"].values() for value in values}
    found["lane"] |= {"more"}
    return found


# ── mistakes in the vocabulary ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("colour",), {}, "colour"),
        (("date",), 3, "date"),
        (("anywhere",), ["nothing"], "anywhere"),
        (("answers", "nothing"), {}, "answers.nothing"),
        (("answers", "lane", "nobody"), {"sure": ["x"]}, "answers.lane.nobody"),
        (("answers", "lane", "self"), {"sore": ["x"]}, "answers.lane.self.sore"),
        (("answers", "lane", "self"), {"sure": ["!!"]}, "answers.lane.self.sure"),
        (("meanings", "heroin"), {"fills": "substances.nothing"}, "meanings.heroin.fills"),
        (("meanings", "heroin"), {"fills": "nothing.heroin"}, "meanings.heroin.fills"),
        (("countries", "USAA"), ["x"], "countries.USAA"),
        (("countries", "ZZ"), [], "countries.ZZ"),
        (("commands", "later"), ["skip"], "commands.later"),
        (("reading", "colour"), 3, "reading.colour"),
        (("reading", "cues", "loud"), ["x"], "reading.cues.loud"),
        (("reading", "units", "day"), "x", "reading.units.day"),
        (("nicknames", "first"), ["One"], "nicknames.first"),
        (("nicknames", "third"), ["One"], "nicknames.third"),
        (("times", "real"), ["5"], "times.real"),
        (("times", "hours", "noon"), 30, "times.hours.noon"),
        (("times", "zones", "gmt", "zone"), "Europe/Atlantis", "times.zones.gmt.zone"),
        (("times", "zones", "gmt", "unsure"), 3, "times.zones.gmt.unsure"),
    ],
)
def test_a_mistake_in_the_vocabulary_names_its_place(path: tuple[str, ...], value: object, key: str) -> None:
    def put(table: object, keys: tuple[str, ...]) -> object:
        if not keys:
            return value
        assert isinstance(table, dict)
        return {**table, keys[0]: put(table.get(keys[0], {}), keys[1:])}

    changed = put(dict(WORDS), path)
    assert isinstance(changed, dict)
    with pytest.raises(TableError) as caught:
        parse_vocabulary(changed, FLOWS)

    assert caught.value.key == key
