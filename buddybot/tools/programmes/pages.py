"""HTML page of a programme's report: a bar chart (inline SVG) and the same as a table for each measure, no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from buddybot.domain.programmes.disclosure import ROUNDED_TO, SHOWN_FROM, SMALLEST, SPREAD, Published
from buddybot.domain.programmes.quarters import Quarter

LABEL, WIDTH, ROW, BAR = 230, 720, 30, 18
NUMBER = 60
MEASURES: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "people": ("People who are counted", "Those who said yes, in each quarter.", {"all": "counted"}),
    "weeks": (
        "Weeks in which they wrote to somebody",
        "A quarter has 13 weeks.",
        {"0-3": "0 to 3 weeks", "4-8": "4 to 8 weeks", "9-13": "9 or more weeks"},
    ),
    "pairs": (
        "Pairs that lasted 14 days",
        "Of those who met a buddy at least 14 days before the quarter's end.",
        {"yes": "14 days or longer", "no": "ended sooner"},
    ),
    "heard": (
        "Do you feel heard?",
        "Of those who tapped an answer, on day 3 or 14 with a buddy; their last one counts.",
        {"yes": "yes", "no": "a little, or no"},
    ),
    "safe": (
        "Does it feel safe?",
        "Likewise.",
        {"yes": "yes", "no": "not quite, or no"},
    ),
}
"""What stands over each table, what it is of, and how its answers are called."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One number: where its bar stands, and how long it is. Without a count it is hidden."""

    label: str
    count: int | None
    top: int
    length: int


@dataclass(frozen=True, slots=True)
class _Chart:
    """One measure over all quarters."""

    name: str
    title: str
    about: str
    bars: Sequence[_Bar]
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int | None]]]

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return ROW * len(self.bars)

    @property
    def alt(self) -> str:
        """The same in words."""
        return "; ".join(f"{bar.label}: {'not shown' if bar.count is None else bar.count}" for bar in self.bars)


def report_page(name: str, found: Mapping[Quarter, Sequence[Published]], made: date) -> str:
    """Return the page of a report."""
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    charts = [_chart(measure, found) for measure in MEASURES]
    return pages.get_template("report.html").render(
        name=name,
        quarters=[(str(one), one.first, one.last) for one in found],
        made=made,
        charts=charts,
        smallest=SMALLEST,
        rounded_to=ROUNDED_TO,
        shown_from=SHOWN_FROM,
        spread=int(SPREAD),
        size={"label": LABEL, "width": WIDTH, "bar": BAR},
    )


def _chart(measure: str, found: Mapping[Quarter, Sequence[Published]]) -> _Chart:
    title, about, answers = MEASURES[measure]
    numbers = {
        quarter: {cell[0]: count for table in tables if table.name == measure for cell, count in table.cells.items()}
        for quarter, tables in found.items()
    }
    most = max((count or 0 for cells in numbers.values() for count in cells.values()), default=0) or 1
    long = WIDTH - LABEL - NUMBER
    bars = [
        _Bar(f"{quarter}, {label}", count := cells.get(answer), 0, 0 if count is None else long * count // most)
        for quarter, cells in numbers.items()
        for answer, label in answers.items()
    ]
    placed = [_Bar(bar.label, bar.count, ROW * place, bar.length) for place, bar in enumerate(bars)]
    rows = [(str(quarter), [cells.get(answer) for answer in answers]) for quarter, cells in numbers.items()]
    return _Chart(measure, title, about, placed, list(answers.values()), rows)
