"""attune agent: the versions of the preference agent, and going back; learning it and the rules."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.session import Session, cancelled_by_interrupt, counted, session_of
from assistant.domain.events import Progress
from assistant.usecases.agent import AgentVersion, agent_versions, base_agent, previous_agent
from assistant.usecases.learn import Learned, learn
from assistant.usecases.switch_agent import Switched, hindrances, switch_on


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    agent = typer.Typer(help="The small model that chooses rules for you.", no_args_is_help=True)
    agent.command("list")(show)
    agent.command("use")(use)
    agent.command("previous")(previous)
    agent.command("base")(base)
    program.add_typer(agent, name="agent")


def learn_slowly(session: Session, part: str) -> None:
    """Learn rules or the agent in the foreground, with progress; exit code 1 if refused."""
    outcome: Learned | None = None
    with session.services() as services, cancelled_by_interrupt() as cancel:
        for step in learn(services, cancel=cancel, only=part):
            if isinstance(step, Learned):
                outcome = step
            else:
                session.note(progress_line(step))
    if outcome is None:
        session.note("Stopped; what was learned before is kept.")
        raise typer.Exit(1)
    session.finish(
        {
            "updated": [outcome.learner] if outcome.accepted else [],
            "snapshot_id": outcome.snapshot_id,
            "accepted": outcome.accepted,
            "reason": outcome.reason,
            "rankings": outcome.rankings,
            "seconds": outcome.seconds,
        }
    )
    _end(session, outcome.reason, accepted=outcome.accepted)


def _end(session: Session, reason: str, *, accepted: bool) -> None:
    """Say what the gate decided; exit code 1 if that was no."""
    session.say(reason)
    if not accepted:
        raise typer.Exit(1)


def progress_line(step: Progress) -> str:
    """A step of long work, with the time left where it is known."""
    left = f", about {step.seconds_left:.0f} s left" if step.seconds_left else ""
    return f"{step.what}: {step.done} of {step.total}{left}"


def show(context: typer.Context) -> None:
    """The kept versions, the oldest first."""
    session = session_of(context)
    with session.services() as services:
        versions = agent_versions(services)
        foreign = hindrances(services)
    session.finish(
        {
            "versions": [
                {
                    "id": v.id,
                    "rankings": v.rankings,
                    "active": v.active,
                    "trial": v.trial,
                    "lost": v.lost,
                    "metrics": v.metrics,
                    "origin": v.origin,
                    "model": v.model,
                    "hindrance": foreign.get(v.id, ""),
                }
                for v in versions
            ]
        }
    )
    if not any(version.active for version in versions):
        session.say("No trained agent is in use.")
    for version in versions:
        state = _state_of(version, foreign.get(version.id, ""))
        session.say(f"{version.id}: trained on {counted(version.rankings, 'ranking')}{state}")


def _state_of(version: AgentVersion, hindrance: str) -> str:
    """What a version is doing, or what became of it."""
    came = ", came with a profile" if version.origin else ""
    if version.active:
        return f"{came}, on trial" if version.trial else f"{came}, in use"
    lost = ", rolled back: its replies lost" if version.lost else ""
    way = f". {hindrance}" if hindrance else f", `attune agent use {version.id}` switches it on"
    return f"{came}{lost}{way if version.origin else ''}"


def use(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `agent list` shows it")],
) -> None:
    """Switch on an agent that came with a profile, if it passes as a trained one has to."""
    session = session_of(context)
    switched: Switched | None = None
    with session.services() as services, cancelled_by_interrupt() as cancel:
        for step in switch_on(services, version=number, cancel=cancel):
            if isinstance(step, Switched):
                switched = step
            else:
                session.note(progress_line(step))
    if switched is None or switched.verdict is None:
        session.note("Stopped; what was in use stays.")
        raise typer.Exit(1)
    verdict = switched.verdict
    session.finish(
        {
            "version": number,
            "accepted": verdict.accepted,
            "trial": verdict.on_trial,
            "reason": verdict.reason,
        }
    )
    _end(session, verdict.reason, accepted=verdict.accepted)


def previous(context: typer.Context) -> None:
    """Go back to the version before the one in use."""
    session = session_of(context)
    with session.services() as services:
        version = previous_agent(services)
    session.finish({"active": version.id})
    session.say(f"Version {version.id} is in use again.")


def base(context: typer.Context) -> None:
    """Do without a trained agent; its versions stay."""
    session = session_of(context)
    with session.services() as services:
        base_agent(services)
    session.finish({"active": None})
    session.say("No trained agent is in use now.")
