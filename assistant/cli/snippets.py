"""attune snippets: texts kept to be put into messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from assistant.cli.session import Session, readable, session_of
from assistant.domain.errors import UsageProblem
from assistant.storage.database import Database, open_database
from assistant.storage.snippets import Snippet
from assistant.usecases.snippets import add_snippet, edit_snippet, list_snippets, remove_snippet

T = TypeVar("T")
SnippetName = Annotated[str, typer.Argument(metavar="NAME", help="As `snippets list` shows it")]
SHOWN = 70  # characters of a text in the list


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    snippets = typer.Typer(
        help="Texts of yours; in the window “/” at the start of a message offers them.",
        no_args_is_help=True,
    )
    snippets.command("list")(show)
    snippets.command("add")(add)
    snippets.command("edit")(edit)
    snippets.command("remove")(remove)
    program.add_typer(snippets, name="snippets")


def show(context: typer.Context) -> None:
    """All snippets by name."""
    session = session_of(context)
    found = _on_store(session, list_snippets)
    session.finish({"snippets": [_json(one) for one in found]})
    if not found:
        session.say("There are no snippets yet; `attune snippets add NAME TEXT` keeps one.")
    for one in found:
        session.say(_line(one))


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What you will type behind the slash")],
    text: Annotated[str, typer.Argument(help="What is put into the message")],
) -> None:
    """Keep a text under a new name."""
    session = session_of(context)
    now = time.time()
    _say(
        session,
        _on_store(
            session,
            lambda db: add_snippet(db, name=readable(name), text=readable(text), now=now),
        ),
    )


def edit(
    context: typer.Context,
    name: SnippetName,
    text: Annotated[str | None, typer.Option(help="Another text")] = None,
    new_name: Annotated[str | None, typer.Option("--name", help="Another name")] = None,
) -> None:
    """Give a snippet another text or another name."""
    session = session_of(context)
    if text is None and new_name is None:
        raise UsageProblem("Nothing was given to change; use --text, --name or both.")
    other_text = None if text is None else readable(text)
    other_name = None if new_name is None else readable(new_name)
    _say(
        session,
        _on_store(
            session, lambda db: edit_snippet(db, name=name, text=other_text, new_name=other_name)
        ),
    )


def remove(context: typer.Context, name: SnippetName) -> None:
    """Delete a snippet."""
    session = session_of(context)
    gone = _on_store(session, lambda db: remove_snippet(db, name=name))
    session.finish({"removed": _json(gone)})
    session.say(f"Removed: {_line(gone)}")


def _on_store(session: Session, work: Callable[[Database], T]) -> T:
    """Work on the data file alone; nothing else needs to be started."""
    database = open_database(session.paths.database)
    try:
        return work(database)
    finally:
        database.close()


def _say(session: Session, snippet: Snippet) -> None:
    """One snippet as it is now."""
    session.finish(_json(snippet))
    session.say(_line(snippet))


def _json(snippet: Snippet) -> dict[str, object]:
    """One snippet for a script."""
    return {"name": snippet.name, "text": snippet.text, "origin": snippet.origin}


def _line(snippet: Snippet) -> str:
    """One snippet for a reader."""
    flat = " ".join(snippet.text.split())
    return f"/{snippet.name}  {flat[:SHOWN]}{'…' if len(flat) > SHOWN else ''}"
