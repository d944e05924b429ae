import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer

from buddybot.store.kernel.sql import for_psycopg, statements

OPAQUE = [
    "'plain'",
    "'a :name in a literal'",
    "'it''s :not'",
    "'100 %'",
    "e'\\':no'",
    '"odd :column"',
    '"q""uote :x"',
    "-- :comment; 'open\n",
    "/* :block; ' */",
    "$$ :body; $$",
    "$tag$ :body; $$ $tag$",
    "::text",
    "x::bytea",
]
CODE = ["SELECT ", " a ", ", ", "(", ")", " + 5 % 2 ", "::int", " price ", "\n"]
NAMES = ["who", "now", "a_b", "x1"]

opaque = st.sampled_from(OPAQUE).map(lambda piece: (piece, piece.replace("%", "%%")))
code = st.sampled_from(CODE).map(lambda piece: (piece, piece.replace("%", "%%")))
names = st.sampled_from(NAMES).map(lambda name: (f":{name}", f"%({name})s"))


@given(st.lists(st.one_of(opaque, code, names)))
def test_only_parameters_are_translated_whatever_stands_around_them(pieces: list[tuple[str, str]]) -> None:
    # A space between the pieces: two literals side by side would be one.
    assert for_psycopg(" ".join(ours for ours, _ in pieces)) == " ".join(theirs for _, theirs in pieces)


@given(st.lists(st.one_of(opaque, code, names)))
def test_psycopg_finds_exactly_our_parameters(pieces: list[tuple[str, str]]) -> None:
    wanted = {theirs[2:-2] for _, theirs in pieces if theirs.startswith("%(")}
    query = PostgresQuery(Transformer())
    query.convert(for_psycopg(" ".join(ours for ours, _ in pieces)).encode(), dict.fromkeys(NAMES, 1))
    assert set(query._order or []) == wanted


@pytest.mark.parametrize(
    ("sql", "translated"),
    [
        ("SELECT 1", "SELECT 1"),
        ("a = :a AND b = :a", "a = %(a)s AND b = %(a)s"),
        ("x LIKE '%' || :tail", "x LIKE '%%' || %(tail)s"),
        (":a::text", "%(a)s::text"),
        ("type':x'", "type':x'"),
        ("'a' ':b' :c", "'a' ':b' %(c)s"),
        ("array[1:2]", "array[1:2]"),
    ],
)
def test_translation_by_example(sql: str, translated: str) -> None:
    assert for_psycopg(sql) == translated


@pytest.mark.parametrize(
    ("script", "parts"),
    [
        ("", []),
        ("  -- nothing\n/* at all */ ; ;", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1; SELECT 2;", ["SELECT 1", "SELECT 2"]),
        ("SELECT ';'; SELECT ';;'", ["SELECT ';'", "SELECT ';;'"]),
        ("-- why; not\nSELECT 1; -- the end", ["-- why; not\nSELECT 1"]),
        ("'said' ;", ["'said'"]),
        ("SELECT 1 -- the end; really", ["SELECT 1 -- the end; really"]),
    ],
)
def test_a_script_is_cut_at_the_ends_of_its_statements(script: str, parts: list[str]) -> None:
    assert statements(script) == parts


@given(st.lists(st.lists(st.sampled_from([*OPAQUE, *CODE]), min_size=1).map(" ".join), min_size=1))
def test_cutting_loses_nothing_but_what_says_nothing(scripts: list[str]) -> None:
    whole = [f"SELECT {script}" for script in scripts]
    assert statements(";".join(f"{one}\n" for one in whole)) == [one.strip() for one in whole]
