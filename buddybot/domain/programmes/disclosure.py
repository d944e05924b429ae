"""Statistical disclosure control of counts: noise, a threshold, rounding, and suppression of cells and complements.

Rounding alone gives one person away to somebody who knows all others: at the edge between two roundings one more shows.
So chance is added first, drawn once for each number ever published (a discrete Gaussian, as censuses use). With it,
whoever knows everything of everybody else is little better than a coin at telling whether one person is in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from typing import TypeAlias

from buddybot.domain.kernel.world import Chance

SMALLEST = 10
"""No number is shown of fewer people: the k of k-anonymity."""
ROUNDED_TO = 5
SPREAD = 5.0
"""Standard deviation of the chance that is added."""
SHOWN_FROM = 23
"""What a number must reach with its chance, so that one more at `SMALLEST` does not show by a number appearing."""
_REACH = 8 * int(SPREAD)
_NOISE = range(-_REACH, _REACH + 1)
_SUMS = tuple(accumulate(exp(-(one**2) / (2 * SPREAD**2)) for one in _NOISE))

Cell: TypeAlias = tuple[str, ...]
"""The values of one or two fields; never more."""
MOST_FIELDS = 2


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of people by one or two fields: each person is in one cell at most.

    `whole` says that its people are all that are counted, whose number is published as well: then a single cell that is
    hidden could be worked out from the others. Of whom the other tables are is published nowhere.
    """

    name: str
    counts: Mapping[Cell, int]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What the world may see of a table: rounded numbers, and None for a cell that is hidden."""

    name: str
    cells: Mapping[Cell, int | None]

    @property
    def shows(self) -> bool:
        """Whether any number is shown."""
        return any(one is not None for one in self.cells.values())


def publish(tables: Iterable[CountTable], chance: Chance) -> list[Published]:
    """Return what may be seen of these tables. It draws chance, so that it is called once for a set and remembered."""
    return [_published(table, chance) for table in tables]


def _published(table: CountTable, chance: Chance) -> Published:
    if any(len(cell) > MOST_FIELDS for cell in table.counts):
        raise ValueError(f"{table.name}: a table crosses two fields at most")
    noisy = {cell: count + _drawn(chance) for cell, count in table.counts.items()}
    hidden = {cell for cell, count in table.counts.items() if count < SMALLEST or noisy[cell] < SHOWN_FROM}
    hidden |= complements(noisy, hidden, table)
    return Published(table.name, {cell: None if cell in hidden else _rounded(noisy[cell]) for cell in table.counts})


def complements(sizes: Mapping[Cell, int], hidden: set[Cell], table: CountTable) -> set[Cell]:
    """Return the cell to hide beside a single one that is too small: it is the published total less the others."""
    others = [cell for cell in sizes if cell not in hidden]
    if not table.whole or len(hidden) != 1 or not others:
        return set()
    return {min(others, key=lambda cell: (sizes[cell], cell))}


def _drawn(chance: Chance) -> int:
    at = chance.random() * _SUMS[-1]
    return _NOISE[next((place for place, total in enumerate(_SUMS) if at < total), len(_SUMS) - 1)]


def _rounded(noisy: int) -> int:
    return ROUNDED_TO * ((noisy + ROUNDED_TO // 2) // ROUNDED_TO)
