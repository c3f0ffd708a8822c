"""Writes down every address that this Python or one it starts connects to, sends to or looks up.

Python imports a module of this name by itself where it is on the path. What a library does
behind Python's back is not seen.
"""

import os
import sys
from typing import Any

_SEEN = os.environ["SOCKETS_SEEN"]
_ADDRESS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}


def _write_down(event: str, values: tuple[Any, ...]) -> None:
    if event not in _ADDRESS:
        return
    address = values[_ADDRESS[event]]
    host = address[0] if isinstance(address, tuple) else address
    with open(_SEEN, "a", encoding="utf-8") as seen:  # noqa: PTH123 - pathlib may not be there yet
        seen.write(f"{host}\n")


sys.addaudithook(_write_down)
