"""Core dumps switched off: a crash must not write the process's memory, with texts and keys in it, to disk."""

import ctypes
import resource
import sys

_NOT_DUMPABLE = 4
"""prctl's PR_SET_DUMPABLE."""


def forbid_core_dumps() -> None:
    """Leave no core file, and let no other process of this user read our memory, where the system can see to that."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
