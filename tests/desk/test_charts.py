import pytest
from buddybot_desk.charts import WIDTH, bars, gaps, hours


def test_a_bar_is_as_long_as_its_count_and_a_hidden_one_has_none() -> None:
    made = bars([("a", 40, 20), ("b", 20, None), ("c", None, None), ("d", 0, None)])
    assert [bar.width for bar in made.bars] == [276, 138, 0, 0]
    assert [bar.part_width for bar in made.bars] == [138, 0, 0, 0]
    assert made.height == 4 * 34
    assert made.width == WIDTH


def test_a_small_bar_can_still_be_seen_and_no_bars_are_no_chart() -> None:
    assert bars([("a", 10_000, None), ("b", 1, None)]).bars[1].width == 2
    assert bars([]).bars == ()


def test_an_hour_is_as_tall_as_it_was_covered() -> None:
    found = hours([0, 14, 28], 28)
    assert [(one.hour, one.height) for one in found] == [(0, 0), (1, 42), (2, 84)]


@pytest.mark.parametrize(
    ("coverage", "spans"),
    [
        ([], ()),
        ([1, 2], ()),
        ([0, 1, 0, 0, 2, 0], ((0, 0), (2, 3), (5, 5))),
    ],
)
def test_hours_without_anybody_are_told_as_spans(coverage: list[int], spans: tuple[tuple[int, int], ...]) -> None:
    assert gaps(coverage) == spans
