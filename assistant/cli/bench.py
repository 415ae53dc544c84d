"""attune bench: speed, as a ratio to a named baseline in the same run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from assistant.cli.models import open_store
from assistant.cli.session import Session, session_of
from assistant.evaluation.bench_agent import bench_agent
from assistant.evaluation.bench_generation import bench_generation
from assistant.evaluation.bench_memory import bench_memory
from assistant.evaluation.bench_scoring import bench_scoring
from assistant.evaluation.bench_selector import bench_selector
from assistant.evaluation.bench_store import bench_store
from assistant.evaluation.bench_window import bench_window
from assistant.generation.backend import EngineOptions
from assistant.generation.gguf import read_header
from assistant.paths import Paths
from assistant.settings import MODEL, THREADS
from assistant.storage.tag_library import read_tag_library
from assistant.usecases.models import model_in_use
from assistant.usecases.warm_turns import first_words

Runs = Annotated[int, typer.Option(min=1, help="Medians are taken over these")]
WORD_RUNS = 11  # of each row, a second each; few tell nothing of some milliseconds
Model = Annotated[Path | None, typer.Option(help="Another GGUF file")]


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    bench = typer.Typer(help="How fast it is, against a baseline.", no_args_is_help=True)
    bench.callback()(_about)
    bench.command("generation")(generation)
    bench.command("agent")(agent)
    bench.command("scoring")(scoring)
    bench.command("selector")(selector)
    bench.command("window")(window)
    bench.command("memory")(memory)
    bench.command("store")(store)
    program.add_typer(bench, name="bench")


def _about() -> None:
    """Measure speed; each figure is compared with a baseline in the same run."""


def generation(
    context: typer.Context,
    runs: Runs = 3,
    model: Model = None,
) -> None:
    """Three drafts, against three plain calls one after the other; and what parts cost the first
    word, in the engine and through the whole program (in as many runs as that takes).
    """
    session = session_of(context)
    path, options = _measured(session, runs, model)
    figures = bench_generation(options, path, runs=runs)
    figures["first_token"]["program"] = _first_words(session, path, options)
    session.finish(dict(figures))
    parts: Any = figures["first_token"].pop("parts")
    words: Any = figures["first_token"].pop("program")
    for name, values in figures.items():
        told = ", ".join(f"{key} {_short(value)}" for key, value in values.items())
        session.say(f"{name}: {told}")
    for name, row in parts.items():
        session.say(
            f"first token with {name}: {_short(row['warm_s'])} s, "
            f"{100 * row['later']:+.0f} % on top of {row['on_top_of']}"
        )
    for name, row in words.items():
        ahead = row["read_ahead"]
        session.say(
            f"from a query to its first word, with {name}: {_short(row['warm_s'])} s, "
            f"{100 * row['later']:+.0f} % on top of {row['on_top_of']}; read while it was typed: "
            f"{_short(ahead['warm_s'])} s, {100 * ahead['later']:+.0f} %"
        )


def _first_words(
    session: Session, model: Path, options: EngineOptions
) -> dict[str, dict[str, object]]:
    """What parts cost through the whole program, on a data file that is thrown away."""
    with TemporaryDirectory() as home:
        paths = Paths(Path(home), session.paths.cache, session.paths.project)
        own = replace(session, paths=paths)
        with open_store(own) as database:
            database.run(lambda db: db.settings.set(MODEL, str(model)))
            database.run(lambda db: db.settings.set(THREADS, options.threads))
        with own.services() as services:
            return first_words(services, WORD_RUNS)


def scoring(
    context: typer.Context,
    runs: Runs = 3,
    model: Model = None,
) -> None:
    """Multiple-choice cases scored by their letters, against decoding each answer."""
    session = session_of(context)
    path, options = _measured(session, runs, model)
    figures: dict[str, Any] = bench_scoring(options, path, runs=runs)
    session.finish(figures)
    details = figures["details"]
    session.say(
        f"{_short(details['cases_per_s'])} cases a second, {figures['baseline']}: "
        f"{_short(details['baseline_cases_per_s'])}"
    )
    for what, row in (("survey", details), ("long", details["long_cases"])):
        session.say(
            f"{what} cases of {row['tokens_per_case']:.0f} tokens: ratio {_short(row['ratio'])}; "
            f"{_short(row['ratio_same_threads'])} if it is told our number of threads, "
            f"{_short(row['ratio_without_reuse'])} if it evaluates each prompt from its beginning"
        )


def selector(
    context: typer.Context,
    runs: Runs = 5,
) -> None:
    """What learning tags costs, against the published selector."""
    session = session_of(context)
    paths = session.paths
    session.note("Measuring the tag selector; this takes half a minute.")
    library = read_tag_library(paths.resources / "tags.toml")
    figures: dict[str, Any] = bench_selector(
        library, paths.models, paths.cache / "evaluate", runs=runs
    )
    session.finish(figures)
    for cost in figures["details"]["costs"]:
        session.say(
            f"{cost['tags']} tags, {cost['rankings']} rankings{', read' * cost['read']}: update "
            f"{_short(cost['update_ms'])}, choice {_short(cost['choice_ms'])} milliseconds"
        )
    session.say(
        f"112 rankings: {_short(figures['ours_s'])} s of CPU, {figures['baseline']}: "
        f"{_short(figures['baseline_s'])} s, ratio {_short(figures['ratio'])}"
    )


def agent(
    context: typer.Context,
    runs: Runs = 2,
    model: Model = None,
) -> None:
    """Training the agent on 50 rankings, against a plain loop over transformers and peft."""
    session = session_of(context)
    path, _ = _measured(session, runs, model)
    figures: dict[str, Any] = bench_agent(path, session.paths.cache, runs)
    session.finish(figures)
    details = figures["details"]
    session.say(
        f"{_short(details['tokens_per_s'])} tokens a second, {figures['baseline']}: "
        f"{_short(details['baseline_tokens_per_s'])}, ratio {_short(figures['ratio'])}"
    )
    for name in ("load_s", "longest_step_s", "peak_mb", "swap_ms"):
        session.say(f"{name}: {_short(details[name])}")


def _measured(session: Session, runs: int, model: Path | None) -> tuple[Path, EngineOptions]:
    """The model to measure, known to be sound, and how to load it."""
    with open_store(session) as database:
        path = model.absolute() if model else model_in_use(database, session.paths)
        threads = database.run(lambda db: db.settings.get(THREADS))
    read_header(path)
    session.note(f"Measuring {path.name}, {runs} runs; close other programs meanwhile.")
    return path, EngineOptions(threads=threads, cache=session.paths.cache)


def window(
    context: typer.Context,
    runs: Runs = 7,
) -> None:
    """Opening against a bare window, and the pauses while replies are written and learned from."""
    session = session_of(context)
    session.note(f"Opening windows, {runs} of each kind, then one round; this takes a minute.")
    figures: dict[str, Any] = bench_window(runs)
    session.finish(figures)
    details = figures["details"]
    session.say(
        f"first paint: {_short(figures['ours_s'])} s, {figures['baseline']} "
        f"{_short(figures['baseline_s'])} s, ratio {_short(figures['ratio'])}; "
        f"ready for a query after {_short(details['usable_s'])} s"
    )
    for name, gaps in details["gaps"].items():
        session.say(
            f"pauses, {name.replace('_', ' ')}: median {_short(gaps['p50_ms'])}, "
            f"99 % up to {_short(gaps['p99_ms'])}, longest {_short(gaps['max_ms'])} milliseconds"
        )


def memory(context: typer.Context) -> None:
    """What all processes hold after one round with the embedded model."""
    session = session_of(context)
    session.note("Opening a window for one round; this takes half a minute.")
    figures: dict[str, Any] = bench_memory()
    session.finish(figures)
    session.say(f"all processes: {figures['total_mb']:.0f} MB (aim: {figures['aim_mb']:.0f} MB)")
    for name, values in figures["processes"].items():
        session.say(f"{name}: {values['uss_mb']:.0f} MB")
    for part in figures["largest"]:
        session.say(f"  {part['part']}: {part['mb']:.0f} MB")


def store(
    context: typer.Context,
    runs: Runs = 5,
) -> None:
    """A file with 10,000 conversations and 100,000 messages against an empty one."""
    session = session_of(context)
    session.note("Writing 100,000 messages first; this takes a minute or two.")
    figures: dict[str, Any] = bench_store(runs)
    session.finish(figures)
    details = figures["details"]
    for step, row in details["steps"].items():
        session.say(
            f"{step.replace('_', ' ')}: {_short(row['ours_s'])} s, empty "
            f"{_short(row['baseline_s'])} s, ratio {_short(row['ratio'])}"
        )
    session.say(
        f"file {details['file_mb']:.0f} MB, added memory {details['added_memory_mb']:.0f} MB"
    )


def _short(value: object) -> str:
    """A figure for a reader."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)
