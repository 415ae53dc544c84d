"""attune bench: speed, as a ratio to a named baseline in the same run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.models import open_store
from assistant.cli.session import session_of
from assistant.evaluation.bench_generation import bench_generation
from assistant.generation.backend import EngineOptions
from assistant.generation.gguf import read_header
from assistant.settings import THREADS
from assistant.usecases.models import model_in_use


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    bench = typer.Typer(help="How fast it is, against a baseline.", no_args_is_help=True)
    bench.callback()(_about)
    bench.command("generation")(generation)
    program.add_typer(bench, name="bench")


def _about() -> None:
    """Measure speed; each figure is compared with a baseline in the same run."""


def generation(
    context: typer.Context,
    runs: Annotated[int, typer.Option(min=1, help="Medians are taken over these")] = 3,
    model: Annotated[Path | None, typer.Option(help="Another GGUF file")] = None,
) -> None:
    """Three drafts, against three plain calls one after the other."""
    session = session_of(context)
    with open_store(session) as store:
        path = model.absolute() if model else model_in_use(store, session.paths)
        threads = store.run(lambda db: db.settings.get(THREADS))
    read_header(path)
    session.note(f"Measuring {path.name}, {runs} runs; close other programs meanwhile.")
    options = EngineOptions(threads=threads, cache=session.paths.cache)
    figures = bench_generation(options, path, runs=runs)
    session.finish(dict(figures))
    for name, values in figures.items():
        told = ", ".join(f"{key} {_short(value)}" for key, value in values.items())
        session.say(f"{name}: {told}")


def _short(value: object) -> str:
    """A figure for a reader."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)
