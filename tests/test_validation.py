"""What an operator is told about a table that can't be used."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from buddybot.content import ContentError, Table, content_dir, read_toml
from buddybot.content.tables.care import parse_pace
from buddybot.content.tables.channels import parse_calm
from buddybot.content.tables.claims import parse_known
from buddybot.content.tables.first_layer import parse_filters
from buddybot.content.tables.floods import parse_limits
from buddybot.content.tables.help_lines import parse_country
from buddybot.content.tables.ladder import parse_ladder
from buddybot.content.tables.matching import parse_weights
from buddybot.content.tables.questions import parse_questions
from buddybot.content.tables.vocabulary import parse_vocabulary
from buddybot.content.validation import (
    Count,
    Day,
    Flag,
    Number,
    TableError,
    TableModel,
    Texts,
    Whole,
    read_table,
    validated,
)
from tests.content_slips import slips

FLOWS = parse_questions(read_toml(content_dir() / "questions.toml"))
PARSERS: Mapping[str, Callable[[Table], object]] = {
    "care.toml": parse_pace,
    "channels.toml": parse_calm,
    "claims.toml": parse_known,
    "crisis/international.toml": parse_country,
    "first_layer.toml": parse_filters,
    "floods.toml": parse_limits,
    "ladder.toml": parse_ladder,
    "matching.toml": parse_weights,
    "questions.toml": parse_questions,
    "vocabulary.toml": lambda table: parse_vocabulary(table, FLOWS),
}
TABLES = {name: read_toml(content_dir() / name) for name in PARSERS}


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


class Line(TableModel):
    phone: str
    color: Color = Color.RED


class Page(TableModel):
    name: str = ""
    whole: Whole = 0
    count: Count = 1
    number: Number = 1
    flag: Flag = False
    day: Day | None = None
    words: Texts = ()
    line: tuple[Line, ...] = ()
    by_name: Mapping[str, Line] = Field(default_factory=dict)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"name": 3}, "name = 3: write it as a text in quotes"),
        ({"whole": "3"}, "whole = '3': make it a whole number, 0 or more"),
        ({"whole": True}, "whole = True: make it a whole number, 0 or more"),
        ({"whole": 10**30}, f"whole = {10**30}: make it a whole number"),
        ({"whole": 1.0}, "whole = 1.0: make it a whole number, 0 or more"),
        ({"count": 0}, "count = 0: make it a whole number, 1 or more"),
        ({"number": "0.5"}, "number = '0.5': make it a number, 0 or more"),
        ({"number": float("inf")}, "number = inf: make it a number, 0 or more"),
        ({"flag": 1}, "flag = 1: write true or false"),
        ({"flag": "true"}, "flag = 'true': write true or false"),
        ({"day": "2026-11-01"}, "day = '2026-11-01': write a day without quotes, such as 2026-11-01"),
        ({"words": "one"}, "words = 'one': make it a list"),
        ({"words": ["one", " "]}, "words = ' ': write words in quotes here, not an empty text"),
        ({"line": [{"phone": "1"}, {}]}, "line[2].phone = None: add it"),
        ({"line": [{"phone": "1", "fone": "2"}]}, "line[1].fone = '2': remove it; known here: color, phone"),
        ({"line": {"phone": "1"}}, "line = {'phone': '1'}: make it a list"),
        ({"by_name": {"a": 3}}, "by_name.a = 3: make it a table"),
        ({"by_name": {"a": {"phone": "1", "color": "loud"}}}, "by_name.a.color = 'loud': write red or blue"),
        ({"nmae": "x"}, "nmae = 'x': remove it; known here: by_name, count, day"),
    ],
)
def test_a_slip_is_a_sentence_of_key_value_and_fix(table: dict[str, object], sentence: str) -> None:
    with pytest.raises(TableError) as caught:
        validated(Page, table)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=50)
@given(st.data())
def test_any_slip_in_any_file_is_told_with_its_key_or_does_no_harm(name: str, data: st.DataObject) -> None:
    table = data.draw(slips(TABLES[name]))
    try:
        PARSERS[name](table)
    except TableError as error:
        told = error
    else:
        return
    assert told.key
    assert told.fix
    assert len(str(told).splitlines()) == 1


@pytest.mark.parametrize("name", PARSERS)
def test_a_key_that_nothing_reads_is_refused_in_every_file(name: str) -> None:
    with pytest.raises(TableError) as caught:
        PARSERS[name]({**TABLES[name], "colour": 1})
    assert caught.value.key == "colour"


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    path = tmp_path / "care.toml"
    path.write_text("calls = 3\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"care\.toml: calls = 3: make it a list"):
        read_table(path, parse_pace)
