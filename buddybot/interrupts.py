"""Ctrl-C while a process loads: it ends on the spot, by a sentence."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def ends_on_ctrl_c() -> Iterator[None]:
    """End the process at once on SIGINT inside, with status 1 (`os._exit`): nothing may be open yet that needs closing.

    Raised as a `KeyboardInterrupt`, it is lost where it meets a callback of a weak reference, of which each import has
    some: Python prints it and goes on, and the start that was broken off serves for ever.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what a signal does, and it has said so
        return
    before = signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(*_: object) -> None:
    sys.stderr.write("\nstopped; nothing is lost\n")
    sys.stderr.flush()
    os._exit(1)
