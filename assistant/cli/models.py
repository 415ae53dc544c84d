"""attune models: which there are, which one is used, and how to get more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.presets import add_preset_command
from assistant.cli.servers import add_server_command
from assistant.cli.session import Session, session_of
from assistant.generation.gguf import Header
from assistant.storage.database import Database, open_database
from assistant.usecases.models import (
    ModelChoice,
    add_model,
    check_model,
    fetch_model,
    list_models,
    use_model,
)
from assistant.usecases.servers import server_in_use

MB = 1_000_000


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    models = typer.Typer(help="The models that write replies.", no_args_is_help=True)
    models.command("list")(list_all)
    models.command("check")(check)
    models.command("use")(use)
    models.command("add")(add)
    models.command("fetch")(fetch)
    add_server_command(models)
    add_preset_command(models)
    program.add_typer(models, name="models")


@contextmanager
def open_store(session: Session) -> Iterator[Database]:
    """The data file alone, so that a missing model does not stand in the way."""
    database = open_database(session.paths.database)
    try:
        yield database
    finally:
        database.close()


def list_all(context: typer.Context) -> None:
    """Name all model files; the one in use is marked."""
    session = session_of(context)
    with open_store(session) as store:
        found = list_models(store, session.paths)
        server = server_in_use(store)
    served = None if server is None else {"url": server.url, "model": server.model or None}
    session.finish({"models": [_choice_json(choice) for choice in found], "server": served})
    if server is not None:
        session.say(f"* {server.model or 'model'}  at {server.url}: text leaves this program")
    for choice in found:
        session.say(f"{'*' if choice.used else ' '} {choice.name}  {_about(choice)}")


def check(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A GGUF file")]
) -> None:
    """Say whether a file is a sound model that fits into this machine's memory."""
    session = session_of(context)
    with open_store(session) as store:
        header, fit = check_model(store, file.expanduser().absolute())
    session.finish(
        {
            **header_json(header),
            "path": str(header.path),
            "verdict": fit.verdict.value,
            "needed_mb": fit.needed / MB,
            "available_mb": fit.available / MB,
        }
    )
    session.say(
        f"{header.name or file.stem}: {header.architecture}, {header.size_bytes / MB:.0f} MB, "
        f"{fit.verdict.value} (needs {fit.needed / MB:.0f} of {fit.available / MB:.0f} MB)"
    )


def use(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help='A name, a file, or "" for the embedded model')],
) -> None:
    """Write replies with another model from now on."""
    session = session_of(context)
    with open_store(session) as store:
        path = use_model(store, session.paths, name)
    session.finish({"model": str(path)})
    session.say(f"Replies are now written with {path}")


def add(context: typer.Context, file: Annotated[Path, typer.Argument(help="A GGUF file")]) -> None:
    """Take a model file into your own models."""
    session = session_of(context)
    path = add_model(session.paths, file)
    session.finish({"name": path.stem, "path": str(path)})
    session.say(f"Added as {path.stem}; `attune models use {path.stem}` writes replies with it.")


def fetch(context: typer.Context, name: Annotated[str, typer.Argument()]) -> None:
    """Fetch a model that the program knows where to find."""
    session = session_of(context)
    for line in fetch_model(session.paths, name):
        session.note(line)
    session.finish({"name": name, "fetched": True})
    session.say(f"{name} is in place.")


def header_json(header: Header) -> dict[str, object]:
    """What a model file says about itself."""
    return {
        "name": header.name,
        "architecture": header.architecture,
        "context": header.context,
        "licence": header.licence,
        "parameters": header.parameters,
        "mb": header.size_bytes / MB,
    }


def _choice_json(choice: ModelChoice) -> dict[str, object]:
    """One model file."""
    return {
        **(header_json(choice.header) if choice.header else {}),
        "name": choice.name,
        "path": str(choice.path),
        "used": choice.used,
        "embedded": choice.embedded,
        "problem": choice.problem or None,
    }


def _about(choice: ModelChoice) -> str:
    """One model file for a reader."""
    if choice.header is None:
        return choice.problem
    header = choice.header
    return f"{header.architecture}, {header.size_bytes / MB:.0f} MB, context {header.context}"
