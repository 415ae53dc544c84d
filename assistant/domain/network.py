"""Connections to other machines: counted in one process, refused in another.

Both listen to what the interpreter reports of its own doings (audit events), so that no library
written in Python can go past them unseen. Compiled code that opens a socket by itself is not seen.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from typing import Any

LOOK_UP, CONNECT, SEND = "socket.getaddrinfo", "socket.connect", "socket.sendto"
_OUTWARD = (socket.AF_INET, socket.AF_INET6)  # others stay on the machine


class NetworkCount:
    """How many requests a process has sent since the counting began."""

    def __init__(
        self, listen: Callable[[Callable[[str, Any], None]], None] = sys.addaudithook
    ) -> None:
        self.requests = 0
        listen(self._hear)

    def _hear(self, event: str, arguments: Any) -> None:  # noqa: ANN401  # each event has its own
        if leaves(event, arguments):
            self.requests += 1


def forbid_network() -> None:
    """Let every request of this process fail from now on; cannot be taken back."""
    sys.addaudithook(_refuse)


def leaves(event: str, arguments: Any) -> bool:  # noqa: ANN401  # each event has its own
    """Whether an audit event is a request to another machine, or to a port of this one."""
    if event in (CONNECT, SEND):
        return getattr(arguments[0], "family", None) in _OUTWARD
    return event == LOOK_UP


def _refuse(event: str, arguments: Any) -> None:  # noqa: ANN401  # each event has its own
    if leaves(event, arguments):
        raise PermissionError("This process is not allowed to use the network.")
