"""attune prompts, and `attune learn --only prompts`: the prompts, how each did, the user's say."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.session import Session, cancelled_by_interrupt, counted, session_of
from assistant.storage.prompts import PromptId, StoredPrompt
from assistant.usecases.extras import HELPS, entry_of
from assistant.usecases.learn_prompts import (
    PromptsLearned,
    learn_prompts,
    list_prompts,
    set_prompt,
)

PromptNumber = Annotated[int, typer.Argument(metavar="NUMBER", help="As `prompts` shows it")]


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    prompts = typer.Typer(help="Notes about you that were tried on your past queries.")
    prompts.callback(invoke_without_command=True)(show)
    prompts.command("allow")(allow)
    prompts.command("ban")(ban)
    program.add_typer(prompts, name="prompts")


def show(context: typer.Context) -> None:
    """Show the prompts that were tried on your past queries, the best first."""
    if context.invoked_subcommand is not None:
        return
    session = session_of(context)
    with session.services() as services:
        pool = list_prompts(services)
    session.finish({"prompts": _prompts_json(pool)})
    if not pool:
        session.say("There are no prompts yet; `attune learn --only prompts` writes some.")
    _say(session, pool)


def allow(context: typer.Context, number: PromptNumber) -> None:
    """Use a prompt where it helps, such as one that came with a profile."""
    _flag(context, number, banned=False)


def ban(context: typer.Context, number: PromptNumber) -> None:
    """Never use a prompt, nor improve it."""
    _flag(context, number, banned=True)


def _flag(context: typer.Context, number: int, *, banned: bool) -> None:
    """Store what the user wants of a prompt."""
    session = session_of(context)
    with session.services() as services:
        prompt = set_prompt(services, prompt_id=PromptId(number), banned=banned)
    session.finish({"prompts": _prompts_json((prompt,))})
    _say(session, (prompt,))


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
        tried = counted(len(entry.outcomes), "query", "queries")
        came = ", came with a profile" if prompt.origin else ""
        state = "banned" if prompt.banned else "used" if entry.score > HELPS else "not used"
        session.say(f"{prompt.id}: {entry.score:.0%} over {tried} ({state}{came}): {entry.prompt}")


def _prompts_json(pool: tuple[StoredPrompt, ...]) -> list[dict[str, object]]:
    """The pool for a script, the best first."""
    return [
        {
            "id": prompt.id,
            "text": entry.prompt,
            "score": entry.score,
            "used": entry.score > HELPS and not prompt.banned,
            "banned": prompt.banned,
            "origin": prompt.origin,
            "outcomes": [
                {"query_id": o.query_id, "value": o.value, "said": o.said} for o in prompt.outcomes
            ],
            "elsewhere": [
                {"occasion": o.occasion, "value": o.value, "said": o.said} for o in prompt.elsewhere
            ],
        }
        for prompt, entry in ((prompt, entry_of(prompt)) for prompt in reversed(pool))
    ]
