"""Writes a trained encoder as one ONNX file: int8 weights by channel, with vocabulary, targets and version inside."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic

from buddybot.rules.wordpiece import WordPiece
from buddybot.runtime.second.encoder import LONGEST, PROOF, VERSION
from training.bert import Bert
from training.rows import DATA, TARGETS

SAMPLE = 7


def write(model: Bert, vocabulary: Sequence[str], path: Path) -> None:
    """Export for one text of any length, and quantize."""
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            (torch.ones(1, SAMPLE, dtype=torch.long),),
            str(whole),
            input_names=["ids"],
            output_names=["logits"],
            dynamic_axes={"ids": {1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        # Seven bits of weights: eight saturate the sums of processors without VNNI, and their answers drift apart.
        quantize_dynamic(whole, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    written = onnx.load(path)
    onnx.helper.set_model_props(written, properties(vocabulary, proof_of(path, vocabulary)))
    onnx.save(written, path)


def proof_of(path: Path, vocabulary: Sequence[str]) -> list[float]:
    """Return what the quantized file says of a known text: each start compares."""
    session = InferenceSession(path, providers=["CPUExecutionProvider"])
    ids = np.array([WordPiece(vocabulary).ids(PROOF, LONGEST)])
    found: list[float] = session.run(None, {"ids": ids})[0][0].tolist()
    return found


def properties(vocabulary: Sequence[str], proof: Sequence[float]) -> dict[str, str]:
    """Return what a reader needs beside the weights."""
    folding = (DATA / "lexicon" / "folding.toml").read_bytes()
    return {
        "version": VERSION,
        "labels": json.dumps(TARGETS),
        "vocabulary": "\n".join(vocabulary),
        "folding": hashlib.sha256(folding).hexdigest(),
        "proof": json.dumps([round(logit, 3) for logit in proof]),
    }
