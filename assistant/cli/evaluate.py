"""attune evaluate: experiments on simulated and real users; one module for each experiment."""

from __future__ import annotations

import typer

from assistant.cli import (
    evaluate_agent,
    evaluate_opinions,
    evaluate_personal_llm,
    evaluate_rankings,
    evaluate_tager,
    evaluate_whole,
)

EXPERIMENTS = (
    evaluate_tager,
    evaluate_opinions,
    evaluate_rankings,
    evaluate_personal_llm,
    evaluate_agent,
    evaluate_whole,
)  # each adds its own command


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    evaluate = typer.Typer(help="How well it learns people.", no_args_is_help=True)
    evaluate.callback()(_about)
    for experiment in EXPERIMENTS:
        experiment.add_commands(evaluate)
    program.add_typer(evaluate, name="evaluate")


def _about() -> None:
    """Run an experiment on simulated or real people; nothing of yours is read or changed."""
