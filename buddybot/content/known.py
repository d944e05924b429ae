"""Fingerprint of words and phrases that were whole at an earlier start, so that this one need not try each of them out.

numpy counts with them, which a start that knows it leaves until somebody is to be matched.

A file in the house's own folder holds the hash and nothing else: whatever is written there, content comes from `data/`,
and the worst that a wrong one does is that a slip in a file is found when its sentence is needed, not at the start.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from fluent.syntax import parser

from buddybot import __version__
from buddybot.content import catalog
from buddybot.rules.phrases import pattern, table

NAME = "content.known"
_READ = ("lexicon/phrases/*.toml", "locales/*/*.ftl")
_READERS = (parser, catalog, pattern, table)
"""What decides whether a file is whole: another version of one of them asks anew."""


class KnownContent:
    """Memory of one house: which content it has read whole."""

    def __init__(self, folder: Path, content: Path) -> None:
        self._path, self._content = folder / NAME, content
        self._found = ""

    def holds(self) -> bool:
        """Return whether the content is, byte for byte, what was whole before."""
        self._found = _fingerprint(self._content)
        try:
            return self._path.read_text(encoding="ascii") == self._found
        except (OSError, UnicodeDecodeError):
            return False

    def keep(self) -> None:
        """Remember what `holds` looked at; where nothing can be written, the next start tries everything again."""
        with suppress(OSError):
            if not self._path.exists() or self._path.read_bytes() != self._found.encode():
                self._path.write_text(self._found, encoding="ascii")


def _fingerprint(content: Path) -> str:
    digest = sha256()
    for part in _parts(content):
        digest.update(b"%d " % len(part) + part)
    return digest.hexdigest()


def _parts(content: Path) -> Iterator[bytes]:
    yield f"{__version__} {sys.version}".encode()
    for reader in _READERS:
        yield Path(str(reader.__file__)).read_bytes()
    numpy = find_spec("numpy")
    yield b"" if numpy is None else Path(str(numpy.origin)).with_name("version.py").read_bytes()
    for path in sorted(found for kind in _READ for found in content.glob(kind)):
        yield str(path.relative_to(content)).encode()
        yield path.read_bytes()
