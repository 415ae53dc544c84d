"""Servers: write replies with a text-generation server of the user's own, or no longer.

Off unless the user says so, after having been told WARNING: from then on every conversation that
is gone on with leaves this program. Learning stays on this machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.domain.errors import ServerProblem, UsageProblem
from assistant.generation.server_address import ServerAddress, read_address
from assistant.generation.server_stream import Exchange, Patience
from assistant.settings import SERVER_KEY, SERVER_KNOWN, SERVER_MODEL, SERVER_URL

if TYPE_CHECKING:
    from assistant.storage.database import Database, Store

LOOKING = Patience(connect=3.0, silence=5.0)  # seconds, for what a server says at once
MOST_MODELS = 200  # names of a server's list that are looked at


@dataclass(frozen=True, slots=True)
class ServerChoice:
    """The server in use. `problem` says why it does not reply just now, "" if nothing is wrong."""

    url: str
    model: str
    models: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class KnownServer:
    """A server that the user gave, with the key it asks for; used or resting."""

    url: str
    model: str
    key: str = field(repr=False)
    used: bool


def warning(address: ServerAddress) -> str:
    """What the user must know before a server is used."""
    where = (
        "to whatever program listens there on this machine" if address.local else "over the network"
    )
    return (
        f"With a server, every query you ask goes to {address.url} together with its conversation, "
        f"the excerpts of its documents, your rules and tags: {where}. That text leaves this "
        "program, and who runs the server can read and keep it. Rankings and what is learned from "
        "them stay here."
    )


def use_server(store: Store, *, url: str, model: str, key: str) -> ServerChoice:
    """Write replies with a server from the next start on; UsageProblem if it cannot be used.

    Without a name the only model that the server offers is taken. A server that does not reply now
    may be taken all the same: `problem` says so.
    """
    address = read_address(url)
    try:
        models, problem = offered_models(address, key), ""
    except ServerProblem as error:
        models, problem = (), str(error)
    if not model and len(models) > 1:
        raise UsageProblem(
            f"The server offers several models; name one of them: {', '.join(models)}."
        )
    chosen = model or (models[0] if models else "")

    def write(db: Database) -> None:
        db.settings.set(SERVER_URL, address.url)
        db.settings.set(SERVER_KNOWN, address.url)
        db.settings.set(SERVER_MODEL, chosen)
        db.settings.set(SERVER_KEY, key)

    store.run(write)
    return ServerChoice(address.url, chosen, models, problem)


def no_server(store: Store) -> None:
    """Write replies on this machine from the next start on; address and key are forgotten."""

    def write(db: Database) -> None:
        for setting in (SERVER_URL, SERVER_KNOWN, SERVER_MODEL, SERVER_KEY):
            db.settings.set(setting, "")

    store.run(write)


def rest_server(store: Store) -> None:
    """Write replies on this machine from the next start on; the server can be used again."""
    store.run(lambda db: db.settings.set(SERVER_URL, ""))


def known_server(store: Store) -> KnownServer | None:
    """The server in use, or else the one that was used last; None if there is none."""

    def read(db: Database) -> KnownServer | None:
        used = db.settings.get(SERVER_URL)
        url = used or db.settings.get(SERVER_KNOWN)
        model, key = db.settings.get(SERVER_MODEL), db.settings.get(SERVER_KEY)
        return KnownServer(url, model, key, bool(used)) if url else None

    return store.run(read)


def server_in_use(store: Store) -> ServerChoice | None:
    """The server that replies are written with, without asking it; None if there is none."""

    def read(db: Database) -> tuple[str, str]:
        return db.settings.get(SERVER_URL), db.settings.get(SERVER_MODEL)

    url, model = store.run(read)
    return ServerChoice(url, model) if url else None


def look_at_server(store: Store) -> ServerChoice | None:
    """The server in use, asked now whether it replies; None if there is none."""
    known = known_server(store)
    if known is None or not known.used:
        return None
    try:
        models, problem = offered_models(read_address(known.url), known.key), ""
    except ServerProblem as error:
        models, problem = (), str(error)
    return ServerChoice(known.url, known.model, models, problem)


def offered_models(address: ServerAddress, key: str) -> tuple[str, ...]:
    """The names of the models that a server says it has; ServerProblem if it does not reply."""
    content = Exchange(address, key, LOOKING).get("/models")
    entries = content.get("data") if isinstance(content, dict) else None
    if not isinstance(entries, Sequence):
        return ()  # a server need not have such a list
    names = [entry.get("id") for entry in entries[:MOST_MODELS] if isinstance(entry, dict)]
    return tuple(name for name in names if isinstance(name, str) and name.isprintable())
