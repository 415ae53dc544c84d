"""All commands under one roof, and what errors become."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant import __version__
from assistant.cli import (
    about,
    agent,
    bench,
    chat,
    check,
    conversations,
    documents,
    evaluate,
    interview,
    later,
    learned,
    measure,
    models,
    prompts,
    rounds,
    rules,
    settings,
    snippets,
)
from assistant.cli.session import Session, write_line
from assistant.cli.window import start_window
from assistant.domain.errors import Cancelled, UserError
from assistant.paths import Paths, find_paths
from assistant.usecases.services import Services

PARTS = (  # in the order of the help
    rounds,
    later,
    chat,
    learned,
    rules,
    agent,
    interview,
    prompts,
    conversations,
    documents,
    measure,
    snippets,
    settings,
    models,
    bench,
    evaluate,
    check,
    about,
)


def run_command(
    arguments: list[str],
    open_services: Callable[[Paths], AbstractContextManager[Services]],
    open_window: Callable[[Paths], int],
) -> int:
    """Parse and carry out; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an old code page must not end the program
            stream.reconfigure(errors="replace")
    try:
        build(open_services, open_window)(general_first(arguments), prog_name="attune")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except UserError as error:
        write_line(str(error), Console(file=sys.stderr))
        return 1
    except Cancelled:
        return 1
    return 0


def build(
    open_services: Callable[[Paths], AbstractContextManager[Services]],
    open_window: Callable[[Paths], int],
) -> typer.Typer:
    """The parser with every command."""
    program = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Chat with a model on this machine that learns from how you rank its replies.",
    )

    @program.callback(invoke_without_command=True)
    def start(
        context: typer.Context,
        home: Annotated[Path | None, typer.Option(help="Folder of your data")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object")] = False,
        version: Annotated[bool, typer.Option("--version", help="Show the version")] = False,
    ) -> None:
        """Chat with a model on this machine that learns from how you rank its replies."""
        if version:
            write_line(f"Attune {__version__}", Console())
            raise typer.Exit
        context.obj = Session(find_paths(home), as_json, open_services, open_window)
        if context.invoked_subcommand is None:
            raise typer.Exit(start_window(context.obj.paths, open_window))

    for part in PARTS:
        part.add_commands(program)
    return program


def general_first(arguments: list[str]) -> list[str]:
    """--home and --json brought to the front, so that they may stand anywhere."""
    general: list[str] = []
    others: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            others += [argument, *rest]
        elif argument == "--home":
            general += [argument, *[value for value in (next(rest, None),) if value is not None]]
        elif argument == "--json" or argument.startswith("--home="):
            general.append(argument)
        else:
            others.append(argument)
    return [*general, *others]
