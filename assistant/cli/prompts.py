"""attune prompts, and `attune learn --only prompts`: the pool of prompts and how each did."""

from __future__ import annotations

import typer

from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.storage.prompts import StoredPrompt
from assistant.usecases.extras import HELPS, entry_of
from assistant.usecases.learn_prompts import PromptsLearned, learn_prompts, list_prompts


def add_commands(program: typer.Typer) -> None:
    """Put this module's command into the program."""
    program.command("prompts")(show)


def show(context: typer.Context) -> None:
    """Show the prompts that were tried on your past queries, the best first."""
    session = session_of(context)
    with session.services() as services:
        pool = list_prompts(services)
    session.finish({"prompts": _prompts_json(pool)})
    if not pool:
        session.say("There are no prompts yet; `attune learn --only prompts` writes some.")
    _say(session, pool)


def learn_pool(session: Session) -> None:
    """Improve the pool on the rankings so far, with progress."""
    learned: PromptsLearned | None = None
    with session.services() as services, cancelled_by_interrupt() as cancel:
        for step in learn_prompts(services, cancel=cancel):
            if isinstance(step, PromptsLearned):
                learned = step
            else:
                session.note(f"{step.what}: {step.done} of {step.total}")
        stopped = cancel.cancelled
    if learned is None:
        raise typer.Exit(1)
    session.finish(
        {
            "updated": ["prompts"],
            "prompts": _prompts_json(learned.prompts),
            "trials": learned.trials,
            "rankings": learned.rankings,
            "seconds": learned.seconds,
        }
    )
    _say(session, learned.prompts)
    session.say(f"{learned.trials} trial replies in {learned.seconds:.0f} s.")
    if stopped:
        session.note("Stopped early; the pool is what was found until then.")


def _say(session: Session, pool: tuple[StoredPrompt, ...]) -> None:
    """The pool for a reader."""
    for prompt in reversed(pool):
        entry = entry_of(prompt)
        session.say(
            f"{entry.score:.0%} over {len(entry.outcomes)} queries "
            f"({'used' if entry.score > HELPS else 'not used'}): {entry.prompt}"
        )


def _prompts_json(pool: tuple[StoredPrompt, ...]) -> list[dict[str, object]]:
    """The pool for a script, the best first."""
    return [
        {
            "text": entry.prompt,
            "score": entry.score,
            "used": entry.score > HELPS,
            "outcomes": [
                {"query_id": o.query_id, "value": o.value, "said": o.said} for o in prompt.outcomes
            ],
        }
        for prompt, entry in ((prompt, entry_of(prompt)) for prompt in reversed(pool))
    ]
