"""Reader of a safetensors file: named arrays behind a header of JSON, in one piece of memory without copies.

The layout is the published one (huggingface/safetensors): eight bytes say how long the header is, the header says of
each array its type, its shape and where its bytes are. Its metadata hold a checksum, for a disk may forget a bit.
"""

import json
from collections.abc import Mapping
from math import prod
from pathlib import Path
from zlib import crc32

_LENGTH = 8
_SIZES = {"I8": 1, "U8": 1, "F16": 2, "F32": 4}
CHECKSUM = "crc32"


def read_tensors(path: Path) -> Mapping[str, memoryview]:
    """Return the bytes of each array; a file that is not whole is a ValueError or a KeyError."""
    held = memoryview(path.read_bytes())
    start = _LENGTH + int.from_bytes(held[:_LENGTH], "little")
    header = json.loads(bytes(held[_LENGTH:start]))
    data = held[start:]
    if header.pop("__metadata__")[CHECKSUM] != f"{crc32(data):08x}":
        raise ValueError(CHECKSUM)
    found = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        if end - begin != prod(entry["shape"]) * _SIZES[entry["dtype"]] or not 0 <= begin <= end <= len(data):
            raise ValueError(name)
        found[name] = data[begin:end]
    return found
