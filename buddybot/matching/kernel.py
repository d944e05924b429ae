"""Loops of the matcher that are compiled: one look at all pairs, and an auction's bids one after another.

Far too slow as they stand, and very fast once `fast` has them compiled.
"""

from typing import NamedTuple

import numpy as np

from buddybot.matching.tables import Floats, Ints, Masks, Small, Thin


class Arrays(NamedTuple):
    """What is known of everybody."""

    words: Masks
    swapped: Masks  # the words with their halves exchanged
    kinds: Small
    table0: Thin
    table1: Thin
    table2: Thin
    table3: Thin
    life: Small  # lower and upper half of a mask of items
    lower_sums: Thin  # what every set of items weighs
    upper_sums: Thin
    share: Thin
    most_life: float
    floors: Thin


class LookTask(NamedTuple):
    """Who looks at whom: `columns` with the greatest offer first; a row wants more than its least."""

    rows: Ints
    columns: Ints
    least: Thin
    offer: Thin


def look(of: Arrays, task: LookTask, partner: Ints, gain: Thin) -> None:
    """Fill `partner` and `gain` with each row's best columns above its least; what is left stays as it was."""
    rows, columns, offer = task.rows, task.columns, task.offer[task.columns]
    # What the inner loop reads lies side by side.
    words, kinds, life = of.swapped[columns], of.kinds[columns], of.life[columns]
    share, floors = of.share[columns], of.floors[columns]
    for r in range(len(rows)):
        i = rows[r]
        row0, row1 = of.table0[of.kinds[i, 0]], of.table1[of.kinds[i, 1]]
        row2, row3 = of.table2[of.kinds[i, 2]], of.table3[of.kinds[i, 3]]
        top = row0.max() + row1.max() + row2.max() + row3.max() + of.most_life
        word, low, high, mine, floor = of.words[i], of.life[i, 0], of.life[i, 1], of.share[i], of.floors[i]
        needed, lowest, found = task.least[r], 0, 0
        for c in range(len(columns)):
            if top + offer[c] <= needed:
                break
            if words[c] & word or columns[c] == i:
                continue
            score = row0[kinds[c, 0]] + row1[kinds[c, 1]] + row2[kinds[c, 2]] + row3[kinds[c, 3]]
            if score + of.most_life + offer[c] <= needed:
                continue
            shared = of.lower_sums[low & life[c, 0]] + of.upper_sums[high & life[c, 1]]
            score += shared * max(mine, share[c])
            if score + offer[c] <= needed or score < min(floor, floors[c]):
                continue
            at = lowest
            if found < len(partner[r]):
                at = found
                found += 1
            partner[r, at], gain[r, at] = columns[c], score + offer[c]
            if found == len(partner[r]):
                lowest = gain[r].argmin()
                needed = max(task.least[r], gain[r, lowest])


class Stalls(NamedTuple):
    """A market in compressed sparse rows: what each bidder may bid for, and who holds what at which price."""

    start: Ints
    column: Ints
    value: Floats
    price: Floats
    holder: Ints
    held: Ints


def bid_in_turn(of: Stalls, step: float) -> None:
    """Let one bidder bid at a time until nobody is without: Bertsekas' auction in its Gauss-Seidel form.

    Each bid sees the price that the one before it left, so far fewer are needed than where all bid at once.
    """
    waiting = np.arange(len(of.start) - 1)
    left = len(waiting)
    while left:
        left -= 1
        bidder = waiting[left]
        best, second, wanted = -np.inf, -np.inf, -1
        for entry in range(of.start[bidder], of.start[bidder + 1]):
            gain = of.value[entry] - of.price[of.column[entry]]
            if gain > best:
                second, best, wanted = best, gain, of.column[entry]
            elif gain > second:
                second = gain
        of.price[wanted] += step if second == -np.inf else best - second + step
        before = of.holder[wanted]
        of.holder[wanted] = bidder
        of.held[bidder] = wanted
        if before >= 0:
            of.held[before] = -1
            waiting[left] = before
            left += 1
