"""attune agent: the versions of the preference agent, and going back; learning it and the rules."""

from __future__ import annotations

import typer

from assistant.cli.session import Session, cancelled_by_interrupt, session_of
from assistant.domain.events import Progress
from assistant.usecases.agent import AgentVersion, agent_versions, base_agent, previous_agent
from assistant.usecases.learn import Learned, learn


def add_commands(program: typer.Typer) -> None:
    """Put this module's commands into the program."""
    agent = typer.Typer(help="The small model that chooses rules for you.", no_args_is_help=True)
    agent.command("list")(show)
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
    session.say(outcome.reason)
    if not outcome.accepted:
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
                }
                for v in versions
            ]
        }
    )
    if not any(version.active for version in versions):
        session.say("No trained agent is in use.")
    for version in versions:
        session.say(f"{version.id}: trained on {version.rankings} rankings{_state_of(version)}")


def _state_of(version: AgentVersion) -> str:
    """What a version is doing, or what became of it."""
    if version.active:
        return ", on trial" if version.trial else ", in use"
    return ", rolled back: its replies lost" if version.lost else ""


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
