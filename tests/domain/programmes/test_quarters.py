from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from buddybot.domain.programmes.counted import TERMS, Counted, agree, decline, invited, join_research, wrote
from buddybot.domain.programmes.invites import code_from, code_in, spelled
from buddybot.domain.programmes.quarters import Quarter, quarter_named, quarter_of, quarters_from

Q3 = Quarter(2026, 3)


def test_a_quarter_knows_its_days() -> None:
    assert (Q3.first, Q3.last, str(Q3)) == (date(2026, 7, 1), date(2026, 9, 30), "2026-Q3")
    assert Quarter(2026, 4).ends == datetime(2027, 1, 1, tzinfo=UTC)
    assert quarter_of(date(2026, 12, 31)).later(1) == quarter_named("2027-q1")


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-Q3", "2027-Q1", [Q3, Quarter(2026, 4), Quarter(2027, 1)]),
        ("2026-07-01", "2026-09-30", [Q3]),
        ("2026-07-02", "2026-09-30", "inside 2026-Q3"),
        ("2026-07-01", "2026-09-29", "one person"),
        ("2026-Q4", "2026-Q3", "before"),
        ("summer", "2026-Q3", "'summer' is no quarter"),
    ],
)
def test_a_report_is_about_whole_quarters(first: str, last: str, found: list[Quarter] | str) -> None:
    told = quarters_from(first, last)
    assert told == found or (isinstance(told, str) and isinstance(found, str) and found in told)


def test_a_yes_holds_from_the_next_quarter_on_for_a_year() -> None:
    said = agree(invited(Counted(), "clinic"), datetime(2026, 7, 1, tzinfo=UTC))
    counted = [said.counts(Q3.later(count)) for count in range(6)]
    assert counted == [False, True, True, True, True, False]
    again = agree(said, datetime(2026, 12, 1, tzinfo=UTC))
    assert again.since == said.since
    assert agree(said, datetime(2027, 10, 1, tzinfo=UTC)).since == "2028-Q1"


def test_weeks_are_kept_only_where_they_count_and_go_with_a_no() -> None:
    said = agree(invited(Counted(), "clinic"), datetime(2026, 7, 1, tzinfo=UTC))
    assert wrote(said, date(2026, 9, 30)) is said
    once = wrote(said, date(2026, 10, 5))
    assert wrote(once, date(2026, 10, 11)) is once
    assert once.weeks_in(Quarter(2026, 4)) == 1
    later = wrote(once, date(2027, 5, 3))
    assert later.weeks == (date(2027, 5, 3),)
    assert decline(later).weeks == ()


def test_a_code_is_read_however_it_was_typed() -> None:
    code = code_from("secret")
    assert code_in(f" {spelled(code).lower()} ") == code
    assert code_in("o0il-0000-0000") == "001100000000"
    for odd in ("", "K7QM", "U" * 12, "K7QM-3XTW-9RHDX", "ключ" * 3):
        assert code_in(odd) is None


def test_a_yes_to_an_older_research_text_counts_for_nothing() -> None:
    now = datetime(2026, 7, 1, tzinfo=UTC)
    said = join_research(Counted(), now)
    older = replace(said, terms="2020-01-01")
    assert (said.researched(Q3.later(1)), older.researched(Q3.later(1))) == (True, False)
    anew = join_research(older, datetime(2026, 12, 1, tzinfo=UTC))
    assert (anew.terms, anew.research_since) == (TERMS, "2027-Q1")
