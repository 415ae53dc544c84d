"""attune models preset: sampling, context and system text of one model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from assistant.cli.session import readable, session_of
from assistant.domain.errors import UsageProblem
from assistant.paths import Paths
from assistant.settings import (
    CONTEXT,
    EMPHASIS,
    MAX_TOKENS,
    MIN_P,
    PER_MODEL,
    REPEAT_PENALTY,
    SYSTEM_TEXT,
    TEMPERATURE,
    TOP_K,
    TOP_P,
)
from assistant.storage.database import open_database
from assistant.usecases.presets import clear_preset, own_values, preset, set_preset


def add_preset_command(models: typer.Typer) -> None:
    """Put this module's command beside the others about models."""
    models.command("preset")(show_or_set)


def show_or_set(  # one parameter for each option: that is what typer reads
    context: typer.Context,
    name: Annotated[str, typer.Argument(help='As `models list` names it; "" for the one in use')],
    temperature: Annotated[float | None, typer.Option(help=TEMPERATURE.help)] = None,
    top_p: Annotated[float | None, typer.Option(help=TOP_P.help)] = None,
    top_k: Annotated[int | None, typer.Option(help=TOP_K.help)] = None,
    min_p: Annotated[float | None, typer.Option(help=MIN_P.help)] = None,
    repeat_penalty: Annotated[float | None, typer.Option(help=REPEAT_PENALTY.help)] = None,
    emphasis: Annotated[float | None, typer.Option(help=EMPHASIS.help)] = None,
    max_tokens: Annotated[int | None, typer.Option(help=MAX_TOKENS.help)] = None,
    tokens_seen: Annotated[int | None, typer.Option("--context", help=CONTEXT.help)] = None,
    system: Annotated[str | None, typer.Option(help=SYSTEM_TEXT.help)] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Use the general settings")] = False,
) -> None:
    """Show what holds while a model is in use, or set it for this model alone."""
    session = session_of(context)
    given = (temperature, top_p, top_k, min_p, repeat_penalty, emphasis, max_tokens, tokens_seen)
    values: dict[str, object] = {
        item.key: value
        for item, value in zip(PER_MODEL, (*given, system), strict=True)
        if value is not None
    }
    if clear and values:
        raise UsageProblem("Either set values or --clear them, not both.")
    if system is not None:
        values[SYSTEM_TEXT.key] = readable(system)
    found, own = _changed(session.paths, name, values, clear=clear)
    session.finish({"model": name, "values": found, "own": sorted(own)})
    for key, value in found.items():
        session.say(f"{key} = {value}{'  (only this model)' if key in own else ''}")


def _changed(
    paths: Paths, name: str, values: Mapping[str, object], *, clear: bool
) -> tuple[dict[str, object], frozenset[str]]:
    """Clear or set values; all values in force then, and which are the model's own."""
    database = open_database(paths.database)
    try:
        if clear:
            clear_preset(database, paths, name)
        set_preset(database, paths, name, values)
        return preset(database, paths, name), own_values(database, paths, name)
    finally:
        database.close()
