"""The labelled messages of data/training, with their targets, and the ways in which hurried people misspell them."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
UNSEEN = ROOT / "training" / "unseen"
"""Rows by hands that are never taught: the models are measured on them."""
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
# What both opinions say of a text; `now` is an overdose that is happening, anyone's.
TARGETS = (*LABELS, *LEVELS, "now")
# The notes of rows whose family tells nothing of the level: later hands wrote it into the note.
NOTED = frozenset(LEVELS)
SEED = 20261129


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled message; a family is one wording idea."""

    text: str
    labels: frozenset[str]
    family: str
    note: str
    hand: str

    def targets(self) -> set[str]:
        """Name the labels, and for a cry for help its level and lanes, told by the note or else by the family."""
        if "crisis" not in self.labels:
            return set(self.labels)
        found = {self.note} if self.note in NOTED else self._told_by_family()
        if "O" in found:
            found.add("L4")
        if "L4" in found:
            found.add("now")
        return found | self.labels

    def _told_by_family(self) -> set[str]:
        signs = {target: [sign for sign in said if len(sign) > 2] for target, said in LEVELS.items()}
        found = {target for target, said in signs.items() if any(sign in self.family for sign in said)}
        return found | {"L4"} if "-od" in self.family else found


def rows(folder: Path = DATA / "training") -> list[Row]:
    """Read every file of data/training, or of another folder; `hand` is the file's name."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(str.strip, path.read_text("utf-8").splitlines()):
            raw = json.loads(line)
            note = str(raw.get("note") or "")
            found.append(Row(raw["text"], frozenset(raw["labels"]), raw["family"], note, path.stem))
    return found


def noisy(text: str, chance: random.Random) -> str:
    """Misspell a few words the way hurried people do."""
    words = text.split()
    for _ in range(max(1, len(words) // 4)) if words else ():
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


def split(table: Sequence[Row], held: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the places of the rows to teach and of those to measure; a family is on one side only."""
    if not held:
        return list(range(len(table))), []
    families = sorted({row.family for row in table if row.hand not in held})
    kept = set(random.Random(SEED).sample(families, len(families) // 10))
    test = [at for at, row in enumerate(table) if row.hand in held or row.family in kept]
    out = {table[at].family for at in test}
    return [at for at, row in enumerate(table) if row.family not in out], test
