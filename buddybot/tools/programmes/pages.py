"""HTML page of a programme's report: a bar chart (inline SVG) and the same as a table for each measure, no script."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from buddybot.content.words import Words
from buddybot.domain.programmes.disclosure import ROUNDED_TO, SHOWN_FROM, SMALLEST, SPREAD, Published
from buddybot.domain.programmes.quarters import Quarter

LABEL, WIDTH, ROW, BAR = 230, 720, 30, 18
NUMBER = 60
MEASURES: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "people": ("numbers-people", "numbers-people-about", {"all": "numbers-counted"}),
    "weeks": (
        "numbers-weeks",
        "numbers-weeks-about",
        {"0-3": "numbers-weeks-few", "4-8": "numbers-weeks-some", "9-13": "numbers-weeks-many"},
    ),
    "pairs": ("numbers-pairs", "numbers-pairs-about", {"yes": "numbers-pairs-lasted", "no": "numbers-pairs-ended"}),
    "heard": ("numbers-heard", "numbers-heard-about", {"yes": "numbers-heard-yes", "no": "numbers-heard-no"}),
    "safe": ("numbers-safe", "numbers-safe-about", {"yes": "numbers-safe-yes", "no": "numbers-safe-no"}),
}
"""Keys of what stands over each table, what it is of, and how its answers are called."""
STANDING = ("numbers-whose", "numbers-quarter", "numbers-hidden", "numbers-how", "numbers-felt")
"""Keys of the page's sentences that take nothing in."""


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
    hidden: str
    """What stands in place of a number that is not shown."""

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return ROW * len(self.bars)

    @property
    def alt(self) -> str:
        """The same in words."""
        return "; ".join(f"{bar.label}: {self.hidden if bar.count is None else bar.count}" for bar in self.bars)


def report_page(
    words: Words, language: str, name: str, found: Mapping[Quarter, Sequence[Published]], made: date
) -> str:
    """Return the page of a report, in one language."""
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    say = partial(words.say, language)
    return pages.get_template("report.html").render(
        language=language,
        name=name,
        title=say("numbers-title", name=name),
        spans=[say("numbers-span", quarter=str(one), first=one.first, last=one.last) for one in found],
        made=say("numbers-made", day=made),
        say={key: say(key) for key in STANDING},
        chance=say("numbers-chance", most=2 * int(SPREAD), step=ROUNDED_TO),
        small=say("numbers-small", smallest=SMALLEST, least=SHOWN_FROM),
        charts=[_chart(say, measure, found) for measure in MEASURES],
        size={"label": LABEL, "width": WIDTH, "bar": BAR},
    )


def _chart(say: Callable[[str], str], measure: str, found: Mapping[Quarter, Sequence[Published]]) -> _Chart:
    title, about, answers = MEASURES[measure]
    numbers = {
        quarter: {cell[0]: count for table in tables if table.name == measure for cell, count in table.cells.items()}
        for quarter, tables in found.items()
    }
    most = max((count or 0 for cells in numbers.values() for count in cells.values()), default=0) or 1
    long = WIDTH - LABEL - NUMBER
    bars = [
        _Bar(f"{quarter}, {say(key)}", count := cells.get(answer), 0, 0 if count is None else long * count // most)
        for quarter, cells in numbers.items()
        for answer, key in answers.items()
    ]
    placed = [_Bar(bar.label, bar.count, ROW * place, bar.length) for place, bar in enumerate(bars)]
    rows = [(str(quarter), [cells.get(answer) for answer in answers]) for quarter, cells in numbers.items()]
    heads = [say(key) for key in answers.values()]
    return _Chart(measure, say(title), say(about), placed, heads, rows, say("numbers-hidden"))
