"""Trains the opinion from data/training and writes data/model/opinion.npz; prints cross-validated figures.

Families of wording never cross a split: five folds, whole families held out. Thresholds are chosen on the scores of
held-out rows. Run: `python benchmarks/train.py [--check]` (`--check` prints figures and writes nothing).
"""

import argparse
import json
import random  # noqa: TID251 - seeded: spelling noise for training rows, the same on each run
import sys
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import Folding
from buddybot.rules.opinion import kinds_of, letters_of, pairs_of
from buddybot.rules.tables import folding_tables, lexicon_of
from buddybot.rules.words import cut

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
LABELS = ("crisis", "sourcing", "pii", "harassment", "exploit", "misinfo", "graphic")
# What a crisis row shows, told by its family or its note.
LEVELS = {
    "L1": ("passive", "burden", "hopeless", "pasivo", "L1"),
    "L2": (
        "active",
        "activo",
        "coded",
        "jokey",
        "questions",
        "selfharm",
        "razor",
        "burn",
        "algospeak",
        "direct-si",
        "L2",
        "intentional",
    ),
    "L3": ("plan", "goodbye", "letters", "gun", "giving", "stash", "numbers", "L3", "bereaved"),
    "L4": ("od_other", "od_self", "od-", "es_sd", "third_party", "now", "L4", "tracks", "edge"),
    "O": ("od_other", "od-friend", "od-child", "od-son", "od-jobsite", "sister-od", "es_sd", "es-od"),
    "A": ("using_alone", "alone", "A"),
    "W": ("withdrawal", "kick", "W"),
    "V": ("violence", "V"),
    "C": ("child", "C"),
}
TARGETS = (*LABELS, *LEVELS)
PENALTY = 4.0
TABLE_LIMIT = 127


def rows() -> list[dict[str, object]]:
    found = []
    for path in sorted((DATA / "training").glob("*.jsonl")):
        found += [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return found


def targets_of(row: dict[str, object]) -> set[str]:
    labels = set(map(str, list(row["labels"])))  # type: ignore[call-overload] # rows are checked by tests
    if "crisis" not in labels:
        return labels
    hints = f"{row['family']} "
    note = str(row.get("note") or "")
    for target, signs in LEVELS.items():
        if any(sign in hints for sign in signs if len(sign) > 2) or note == target:
            labels.add(target)
    if "od_other" in hints or "-od" in hints:
        labels.add("L4")
    return labels


def noisy(text: str, chance: random.Random) -> str:
    """Misspell a few words the way hurried people do."""
    words = text.split()
    for _ in range(max(1, len(words) // 4)):
        at = chance.randrange(len(words))
        word = words[at]
        if len(word) < 4:
            continue
        place = chance.randrange(1, len(word) - 2)
        words[at] = chance.choice(
            (
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
                word[0] + "".join(sign for sign in word[1:-1] if sign not in "aeiou") + word[-1],
            )
        )
    return " ".join(words)


class Reader:
    """Turns texts into the three blocks of terms that the opinion counts."""

    def __init__(self) -> None:
        self.folding = Folding(folding_tables(tomllib.loads((DATA / "lexicon/folding.toml").read_text("utf-8"))))
        languages = {
            path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((DATA / "lexicon").glob("??.toml"))
        }
        self.lexicon: Lexicon = lexicon_of(languages)

    def blocks(self, text: str) -> tuple[list[str], list[str], list[str]]:
        words = cut(self.folding.fold(text).text)
        letters = [term for word in words.words for term in letters_of(word)]
        return list(pairs_of(words.words)), letters, list(kinds_of(self.lexicon.typed(words.joined)))


class Terms:
    """The vocabulary of one training set, with the rarity of each term, by block."""

    def __init__(self, read: list[tuple[list[str], ...]], rare: tuple[int, ...] = (2, 3, 3)) -> None:
        self.index: list[dict[str, int]] = []
        self.rarity: list[NDArray[np.float64]] = []
        for block, least in enumerate(rare):
            seen = Counter(term for row in read for term in set(row[block]))
            kept = sorted(term for term, count in seen.items() if count >= least)
            self.index.append({term: at for at, term in enumerate(kept)})
            self.rarity.append(np.array([np.log((1 + len(read)) / (1 + seen[term])) + 1 for term in kept]))

    def matrix(self, read: list[tuple[list[str], ...]]) -> csr_matrix:
        parts = []
        for block, index in enumerate(self.index):
            data, columns, starts = [], [], [0]
            for row in read:
                found = Counter(at for at in map(index.get, row[block]) if at is not None)
                values = np.array([found[at] * self.rarity[block][at] for at in found])
                length = np.sqrt(sum(found[at] * self.rarity[block][at] ** 2 for at in found)) or 1.0
                data += list(values / length)
                columns += list(found)
                starts.append(len(columns))
            parts.append(csr_matrix((data, columns, starts), shape=(len(read), len(index))))
        return hstack(parts).tocsr()


def fit(matrix: csr_matrix, truth: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    model = LogisticRegression(C=PENALTY, solver="liblinear", random_state=0)
    model.fit(matrix, truth)
    return model.coef_[0], float(model.intercept_[0])


def held_out(
    table: list[dict[str, object]],
    read: list[tuple[list[str], ...]],
    noise: list[tuple[list[str], ...]],
    truth: NDArray[np.bool_],
) -> NDArray[np.float64]:
    scores = np.zeros(truth.shape)
    families = [str(row["family"]) for row in table]
    for train, test in GroupKFold(5).split(table, groups=families):
        learned = [read[at] for at in train] + [noise[at] for at in train]
        terms = Terms(learned)
        seen, unseen = terms.matrix(learned), terms.matrix([read[at] for at in test])
        for column in range(truth.shape[1]):
            known = np.concatenate([truth[train, column]] * 2)
            weights, bias = fit(seen, known)
            scores[test, column] = unseen @ weights + bias
    return scores


def write(read: list[tuple[list[str], ...]], truth: NDArray[np.bool_]) -> None:
    terms = Terms(read)
    matrix = terms.matrix(read)
    fitted = [fit(matrix, truth[:, column]) for column in range(truth.shape[1])]
    rarity = np.concatenate(terms.rarity)
    weights = np.stack([row for row, _ in fitted], axis=1) * rarity[:, None]
    scale = np.abs(weights).max(axis=0) / TABLE_LIMIT
    small = np.round(weights / scale).astype(np.int8)
    names = [name for index in terms.index for name in index]
    (DATA / "model").mkdir(exist_ok=True)
    np.savez_compressed(
        DATA / "model/opinion.npz",
        terms=np.frombuffer("\n".join(name.replace("\n", "\\n") for name in names).encode(), dtype=np.uint8),
        weights=small,
        scale=scale.astype(np.float32),
        rarity=rarity.astype(np.float16),
        bias=np.array([bias for _, bias in fitted], dtype=np.float32),
        labels=np.frombuffer("\n".join(TARGETS).encode(), dtype=np.uint8),
    )


def report(scores: NDArray[np.float64], truth: NDArray[np.bool_]) -> dict[str, dict[str, float]]:
    """Say, for each label, recall where precision is wanted and where 1 % of benign rows are flagged."""
    benign = ~truth[:, : len(LABELS)].any(axis=1)
    found = {}
    for column, label in enumerate(LABELS):
        entry = {}
        for share in (0.005, 0.01, 0.03):
            limit = np.quantile(scores[benign, column], 1 - share)
            entry[f"recall_at_{share}"] = round(float((scores[truth[:, column], column] > limit).mean()), 3)
        found[label] = entry
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    parser.add_argument("--scores", help="keep held-out scores in this .npy file")
    parser.add_argument("--only-write", action="store_true", help="train and write without cross-validation")
    options = parser.parse_args()
    table = rows()
    chance = random.Random(20261123)  # noqa: TID251 - seeded
    reader = Reader()
    read = [reader.blocks(str(row["text"])) for row in table]
    noise = [
        reader.blocks(noisy(str(row["text"]), chance)) if str(row["text"]).split() else ([], [], []) for row in table
    ]
    truth = np.array([[target in targets_of(row) for target in TARGETS] for row in table])
    if not options.check:
        write(read + noise, np.concatenate([truth, truth]))
    if not options.only_write:
        scores = held_out(table, read, noise, truth)
        if options.scores:
            np.save(options.scores, scores)
        sys.stdout.write(json.dumps({"rows": len(table), "labels": report(scores, truth)}) + "\n")


if __name__ == "__main__":
    main()
