"""Writes the golden file of the shipped encoder: its hash, and what it says of a few known texts.

`python -m training.golden`, after training. The tests hold the shipped file to it.
"""

import hashlib
import json

from buddybot.runtime.second.encoder import FILE, Encoder
from training.rows import DATA, ROOT

GOLDEN = ROOT / "tests" / "runtime" / "encoder_golden.json"


def main() -> None:
    texts = list(json.loads(GOLDEN.read_text("utf-8"))["logits"])
    encoder = Encoder(DATA)
    golden = {
        "sha256": hashlib.sha256((DATA / FILE).read_bytes()).hexdigest(),
        "labels": encoder.labels,
        "logits": {text: [round(logit, 2) for logit in encoder.logits(text)] for text in texts},
    }
    lines = json.dumps(golden, ensure_ascii=False, indent=1)
    GOLDEN.write_text(lines + "\n", "utf-8")


if __name__ == "__main__":
    main()
