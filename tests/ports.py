"""Ports on this machine for servers that tests start by number."""

import socket
from typing import Final

_held: Final[list[socket.socket]] = []


def free_port() -> int:
    """Return a port of the loopback address that the system gives to nobody else while this process lives.

    A socket that is bound to it and does not listen keeps it (`SO_REUSEADDR`): whoever asks for any port gets another,
    and a server that asks for this one may listen there, also a second time. Without it, one that another worker's test
    starts in between may be given the same.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _held.append(held)
    port: int = held.getsockname()[1]
    return port
