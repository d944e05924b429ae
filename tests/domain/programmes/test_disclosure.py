"""Nobody is given away by what is published: rules of the tables, and an adversary who knows all but one person.

The adversary knows everything of everybody else, and sees any two publications. What they can win is bounded by
arithmetic; the same adversary, playing against a naive report, wins every time.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import exp
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.programmes.disclosure import (
    ROUNDED_TO,
    SHOWN_FROM,
    SMALLEST,
    SPREAD,
    Cell,
    CountTable,
    Published,
    complements,
    publish,
)
from buddybot.service.programmes.counting import BANDS, LANES, Tallied, report_tables, research_tables

YES_NO = st.sampled_from(["", "yes", "no"])
people = st.lists(
    st.builds(
        Tallied,
        st.sampled_from([name for name, _ in BANDS]),
        YES_NO,
        YES_NO,
        YES_NO,
        st.sampled_from(["", *LANES]),
    ),
    max_size=80,
)
one = people.filter(bool).map(lambda found: found[0])


def all_tables(found: Sequence[Tallied]) -> list[CountTable]:
    return [*report_tables(found), *research_tables(found)]


# ── The rules ───────────────────────────────────────────────────────────────────────────


@given(people, st.integers(0, 999))
def test_no_small_number_is_shown_and_none_can_be_worked_out(found: list[Tallied], seed: int) -> None:
    tables = all_tables(found)
    for table, shown in zip(tables, publish(tables, Random(seed)), strict=True):
        for cell, count in shown.cells.items():
            assert count is None or (count % ROUNDED_TO == 0 and table.counts[cell] >= SMALLEST)
        gaps = sum(count is None for count in shown.cells.values())
        assert gaps != 1 or not table.whole, "a single gap is the total less the others"


def test_the_smallest_neighbour_is_hidden_with_a_gap() -> None:
    sizes: dict[Cell, int] = {("a",): 90, ("b",): 40, ("c",): 3}
    assert complements(sizes, {("c",)}, CountTable("t", sizes, whole=True)) == {("b",)}
    assert complements(sizes, {("c",)}, CountTable("t", sizes)) == set()


def test_three_fields_are_crossed_by_nobody() -> None:
    with pytest.raises(ValueError, match="two fields"):
        publish([CountTable("t", {("a", "b", "c"): 99})], Random(1))
    assert all(len(cell) <= 2 for table in all_tables(()) for cell in table.counts)


@given(people, one)
def test_one_person_changes_one_cell_of_each_table_by_one(others: list[Tallied], planted: Tallied) -> None:
    for before, after in pairwise_tables(others, planted):
        changes = [after.counts[cell] - count for cell, count in before.counts.items()]
        assert set(changes) <= {0, 1}
        assert sum(changes) <= 1


def pairwise_tables(others: list[Tallied], planted: Tallied) -> list[tuple[CountTable, CountTable]]:
    return list(zip(all_tables(others), all_tables([*others, planted]), strict=True))


# ── What anybody can win, by arithmetic ─────────────────────────────────────────────────

CELLS = max(len(report_tables(())), len(research_tables(())))
"""Cells of one publication that one person is in: one of each table."""
BOUND = 0.32
"""By how much an adversary's two guesses may differ: right in 66 of 100 cases at most, where a coin is in 50."""


def advantage(cells: int) -> float:
    """Return the total variation between what is seen with and without somebody who is in so many cells.

    The sum of the noises says all that can be said of a shift by one in each, as they are Gaussian.
    """
    reach = range(-8 * int(SPREAD), 8 * int(SPREAD) + 1)
    single = np.array([exp(-(noise**2) / (2 * SPREAD**2)) for noise in reach])
    single /= single.sum()
    summed = np.array([1.0])
    for _ in range(cells):
        summed = np.convolve(summed, single)
    apart = np.abs(np.pad(summed, (0, cells)) - np.pad(summed, (cells, 0)))
    return float(apart.sum() / 2)


def test_two_publications_of_one_person_are_nearly_alike_with_and_without_them() -> None:
    tail = [exp(-(noise**2) / (2 * SPREAD**2)) for noise in range(-40, 41)]
    appears = sum(tail[SHOWN_FROM - SMALLEST + 40 :]) / sum(tail)
    assert advantage(CELLS) + CELLS * appears < 0.22
    assert advantage(2 * CELLS) + 2 * CELLS * appears < BOUND


# ── The adversary at work ───────────────────────────────────────────────────────────────

History = Sequence[Sequence[Tallied]]
"""Who else is counted in each of two publications: some joined, some took it back, some were erased."""
Publisher = Callable[[Sequence[Tallied]], Mapping[str, int | None]]


def careful(chance: Random) -> Publisher:
    return lambda found: flat(publish(report_tables(found), chance))


def naive(found: Sequence[Tallied]) -> Mapping[str, int | None]:
    """Count exactly, and hide what is below ten: what most reports do."""
    tables = report_tables(found)
    return {f"{table.name}{cell}": n if n >= SMALLEST else None for table in tables for cell, n in table.counts.items()}


def rounded(found: Sequence[Tallied]) -> Mapping[str, int | None]:
    """Round to five as well."""
    return {name: None if n is None else 5 * ((n + 2) // 5) for name, n in naive(found).items()}


def flat(tables: Sequence[Published]) -> Mapping[str, int | None]:
    return {f"{table.name}{cell}": count for table in tables for cell, count in table.cells.items()}


def guesses(history: History, planted: Tallied, seen: Sequence[Mapping[str, int | None]]) -> bool:
    """Guess whether the planted person is in, knowing everybody else: by all numbers, and by which are shown at all."""
    score = 0.0
    for others, shown in zip(history, seen, strict=True):
        without, within = (exact(found) for found in (others, [*others, planted]))
        for name, count in shown.items():
            if without[name] == within[name]:
                continue
            if count is None:
                score -= 0.5 * (within[name] == SMALLEST)
            elif without[name] < SMALLEST:
                return True
            else:
                score += count - (without[name] + within[name]) / 2
    return score > 0


def exact(found: Sequence[Tallied]) -> Mapping[str, int]:
    return {f"{table.name}{cell}": n for table in report_tables(found) for cell, n in table.counts.items()}


def random_history(chance: Random) -> History:
    """Draw who else is counted: often near the edges, where one more shows most."""
    first = [somebody(chance) for _ in range(chance.choice([9, 12, 22, 27, 32, 40, 60]))]
    stayed = [found for found in first if chance.random() < chance.choice([0.8, 1.0])]
    return first, [*stayed, *(somebody(chance) for _ in range(chance.choice([0, 0, 1, 5])))]


def somebody(chance: Random) -> Tallied:
    yes = "yes" if chance.random() < 0.9 else "no"
    return Tallied("9-13" if chance.random() < 0.9 else "0-3", yes, yes, yes)


def won(publisher: Publisher, chance: Random, rounds: int) -> float:
    """Return the share of games in which the adversary guessed right."""
    right = 0
    for _ in range(rounds):
        history, planted, is_in = random_history(chance), Tallied("9-13", "yes", "yes", "yes"), chance.random() < 0.5
        seen = [publisher([*others, planted] if is_in else others) for others in history]
        right += guesses(history, planted, seen) is is_in
    return right / rounds


def test_an_adversary_who_knows_everybody_else_hardly_beats_a_coin() -> None:
    chance = Random(7)
    assert won(careful(chance), chance, 1500) < 0.5 + BOUND / 2 + 0.03


def test_the_same_adversary_reads_a_naive_report_like_a_book() -> None:
    assert won(naive, Random(7), 300) > 0.97


def test_rounding_alone_gives_somebody_away_at_its_edges() -> None:
    edge = [somebody(Random(1)) for _ in range(12)]
    planted = Tallied("9-13", "yes", "yes", "yes")
    assert rounded(edge)["people('all',)"] == 10
    assert rounded([*edge, planted])["people('all',)"] == 15


def test_two_spans_that_differ_by_a_day_give_somebody_away_where_spans_are_free() -> None:
    """A naive report takes any two days: the second of these leaves out the one who began in between."""
    began = {place: place // 3 for place in range(60)} | {99: 30}

    def spans(first: int, last: int) -> int:
        return sum(first <= day <= last for day in began.values())

    assert spans(0, 30) - spans(0, 29) == 1


def test_a_number_drawn_twice_would_be_averaged_away_so_it_is_drawn_once() -> None:
    """Whoever could have a quarter published anew would see through the chance: the ledger keeps it from happening."""
    chance = Random(3)
    table = CountTable("t", {("a",): 47})
    drawn = [publish([table], chance)[0].cells[("a",)] or 0 for _ in range(4000)]
    assert abs(sum(drawn) / len(drawn) - 47) < 0.5
    assert max(drawn) - min(drawn) > 15
    assert any(left != right for left, right in pairwise(drawn))
