"""The one compiled loop; imported only where numba is installed."""

from numba import njit

from buddybot.matching.tables import Ints, Masks, Small, Thin


@njit(cache=True, nogil=True)
def look(
    rows: Ints,
    columns: Ints,
    words: Masks,
    swapped: Masks,
    kinds: Small,
    table0: Thin,
    table1: Thin,
    table2: Thin,
    table3: Thin,
    life: Small,
    lower_sums: Thin,
    upper_sums: Thin,
    share: Thin,
    most_life: float,
    floors: Thin,
    least: Thin,
    offer: Thin,
    partner: Ints,
    gain: Thin,
) -> None:
    """Fill `partner` and `gain` with each row's best columns above its least, and -1 where there are no more.

    `columns` come with the greatest offer first, so that a row can stop where no score makes up for the rest.
    """
    most, count = partner.shape[1], len(columns)
    # What the inner loop reads lies side by side.
    their_words, their_kinds, their_life = swapped[columns], kinds[columns], life[columns]
    their_share, their_floors, their_offer = share[columns], floors[columns], offer[columns]
    for r in range(len(rows)):
        i = rows[r]
        row0, row1, row2, row3 = table0[kinds[i, 0]], table1[kinds[i, 1]], table2[kinds[i, 2]], table3[kinds[i, 3]]
        top = row0.max() + row1.max() + row2.max() + row3.max() + most_life
        word, low, high, mine, floor, needed = words[i], life[i, 0], life[i, 1], share[i], floors[i], least[r]
        lowest, found = 0, 0
        for c in range(count):
            if top + their_offer[c] <= needed:
                break
            if word & their_words[c] or columns[c] == i:
                continue
            score = row1[their_kinds[c, 1]] + row0[their_kinds[c, 0]] + row2[their_kinds[c, 2]]
            score += row3[their_kinds[c, 3]]
            if score + most_life + their_offer[c] <= needed:
                continue
            shared = lower_sums[low & their_life[c, 0]] + upper_sums[high & their_life[c, 1]]
            score += shared * max(mine, their_share[c])
            profit = score + their_offer[c]
            if profit <= needed or score < min(floor, their_floors[c]):
                continue
            at = lowest
            if found < most:
                at = found
                found += 1
            partner[r, at], gain[r, at] = columns[c], profit
            if found == most:
                lowest = gain[r].argmin()
                needed = max(least[r], gain[r, lowest])
