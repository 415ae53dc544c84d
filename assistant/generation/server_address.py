"""Addresses of text-generation servers: which are allowed, and where they lead.

Allowed: https anywhere; plain http only to this machine and to private networks, since whoever is
on the way could read it. A name is looked up when it is connected to, and plain http goes to the
very address that was checked, so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.domain.errors import ServerProblem, UsageProblem

DEFAULT_PATH = "/v1"
_CHAT = "/chat/completions"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server is; `path` is what its interface begins with."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address as it is stored and shown."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host and port as they are named in a request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def local(self) -> bool:
        """Whether it is certainly this very machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_address(url: str) -> ServerAddress:
    """An address as typed; UsageProblem naming what is wrong with it."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise _unusable(url, "it is no address") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise _unusable(url, "it must begin with http:// or https:// and name a machine")
    if parts.username is not None or parts.password is not None:
        raise _unusable(url, "a key does not belong into it; give it with --key")
    if parts.query or parts.fragment:
        raise _unusable(url, "nothing may stand behind its path")
    path = parts.path.rstrip("/").removesuffix(_CHAT) or DEFAULT_PATH
    if not path.isascii() or not path.isprintable() or " " in path:
        raise _unusable(url, "its path has signs that no address has")
    address = ServerAddress(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], path)
    if parts.scheme == "http" and _is_public(parts.hostname):
        raise _unusable(url, "to a public machine only https is safe")
    return address


def private_place(address: ServerAddress) -> str:
    """The number of the machine that a plain http address means.

    ServerProblem if there is no such machine now, UsageProblem if it is a public one.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except OSError:
        raise ServerProblem(
            f"There is no machine named {address.host}; check the address of the server."
        ) from None
    places = [str(entry[4][0]) for entry in found]
    if any(_is_public(place) for place in places):
        raise _unusable(address.url, "to a public machine only https is safe")
    return places[0]


def _is_public(host: str) -> bool:
    """Whether a number is one that the whole internet can be reached at; a name is not yet."""
    try:
        place = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(place, ipaddress.IPv6Address) and place.ipv4_mapped is not None:
        place = place.ipv4_mapped
    return place.is_global or place.is_multicast


def _unusable(url: str, reason: str) -> UsageProblem:
    """The sentence for an address that cannot be used."""
    return UsageProblem(
        f"The address “{url}” cannot be used ({reason}); give one like http://localhost:8080/v1."
    )
