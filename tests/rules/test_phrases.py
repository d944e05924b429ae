"""The phrasebook by itself: its prefilter loses nothing, its tables name their faults, a second opinion joins in."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Label
from buddybot.rules.decide import Screener
from buddybot.rules.phrases.literals import Prefilter
from buddybot.rules.phrases.table import phrasebook_of
from buddybot.rules.second import SecondOpinion

TABLE = tomllib.loads((content_dir() / "lexicon" / "phrases" / "it.toml").read_text("utf-8"))
PARTS: dict[str, str] = TABLE["parts"]
SAYS: list[str] = [wording for phrase in TABLE["phrases"].values() for wording in phrase["says"]]


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def written_out(wording: str) -> str:
    for _ in range(3):
        for name, part in PARTS.items():
            wording = wording.replace("{" + name + "}", part)
    return wording


@given(st.data())
@settings(max_examples=100)
def test_no_match_is_lost_before_its_pattern_is_tried(data: st.DataObject) -> None:
    wording = data.draw(st.sampled_from(SAYS))
    needed = Prefilter(PARTS, frozenset({"non", "che"})).literals_of(wording)
    plain = re.sub(r"\(\?[=!]<?(?:[^()]|\([^()]*\))*\)", "", written_out(wording)).replace("^", "").replace("$", "")
    text = data.draw(st.from_regex(re.compile(plain, re.ASCII), fullmatch=True))
    assert any(literal in text for literal in needed)


@pytest.mark.parametrize("wording", [r"\w+ \d+", "(?:kill)?", ".*"])
def test_a_wording_without_a_word_is_refused(wording: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        Prefilter({}, frozenset()).literals_of(wording)


def test_the_rarest_words_of_a_wording_are_looked_for() -> None:
    assert set(Prefilter({"x": "cat|dog"}, frozenset({"i"})).literals_of(r"i (?:\w+ )?{x}")) == {"cat", "dog"}
    assert set(Prefilter({}, frozenset()).literals_of("a (?:b+|cc) dd[ef]")) == {"dde", "ddf"}


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ({"says": "die"}, r"x\.p\.says: write a list"),
        ({"says": ["die ("]}, r"x\.p\.says"),
        ({"says": ["die"], "level": "L9"}, r"x\.p\.level: 'L9' is none of"),
        ({"says": ["die"], "lane": "Z"}, r"x\.p\.lane"),
        ({"says": ["die"], "urging": "much"}, r"x\.p\.urging"),
        ({"says": ["die"], "heeds": ["past"]}, r"x\.p\.heeds: 'past'"),
        ({"says": [r"\w+"]}, r"x\.p\.says: no word"),
    ],
)
def test_a_broken_phrase_names_its_key(phrase: Mapping[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        phrasebook_of({"x": {"phrases": {"p": phrase}}})


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"phrases": 3}, "x.phrases"),
        ({"short": {"a": 1}}, "x.short.a"),
        ({"fillers": 3}, "x.fillers"),
        ({"breaks": 3}, "x.breaks"),
    ],
)
def test_a_broken_file_names_its_key(table: Mapping[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=re.escape(named)):
        phrasebook_of({"x": table})


def test_what_speaks_against_counts_only_in_its_own_clause() -> None:
    book = phrasebook_of(
        {
            "x": {
                "language": "en",
                "heeds": ["past"],
                "breaks": ["but"],
                "relations": {"past": {"within": ["once"]}},
                "phrases": {"cry": {"level": "L2", "says": ["want to die"]}},
            }
        }
    )
    assert not book.hear("", ["once", "i", "want", "to", "die"]).is_cry
    assert book.hear("", ["once", "i", "was", "fine", "but", "i", "want", "to", "die"]).is_cry
    assert book.hear("", ["i", "want", "to", "die", ".", "once", "i", "sang"]).level is Level.L2


def test_the_parts_are_the_whole_then_sentences_then_windows() -> None:
    assert screener().read("hello there").parts == ("hello there",)
    told = screener().read("I went out today. It was nice there!").parts
    assert told == ("i went out today. it was nice there!", "i went out today", "it was nice there")
    long = screener().read(" ".join(f"word{number}" for number in range(60))).parts
    assert len(long) == 8
    assert {len(part.split()) for part in long[1:-1]} == {16}
    assert len(screener().read("we ate bread today. " * 60).parts) == 24


def with_second(text: str, *rows: dict[str, float]) -> SecondOpinion:
    parts = screener().read(text).parts
    labels = ("crisis", "L1", "L2", "L3", "L4", "O")
    given_rows = [*rows, *[{}] * len(parts)][: len(parts)]
    return SecondOpinion(labels, tuple(tuple(row.get(label, 0.0) for label in labels) for row in given_rows))


def test_a_second_opinion_adds_to_the_whole_and_to_each_part() -> None:
    text = "I went to the sea today. The boat leaves at nine."
    read = screener().read(text)
    assert not screener().decide(read, with_second(text)).is_crisis
    assert screener().decide(read, with_second(text, {"crisis": 20.0, "L3": 20.0})).level is Level.L3
    told = screener().decide(read, with_second(text, {}, {}, {"crisis": 20.0, "L2": 20.0}))
    assert (told.labels, told.level) == (frozenset({Label.CRISIS}), Level.L2)


def test_an_overdose_has_a_bar_of_its_own() -> None:
    text = "I went to the sea today"
    assert screener().decide(screener().read(text), with_second(text, {"O": 20.0, "L4": 20.0})).level is Level.L4


def test_a_second_opinion_takes_nothing_from_what_was_heard() -> None:
    text = "i want to die"
    assert screener().decide(screener().read(text), with_second(text, {"crisis": -20.0})).level is Level.L2


def test_evidence_is_worked_out_only_when_asked_for() -> None:
    assert screener().screen("i want to kill myself").evidence == ()
    assert screener().explain("i want to kill myself").evidence != ()
    assert screener().explain("the weather is nice").evidence == ()
