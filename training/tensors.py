"""Writer of a safetensors file, which `buddybot.content.tensors` reads."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from buddybot.content.tensors import CHECKSUM

Table: TypeAlias = NDArray[np.int8] | NDArray[np.uint8] | NDArray[np.float16] | NDArray[np.float32]
_TYPES = {"int8": "I8", "uint8": "U8", "float16": "F16", "float32": "F32"}


def write_tensors(path: Path, arrays: Mapping[str, Table]) -> None:
    """Write arrays in this order, beside the old file first: what reads it finds the one or the other, and no half."""
    parts, header, at = list[bytes](), dict[str, object](), 0
    for name, array in arrays.items():
        part = np.ascontiguousarray(array).tobytes()
        header[name] = {
            "dtype": _TYPES[str(array.dtype)],
            "shape": list(array.shape),
            "data_offsets": [at, at + len(part)],
        }
        parts.append(part)
        at += len(part)
    data = b"".join(parts)
    text = json.dumps({"__metadata__": {CHECKSUM: f"{crc32(data):08x}"}, **header}).encode()
    text += b" " * (-len(text) % 8)  # as the format asks: the arrays begin at a multiple of eight
    fresh = path.with_suffix(".new")
    fresh.write_bytes(len(text).to_bytes(8, "little") + text + data)
    fresh.replace(path)
