"""Measures the screener as a stranger would: all rows of one hand are held out, and the others taught.

Run `python -m training.hands [PREFIX]`. For each held-out hand it prints one line of JSON: recall at 0.5, 1 and 3 %
of benign rows flagged, and what the whole screener says with the thresholds of `data/rules.toml`. Levels are held out,
too. With PREFIX the scores are kept in .npy files.
"""

import json
import sys
from collections.abc import Sequence

import numpy as np

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.rules.decide import Read, Screener
from training.held_out import figures
from training.opinion import Floats, Lesson, Terms, blocks, fit, lesson_of, report
from training.rows import TARGETS, rows

# Files by one hand each that hold every label. Other hands wrote for few labels and can't be spared.
HANDS = ("dev", "dev2")


def unseen(lesson: Lesson, test: Sequence[int]) -> Floats:
    """Score these rows by a model that knows neither them nor their families."""
    families = {lesson.table[at].family for at in test}
    held = set(test)
    train = [at for at, row in enumerate(lesson.table) if at not in held and row.family not in families]
    read, truth, weight = lesson.learned(train)
    terms = Terms(read)
    weights, bias = fit(terms.matrix(read), truth, weight)
    return terms.matrix([lesson.plain[at] for at in test]) @ weights + bias


def measured(screener: Screener, lesson: Lesson, test: Sequence[int], scores: Floats) -> dict[str, object]:
    table = [lesson.table[at] for at in test]
    said = [
        screener.decide(Read(screener.read(row.text).seen, dict(zip(TARGETS, line, strict=True))))
        for row, line in zip(table, scores.tolist(), strict=True)
    ]
    return {"rows": len(table), "curve": report(scores, lesson.truth[list(test)]), "as_shipped": figures(table, said)}


def main() -> None:
    screener = load_screener(content_dir())
    lesson = lesson_of(rows(), lambda text: blocks(screener.sight, text))
    for hand in HANDS:
        test = [at for at, row in enumerate(lesson.table) if row.hand == hand]
        scores = unseen(lesson, test)
        if len(sys.argv) > 1:
            np.save(f"{sys.argv[1]}-{hand}.npy", scores)
        sys.stdout.write(json.dumps({"hand": hand, **measured(screener, lesson, test, scores)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
