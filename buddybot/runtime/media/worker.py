"""The confined process that takes one file apart: `python -m buddybot.runtime.media.worker KIND`, bytes in, bytes out.

Before it reads a byte it gives up all it does not need: it can open no file and no connection, write to no disk, start
no process, and has little memory and time. Whatever a hostile file does then ends here, and counts as broken.
"""

import resource
import sys

from buddybot.domain.kernel.messages import MediaFile
from buddybot.domain.talk.media import MOST_IN, PHOTO, FileTrouble
from buddybot.runtime.hardening import forbid_core_dumps
from buddybot.runtime.media import oggopus, pictures

MEMORY = 900 * 1024 * 1024
SECONDS = 15
"""Of the processor."""


def confine() -> None:
    """Take all rights away that a decoder does not need, for good."""
    pictures.ready()
    forbid_core_dumps()
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


def made_anew(kind: str, data: bytes) -> MediaFile | FileTrouble:
    """Return a file of this kind made anew, or why there is none."""
    if not data:
        return FileTrouble.BROKEN
    if len(data) > MOST_IN:
        return FileTrouble.LARGE
    return pictures.photo_anew(data) if kind == PHOTO else oggopus.voice_anew(data)


def as_result(made: MediaFile | FileTrouble) -> bytes:
    """Return a result as it goes through the pipe: one line of words, then the bytes."""
    if isinstance(made, FileTrouble):
        return f"no {made.value}\n".encode()
    return f"ok {made.media_type} {made.width} {made.height} {made.seconds}\n".encode() + made.data


def main() -> None:
    """Read one file, and write what became of it."""
    confine()
    sys.stdout.buffer.write(as_result(made_anew(sys.argv[1], sys.stdin.buffer.read(MOST_IN + 1))))


if __name__ == "__main__":
    main()
