"""Finds and reads the files in data/: what a community edits without touching code.

A file that can't be used is a `ContentError` that names the file, the key, the value and what to do; nothing is
half loaded. What the tables mean is said by the models in `content.tables`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

Table: TypeAlias = Mapping[str, object]
"""What a TOML file holds, before `validation` proves what it is."""


class ContentError(Exception):
    """A file in data/ that can't be used, in words for the operator who edited it."""

    def __init__(self, file: Path | str, key: str, value: object, fix: str) -> None:
        """Name the file, the key in it, the value found there, and the fix."""
        super().__init__(f"{file}: {key} = {value!r}: {fix}")
        self.file, self.key, self.value, self.fix = str(file), key, value, fix


def content_dir() -> Path:
    """Return the folder of data files: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    for candidate in (here / "data", here.parent / "data"):
        if (candidate / "locales").is_dir():
            return candidate
    raise ContentError(here / "data", "folder", "missing", "reinstall buddybot: its data files were not found")


@contextmanager
def parsing_once() -> Iterator[None]:
    """Parse each file once inside, however many tables are read from it (memoization); nothing is kept afterwards."""
    try:
        yield
    finally:
        _parsed.cache_clear()


@lru_cache(maxsize=128)
def _parsed(text: str) -> Table:
    return tomllib.loads(text)


def read_toml(path: Path) -> Table:
    """Read one TOML file."""
    try:
        return _parsed(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(path, "syntax", str(error), "mend the TOML at the line named") from error


def read_text(path: Path) -> str:
    """Read one UTF-8 text file; line ends become newlines."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ContentError(path, "file", "missing", "put the file back, or reinstall buddybot") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, "encoding", f"byte {error.start}", "save the file as UTF-8") from error
    except OSError as error:
        raise ContentError(path, "file", error.strerror, "make the file readable for this user") from error
