"""Trains the opinion from data/training and writes data/model/opinion.safetensors; prints cross-validated figures.

Families of wording never cross a split: five folds, whole families held out. Run from the root:
`python -m training.opinion [--check] [--scores FILE.npy] [--baseline]`. `--check` writes nothing; `--hold HAND ...`
leaves out what `training.encoder` leaves out, and writes to the folder `--out`; `--baseline` measures
scikit-learn's word and character n-grams with logistic regression on the same folds, and takes some minutes.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
from marisa_trie import Trie
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from buddybot.content.screening import load_sight
from buddybot.rules.opinion import letters_of
from buddybot.rules.sight import Sight
from training.rows import DATA, LABELS, TARGETS, Row, noisy, rows, split
from training.tensors import write_tensors

# How freely weights may grow (1 / regularisation), and the rows' weight beside their misspelt copies.
FREEDOM = 10.0
CLEAN, MISSPELT = 0.65, 0.7
# How often a term of each block must occur (words, letters, kinds, signs), and how loud the block speaks.
RARE = (2, 3, 2, 2)
LOUD = (1.0, 1.0, 0.6, 0.6)
# The length from which a block counts in full: that of the shortest quarter of the rows.
FULL = (26.0, 51.0, 9.0, 1.0)
TABLE_LIMIT = 127

Blocks: TypeAlias = tuple[list[str], ...]
Floats: TypeAlias = NDArray[np.float64]
Truth: TypeAlias = NDArray[np.bool_]
# How far kinds stand apart that are weighed as a pair: as `buddybot.rules.opinion` reads them.
_REACH = 4


def pairs_of(words: Sequence[str]) -> Iterator[str]:
    """Return the word unigrams and bigrams."""
    yield from words
    yield from map(" ".join, pairwise(words))


def kinds_of(typed: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Name the kinds and the pairs of kinds that stand close, in order."""
    kinds = [kind for kind, _ in typed]
    for at, kind in enumerate(kinds):
        yield "&" + kind
        for other in kinds[at + 1 : at + 1 + _REACH]:
            yield f"&{kind}>{other}"


def blocks(sight: Sight, text: str) -> Blocks:
    """Name the four blocks of terms that the opinion counts."""
    seen = sight.see(text)
    letters = [term for word in seen.words.words for term in letters_of(word)]
    return list(pairs_of(seen.words.words)), letters, list(kinds_of(seen.typed)), list(seen.signs())


class Terms:
    """The vocabulary of one training set, with the rarity of each term, by block."""

    def __init__(self, read: Sequence[Blocks]) -> None:
        """Count each term once a row, and keep those that are not too rare."""
        self.index: list[dict[str, int]] = []
        self.rarity: list[Floats] = []
        for block, least in enumerate(RARE):
            seen = Counter(term for row in read for term in set(row[block]))
            kept = sorted(term for term, count in seen.items() if count >= least)
            self.index.append({term: at for at, term in enumerate(kept)})
            self.rarity.append(np.array([np.log((1 + len(read)) / (1 + seen[term])) + 1 for term in kept]))

    def matrix(self, read: Sequence[Blocks]) -> "csr_matrix[np.float64]":
        """Return a row for each message, each block scaled to its loudness."""
        parts = []
        for block, (index, rarity) in enumerate(zip(self.index, self.rarity, strict=True)):
            data: list[Floats] = []
            columns: list[int] = []
            starts = [0]
            for row in read:
                found = Counter(at for at in map(index.get, row[block]) if at is not None)
                places = list(found)
                values = np.fromiter(found.values(), dtype=np.float64) * rarity[places]
                data.append(values * LOUD[block] / max(np.sqrt((values * values).sum()), FULL[block]))
                columns += places
                starts.append(len(columns))
            parts.append(csr_matrix((np.concatenate(data), columns, starts), shape=(len(read), len(index))))
        return hstack(parts).tocsr()


def fit(matrix: "csr_matrix[np.float64]", truth: Truth, weight: Floats) -> tuple[Floats, Floats]:
    """Fit logistic regressions for all targets at once, each target's two sides of equal weight."""
    share = np.maximum(truth.mean(axis=0), 1e-9)
    heavy = np.where(truth, 0.5 / share, 0.5 / (1 - share)) * weight[:, None] * FREEDOM
    sign = np.where(truth, 1.0, -1.0)
    turned, shape = matrix.T.tocsr(), (matrix.shape[1] + 1, truth.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(shape)
        margin = (matrix @ table[:-1] + table[-1]) * sign
        pull = -heavy * sign / (1 + np.exp(np.minimum(margin, 500)))
        slope = np.vstack([turned @ pull + table[:-1], pull.sum(axis=0)])
        return float((heavy * np.logaddexp(0, -margin)).sum() + (table[:-1] ** 2).sum() / 2), slope.ravel()

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80, "maxcor": 6})
    table = found.x.reshape(shape)
    return table[:-1], table[-1]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything there is to learn from: rows, what they hold plain and misspelt, and what they are."""

    table: Sequence[Row]
    plain: Sequence[Blocks]
    misspelt: Sequence[Blocks]
    truth: Truth

    def learned(self, at: Iterable[int]) -> tuple[list[Blocks], Truth, Floats]:
        """Return the rows at these places and every other one misspelt, with truth and weight."""
        places = list(at)
        copied = places[::2]
        read = [self.plain[place] for place in places] + [self.misspelt[place] for place in copied]
        weight = np.repeat([CLEAN, MISSPELT], [len(places), len(copied)])
        return read, np.concatenate([self.truth[places], self.truth[copied]]), weight


def folds(table: Sequence[Row]) -> list[tuple[list[int], list[int]]]:
    split = GroupKFold(5).split(table, groups=[row.family for row in table])
    return [(train.tolist(), test.tolist()) for train, test in split]


def held_out(lesson: Lesson) -> Floats:
    """Score each row, for the labels only, by a model that has not seen its family."""
    scores = np.zeros((len(lesson.table), len(LABELS)))
    for train, test in folds(lesson.table):
        read, truth, weight = lesson.learned(train)
        terms = Terms(read)
        weights, bias = fit(terms.matrix(read), truth[:, : len(LABELS)], weight)
        scores[test] = terms.matrix([lesson.plain[at] for at in test]) @ weights + bias
    return scores


def baseline(table: Sequence[Row], truth: Truth) -> Floats:
    """Score with plain n-grams: what the opinion has to beat at equal false alarms."""
    texts, scores = [row.text for row in table], np.zeros((len(table), len(LABELS)))
    for train, test in folds(table):
        makers = (
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
        )
        seen = hstack([maker.fit_transform([texts[at] for at in train]) for maker in makers]).tocsr()
        unseen = hstack([maker.transform([texts[at] for at in test]) for maker in makers]).tocsr()
        for column in range(len(LABELS)):
            model = LogisticRegression(C=30, class_weight="balanced", solver="liblinear", random_state=0)
            scores[test, column] = model.fit(seen, truth[train, column]).decision_function(unseen)
    return scores


def write(lesson: Lesson, places: Iterable[int], folder: Path) -> None:
    read, truth, weight = lesson.learned(places)
    terms = Terms(read)
    fitted, bias = fit(terms.matrix(read), truth, weight)
    rarity = np.concatenate(terms.rarity)
    loud = np.concatenate([np.full(len(index), LOUD[block]) for block, index in enumerate(terms.index)])
    weights = fitted * (rarity * loud)[:, None]
    scale = np.abs(weights).max(axis=0) / TABLE_LIMIT
    names = [name for index in terms.index for name in index]
    trie = Trie(names)
    order = np.argsort([trie[name] for name in names])
    folder.mkdir(parents=True, exist_ok=True)
    write_tensors(
        folder / "opinion.safetensors",
        {
            "weights": np.round(weights / scale).astype(np.int8)[order],
            "rarity": rarity.astype(np.float16)[order],
            "scale": scale.astype(np.float32),
            "bias": bias.astype(np.float32),
            "full": np.array(FULL, dtype=np.float32),
            "terms": np.frombuffer(trie.tobytes(), dtype=np.uint8),
            "labels": np.frombuffer("\n".join(TARGETS).encode(), dtype=np.uint8),
        },
    )


def report(scores: Floats, truth: Truth) -> dict[str, dict[str, float]]:
    """Say, for each label, which recall is reached where 0.5, 1 and 3 % of benign rows are flagged."""
    benign = ~truth[:, : len(LABELS)].any(axis=1)

    def recall(column: int, share: float) -> float:
        limit = np.quantile(scores[benign, column], 1 - share)
        return round(float((scores[truth[:, column], column] > limit).mean()), 3)

    return {
        label: {f"recall_at_{share}": recall(column, share) for share in (0.005, 0.01, 0.03)}
        for column, label in enumerate(LABELS)
    }


def lesson_of(table: Sequence[Row], see: Callable[[str], Blocks]) -> Lesson:
    chance = random.Random(20261123)
    misspelt = [see(noisy(row.text, chance)) for row in table]
    truth = np.array([[target in row.targets() for target in TARGETS] for row in table])
    return Lesson(table, [see(row.text) for row in table], misspelt, truth)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    parser.add_argument("--scores", help="keep held-out scores in this .npy file")
    parser.add_argument("--only-write", action="store_true", help="train and write without cross-validation")
    parser.add_argument("--hold", nargs="*", default=[], metavar="HAND")
    parser.add_argument("--out", type=Path, default=DATA / "model")
    parser.add_argument("--baseline", action="store_true", help="measure plain n-grams on the same folds, too")
    options = parser.parse_args()
    sight = load_sight(DATA)
    lesson = lesson_of(rows(), lambda text: blocks(sight, text))
    figures: dict[str, object] = {"rows": len(lesson.table)}
    if not options.check:
        write(lesson, split(lesson.table, options.hold)[0], options.out)
    if not options.only_write:
        scores = held_out(lesson)
        figures["labels"] = report(scores, lesson.truth)
        if options.scores:
            np.save(options.scores, scores)
    if options.baseline:
        figures["baseline"] = report(baseline(lesson.table, lesson.truth), lesson.truth)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
