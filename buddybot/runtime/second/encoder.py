"""Transformer inference with ONNX Runtime: gives one text a logit for each label.

One text at a time, on one thread: int8 weights scale by what stands beside a text, so a batch would change its score.
"""

import hashlib
import json
import logging
from pathlib import Path

from buddybot.content import ContentError
from buddybot.rules.wordpiece import WordPiece

VERSION = "1"
"""Of the file's form: what it takes in, what it gives, what its metadata holds."""
FILE = Path("model") / "encoder.onnx"
PROOF = "i can't do this anymore. call me on my cell, i have some for sale"
"""A text whose logits stand in the file's metadata."""
NEAR = 2.0
"""How far a logit may be from the one measured where it was trained: processors round int8 arithmetic differently."""
LONGEST = 128
"""Pieces of words that are read of one text."""

log = logging.getLogger(__name__)


class Encoder:
    """A small BERT with one linear layer on top. Not for two threads at once: its tokenizer remembers words."""

    def __init__(self, content: Path) -> None:
        """Load `model/encoder.onnx` of the data folder; whatever is wrong with it is a ContentError."""
        path = content / FILE
        try:
            from onnxruntime import InferenceSession, SessionOptions
        except ImportError as error:
            fix = "install buddybot with the extra `semantic`"
            raise ContentError(path, "onnxruntime", "missing", fix) from error
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session = InferenceSession(path, options, providers=["CPUExecutionProvider"])
            kept: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        except Exception as error:  # the border "second opinion": onnxruntime has a dozen kinds
            fix = "put the file back, run `make train`, or reinstall buddybot"
            raise ContentError(path, "weights", type(error).__name__, fix) from error
        self.labels, self._pieces = _known(path, kept)
        self._prove(path, kept.get("proof", ""))
        folding = hashlib.sha256((content / "lexicon" / "folding.toml").read_bytes()).hexdigest()
        if kept.get("folding") != folding:
            log.warning("%s was trained with other letters than lexicon/folding.toml now has: run `make train`", path)

    def logits(self, text: str) -> tuple[float, ...]:
        """Return a number for each of `labels`; above 0 means more likely than not."""
        import numpy as np  # onnxruntime has loaded it; where that is missing, nothing needs it

        ids = np.array([self._pieces.ids(text, LONGEST)], dtype=np.int64)
        found: list[float] = self._session.run(None, {"ids": ids})[0][0].tolist()
        return tuple(found)

    def _prove(self, path: Path, proof: str) -> None:
        """Known-answer test: read the text in the file's metadata and refuse a file that now says something else."""
        wanted = json.loads(proof or "[]")
        found = self.logits(PROOF)
        if len(wanted) != len(found) or not all(abs(a - b) < NEAR for a, b in zip(wanted, found, strict=True)):
            raise ContentError(path, "proof", "another answer", "put the file back, or reinstall buddybot")


def _known(path: Path, kept: dict[str, str]) -> tuple[tuple[str, ...], WordPiece]:
    """Return labels and tokenizer from the file's metadata; refuse a file of another version."""
    version = kept.get("version", "none")
    if version != VERSION:
        raise ContentError(path, "version", version, f"this program reads version {VERSION}: run `make train`")
    try:
        return tuple(json.loads(kept["labels"])), WordPiece(kept["vocabulary"].split("\n"))
    except (KeyError, ValueError) as error:
        raise ContentError(path, "metadata", type(error).__name__, "run `make train`, or reinstall buddybot") from error
