"""A real text-generation server on this machine, whose behaviour a test writes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ChatServer(ThreadingHTTPServer):
    """Remembers what it was asked, and streams `pieces` for each request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pieces: Callable[[dict], Iterator[bytes]] = lambda asked: words("one two three")
        self.status = 200
        self.said = b""
        self.kind = "text/event-stream"
        self.location = ""
        self.models: list[str] = ["tiny"]
        self.asked: list[dict] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self._head("application/json")
        self.wfile.write(json.dumps({"data": [{"id": m} for m in self.server.models]}).encode())

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.server.headers.append(dict(self.headers))
        self.server.paths.append(self.path)
        self._head(self.server.kind)
        try:
            if self.server.status != 200:
                self.wfile.write(self.server.said)
                return
            for piece in self.server.pieces(asked):
                self.wfile.write(piece)
                self.wfile.flush()
        except OSError:
            pass  # the client looked away

    def _head(self, kind: str) -> None:
        self.send_response(self.server.status)
        self.send_header("Content-Type", kind)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def event(content: object) -> bytes:
    """One event of a stream."""
    return b"data: " + json.dumps(content).encode() + b"\n\n"


def word(text: str, finish: str | None = None) -> bytes:
    """A piece of a reply, as servers send it."""
    return event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]})


def words(text: str, finish: str | None = "stop", delay: float = 0.0) -> Iterator[bytes]:
    """A whole reply, word by word."""
    yield b": a comment, as some servers send to keep a connection open\n\n"
    yield event({"choices": [{"index": 0, "delta": {"role": "assistant"}}]})
    for one in text.split(" "):
        time.sleep(delay)
        yield word(one + " ")
    if finish is not None:
        yield event({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        yield b"data: [DONE]\n\n"


@contextmanager
def running() -> Iterator[ChatServer]:
    """A server for the length of a with block."""
    server = ChatServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)
