"""One exchange with a text-generation server: a request, and its reply as it streams in.

Bounded in every direction: time to connect, time of silence, length of a line and of the whole.
No redirect is followed and no proxy asked. `abort`, from any thread, ends it at once: the socket
is shut down, which wakes whoever waits for it. Everything that goes wrong is a ServerProblem.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from assistant.domain.errors import ServerProblem
from assistant.domain.model import Finish
from assistant.generation.server_address import ServerAddress, private_place

MAX_LINE = 256 << 10  # bytes: a chunk of a reply has some hundred
MAX_TOTAL = 32 << 20  # bytes of one reply with everything around it
MAX_ERROR = 4 << 10  # bytes of what a server says about an error
SAID = 200  # characters of it that are shown
_BROKEN = (OSError, http.client.HTTPException, ValueError, AttributeError)  # a socket shut down


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, and without a sign of life before the first and between any words."""

    connect: float = 10.0
    silence: float = 300.0  # a large model on a slow machine reads a long conversation that long


class Exchange:
    """One request on a connection of its own."""

    def __init__(self, address: ServerAddress, key: str, patience: Patience) -> None:
        self._address, self._patience = address, patience
        self._headers = {"Host": address.authority, "User-Agent": "attune", "Connection": "close"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._aborted = False

    def abort(self) -> None:
        """End the exchange; whoever reads from it gets a ServerProblem."""
        with self._lock:
            self._aborted = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def get(self, path: str) -> Any:  # noqa: ANN401  # whatever JSON the server sends
        """A small JSON document of the server."""
        with self._request("GET", path, None) as incoming:
            try:
                return json.loads(incoming.read(MAX_LINE))
            except (ValueError, RecursionError):
                raise self._problem("sent what is no JSON", "check its path") from None

    def stream(self, path: str, content: Mapping[str, object]) -> Iterator[str | Finish]:
        """The pieces of a reply, and at last how it ended."""
        body = json.dumps(content).encode()
        with self._request("POST", path, body) as incoming:
            kind = incoming.headers.get_content_type()
            if kind != "text/event-stream":
                raise self._problem(f"sent {kind} where a stream was asked for", "check its path")
            yield from self._pieces(incoming)

    def _request(self, method: str, path: str, body: bytes | None) -> _Incoming:
        """Send a request and read the head of what comes back."""
        connection = self._connected()
        try:
            headers = self._headers | ({"Content-Type": "application/json"} if body else {})
            connection.request(method, self._address.path + path, body, headers)
            incoming = connection.getresponse()
        except _BROKEN as error:
            connection.close()
            raise self._broken(error) from error
        if incoming.status != http.HTTPStatus.OK:
            with _Incoming(self, connection, incoming) as refused:
                raise self._refused(incoming.status, refused.read(MAX_ERROR))
        return _Incoming(self, connection, incoming)

    def _connected(self) -> http.client.HTTPConnection:
        """A connection that `abort` can end."""
        address, patience = self._address, self._patience
        if address.scheme == "https":
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                address.host,
                address.port,
                timeout=patience.connect,
                context=ssl.create_default_context(),
            )
        else:
            place = private_place(address)
            connection = http.client.HTTPConnection(place, address.port, timeout=patience.connect)
        try:
            connection.connect()
        except _BROKEN as error:
            raise self._problem(
                f"cannot be reached ({_reason(error)})", "start it or check its address"
            ) from error
        with self._lock:
            self._socket = connection.sock
            if self._aborted:
                connection.close()
                raise self._problem("was not asked any more", "ask again")
        connection.sock.settimeout(patience.silence)
        return connection

    def _pieces(self, incoming: _Incoming) -> Iterator[str | Finish]:
        """What stands in the events of a stream."""
        finish: Finish | None = None
        for line in incoming.lines():
            if not line.startswith(b"data:"):
                continue
            data = line[5:].strip()
            if data == b"[DONE]":
                yield finish or Finish.STOP
                return
            text, ended = self._chunk(data)
            if text:
                yield text
            finish = ended or finish
        if finish is None:
            raise self._problem("broke off in the middle of a reply", "ask again")
        yield finish

    def _chunk(self, data: bytes) -> tuple[str, Finish | None]:
        """The text of one event, and how the reply ended if it did."""
        try:
            content = json.loads(data)
            if "error" in content:
                raise self._problem(f"failed ({_message(data)})", "look at its log and ask again")
            choices = content.get("choices") or [{}]
            text = (choices[0].get("delta") or {}).get("content") or ""
            reason = choices[0].get("finish_reason")
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            raise self._problem("sent what is no stream of text", "check its path") from None
        if not isinstance(text, str):
            raise self._problem("sent what is no stream of text", "check its path")
        ended = None if reason is None else Finish.LENGTH if reason == "length" else Finish.STOP
        return text.encode("utf-8", "replace").decode(), ended

    def _refused(self, status: int, said: bytes) -> ServerProblem:
        """What a status other than 200 means for the user."""
        if status in (401, 403):
            return self._problem(f"refused the key ({status})", "give the right one with --key")
        if status in (404, 405):
            return self._problem(
                f"has no chat there, or not this model ({status})", "check its path and the model"
            )
        if 300 <= status < 400:
            return self._problem(
                f"points to another place ({status}), which is not followed",
                "give that address instead",
            )
        if status == 429:
            return self._problem("has too much to do (429)", "ask again in a while")
        told = f"{status}: {_message(said)}" if said.strip() else str(status)
        if status < 500:
            return self._problem(
                f"did not take the request ({told})", "shorten the query or check the model"
            )
        return self._problem(f"failed ({told})", "look at its log and ask again")

    def _broken(self, error: Exception) -> ServerProblem:
        """What a connection that fails means."""
        if isinstance(error, TimeoutError):
            return self._problem(
                f"said nothing for {self._patience.silence:.0f} seconds",
                "choose a smaller model or a shorter conversation",
            )
        return self._problem(f"broke the connection ({_reason(error)})", "ask again")

    def _problem(self, what: str, remedy: str) -> ServerProblem:
        """One sentence."""
        return ServerProblem(
            f"The server at {self._address.authority} {what}; {remedy}, "
            "or write replies on this machine again with `attune models server off`."
        )


class _Incoming:
    """What comes in on a connection, closed together with it."""

    def __init__(
        self,
        exchange: Exchange,
        connection: http.client.HTTPConnection,
        incoming: http.client.HTTPResponse,
    ) -> None:
        self._exchange, self._connection, self._incoming = exchange, connection, incoming
        self.headers = incoming.headers

    def __enter__(self) -> _Incoming:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(*_BROKEN):
            self._incoming.close()
        self._connection.close()

    def read(self, most: int) -> bytes:
        """The beginning of the content."""
        try:
            return self._incoming.read(most)
        except _BROKEN as error:
            raise self._exchange._broken(error) from error

    def lines(self) -> Iterator[bytes]:
        """Lines until the end; ServerProblem if they are longer or more than is taken."""
        total = 0
        while True:
            try:
                line = self._incoming.readline(MAX_LINE)
            except _BROKEN as error:
                raise self._exchange._broken(error) from error
            total += len(line)
            if total > MAX_TOTAL or (len(line) == MAX_LINE and not line.endswith(b"\n")):
                raise self._exchange._problem("sent more than is taken", "check the model")
            if not line:
                return
            yield line


def _message(said: bytes) -> str:
    """What a server says about an error, shortened and harmless."""
    text = said.decode("utf-8", "replace")
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        content = json.loads(text)
        error = content.get("error", content)
        text = str(error.get("message", error) if isinstance(error, dict) else error)
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:SAID]


def _reason(error: Exception) -> str:
    """Why a connection failed, in a few words."""
    if isinstance(error, TimeoutError):
        return "no sign of life"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not trusted"
    return getattr(error, "strerror", None) or type(error).__name__
