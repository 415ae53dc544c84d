"""Requests to other machines are counted in one process and refused in another."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from assistant.domain.network import CONNECT, LOOK_UP, NetworkCount, leaves

REFUSED = """
import socket
from assistant.domain.network import forbid_network
forbid_network()
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.socket().connect(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("example.org", 80),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
):
    try:
        attempt()
    except PermissionError:
        continue
    raise SystemExit("a request was possible")
left, right = socket.socketpair()
left.sendall(b"x")
assert right.recv(1) == b"x"
"""


def test_only_requests_that_leave_the_process_for_a_network_count() -> None:
    heard = []
    count = NetworkCount(heard.append)
    (hear,) = heard
    with socket.socket() as outward:
        hear(CONNECT, (outward, ("192.0.2.1", 80)))
    hear("open", ("file", "r", 0))
    assert count.requests == 1
    hear(LOOK_UP, ("example.org", 80, 0, 0, 0))
    assert count.requests == 2


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets on this system")
def test_a_socket_of_this_machine_alone_does_not_count() -> None:
    with socket.socket(socket.AF_UNIX) as inward:
        assert not leaves(CONNECT, (inward, "/tmp/somewhere"))


def test_a_process_that_is_forbidden_the_network_cannot_open_a_connection() -> None:
    done = subprocess.run(
        [sys.executable, "-c", REFUSED], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_interpreter_reports_what_is_counted() -> None:
    code = (
        "import socket\n"
        "from assistant.domain.network import NetworkCount\n"
        "count = NetworkCount()\n"
        "try:\n    socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        "except OSError:\n    pass\n"
        "print(count.requests)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert int(done.stdout) >= 2, "the address was looked up and connected to"
