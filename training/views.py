"""Data augmentation: shows the encoder each row in another way each time: folded, raw, misspelt, a word short, diluted.

A quarter of the rows stand among one to six harmless ones, since people in danger also say hello and what they ate.
"""

import random
from collections.abc import Sequence

from buddybot.rules.normalise import Folding
from training.rows import Row, noisy

FOLDED, RAW = 0.6, 0.2
SHORTENED, DILUTED = 0.3, 0.25
AROUND = (1, 1, 2, 2, 3, 4, 6)
# Only short rows stand around others: what stands at the end must still be read.
SHORT = 9
JOINTS = (". ", " ", "\n", ", ")


class Views:
    """Chooses a view of a row."""

    def __init__(self, folding: Folding, table: Sequence[Row], chance: random.Random) -> None:
        """Find the rows that may stand around others."""
        self._folding, self._chance = folding, chance
        self._harmless = [row.text for row in table if not row.labels and 0 < len(row.text.split()) <= SHORT]

    def of(self, text: str) -> str:
        """Return one view."""
        chance = self._chance
        words = text.split()
        if len(words) > 3 and chance.random() < SHORTENED:
            del words[chance.randrange(len(words))]
            text = " ".join(words)
        if chance.random() < DILUTED:
            text = self._diluted(text)
        kind = chance.random()
        if kind < FOLDED:
            return self._folding.fold(text).text
        return text if kind < FOLDED + RAW else self._folding.fold(noisy(text, chance)).text

    def _diluted(self, text: str) -> str:
        around = [self._chance.choice(self._harmless) for _ in range(self._chance.choice(AROUND))]
        around.insert(self._chance.randrange(len(around) + 1), text)
        return self._chance.choice(JOINTS).join(around)
