"""attune models server: write replies with a text-generation server of the user's own."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.session import session_of
from assistant.domain.errors import UsageProblem
from assistant.generation.server_address import read_address
from assistant.storage.database import open_database
from assistant.usecases.servers import (
    ServerChoice,
    look_at_server,
    no_server,
    use_server,
    warning,
)

OFF = "off"


def add_server_command(models: typer.Typer) -> None:
    """Put this module's command beside the others about models."""
    models.command("server")(server)


def server(
    context: typer.Context,
    url: Annotated[
        str | None, typer.Argument(help="Like http://localhost:8080/v1; “off” for none")
    ] = None,
    model: Annotated[str, typer.Option(help="The model's name there")] = "",
    key: Annotated[
        str, typer.Option(help="What the server asks for", envvar="ATTUNE_SERVER_KEY")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Text may leave this program")] = False,
) -> None:
    """Show the server that writes the replies, use one from now on, or none ("off")."""
    session = session_of(context)
    if url not in (None, OFF):
        told = warning(read_address(url))
        if not yes:
            raise UsageProblem(f"{told} Say --yes if that is what you want.")
        session.note(told)
    database = open_database(session.paths.database)
    try:
        if url == OFF:
            no_server(database)
            chosen = None
        elif url is not None:
            chosen = use_server(database, url=url, model=model, key=key)
        else:
            chosen = look_at_server(database)
    finally:
        database.close()
    session.finish({"server": None if chosen is None else _server_json(chosen)})
    if chosen is None:
        session.say("No server is used; replies are written on this machine.")
        return
    who = f"{chosen.model or 'the model'} at {chosen.url}"
    if chosen.problem:
        session.note(chosen.problem)
        session.say(f"No reply can be written now: {who} is set, but it does not answer.")
    else:
        session.say(f"Replies are written by {who}, which answers.")
    session.say("`attune models server off` ends that.")


def _server_json(chosen: ServerChoice) -> dict[str, object]:
    """The server in use; `problem` says why it does not answer just now."""
    problem = {"problem": chosen.problem} if chosen.problem else {}
    return {"url": chosen.url, "model": chosen.model or None, **problem}
