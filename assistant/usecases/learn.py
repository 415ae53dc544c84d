"""Learn: build what was learned anew from all rankings, in the foreground or the background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, TrainingFailed
from assistant.domain.events import Progress
from assistant.personalization.agent_task import AgentOptions
from assistant.personalization.learner import Update
from assistant.usecases.agent import AGENT
from assistant.usecases.due import due_parts
from assistant.usecases.examples import start_learner
from assistant.usecases.learn_agent import learn_agent
from assistant.usecases.learn_prompts import learn_prompts
from assistant.usecases.learn_rules import learn_rules
from assistant.usecases.rank import keep_update
from assistant.usecases.services import Services

LEARNERS = ("selector", "scorer")


@dataclass(frozen=True, slots=True)
class Learned:
    """The outcome of a training run; `snapshot_id` is None if it was cancelled."""

    learner: str
    snapshot_id: int | None
    rankings: int
    seconds: float
    accepted: bool = True  # whether what was learned came into use
    reason: str = ""


def learn(
    services: Services, *, cancel: CancelToken, only: str = "", threads: int = 0
) -> Iterator[Progress | Learned]:
    """Train from the whole log of rankings, one learner after the other, or `only` one of them.

    Without `only`, what is due of the longer parts follows. `threads`: for what can use several
    cores (0: all of them). Each run is noted with its outcome; ends each with a Learned.
    """
    start_learner(services)
    for learner in (only,) if only else LEARNERS:
        yield from _part(services, learner, cancel, threads)
    for part in () if only else due_parts(services):
        if cancel.cancelled:
            return
        try:
            yield from _part(services, part, cancel, threads)
        except TrainingFailed as error:  # what was asked for is done
            yield Learned(part, None, 0, 0.0, False, str(error))


def _part(
    services: Services, name: str, cancel: CancelToken, threads: int
) -> Iterator[Progress | Learned]:
    """The run of one part."""
    if name == "rules":
        return _rules(services, cancel)
    if name == AGENT:
        return _agent(services, cancel, threads)
    if name == "prompts":
        return _prompts(services, cancel)
    return _train(services, name, cancel)


def _train(services: Services, learner: str, cancel: CancelToken) -> Iterator[Progress | Learned]:
    """One learner's run."""
    run_id = services.store.run(lambda db: db.training_runs.start(learner, services.clock()))
    outcome, snapshot_id = "failed", None
    try:
        update: Update | None = None
        for step in services.learner.train(cancel, learner):
            if isinstance(step, Update):
                update = step
            else:
                yield step
        outcome = "cancelled" if update is None else "done"
        if update is not None:
            snapshot_id = keep_update(services, update)
    except (Cancelled, GeneratorExit):
        outcome = "cancelled"
        raise
    finally:
        services.store.run(
            lambda db: db.training_runs.finish(run_id, outcome, snapshot_id, services.clock())
        )
    rankings = update.rankings if update else 0
    yield Learned(learner, snapshot_id, rankings, update.seconds if update else 0.0)


def _rules(services: Services, cancel: CancelToken) -> Iterator[Progress | Learned]:
    """One search for rules; they are kept in a table of their own, not as a snapshot."""
    for step in learn_rules(services, cancel=cancel):
        if isinstance(step, Progress):
            yield step
        else:
            alive = sum(rule.alive for rule in step.rules)
            told = f"{alive} of {len(step.rules)} rules hold on held-out rankings"
            yield Learned("rules", None, len(step.holds), step.seconds, alive > 0, told)


def _prompts(services: Services, cancel: CancelToken) -> Iterator[Progress | Learned]:
    """One improvement of the pool of prompts, which is a table of its own too."""
    for step in learn_prompts(services, cancel=cancel):
        if isinstance(step, Progress):
            yield step
        else:
            kept = "1 prompt" if len(step.prompts) == 1 else f"{len(step.prompts)} prompts"
            told = f"{kept} kept after {step.trials} trial replies"
            yield Learned("prompts", None, step.rankings, step.seconds, True, told)


def _agent(services: Services, cancel: CancelToken, threads: int) -> Iterator[Progress | Learned]:
    """One training of the preference agent, with the gate's verdict."""
    started = services.timer()
    for step in learn_agent(services, cancel=cancel, options=AgentOptions(threads=threads)):
        if isinstance(step, Progress):
            yield step
        elif step.verdict is not None and step.trained is not None:
            yield Learned(
                AGENT,
                step.snapshot_id,
                step.verdict.judged,
                services.timer() - started,
                step.verdict.accepted,
                step.verdict.reason,
            )
        else:
            yield Learned(AGENT, None, 0, services.timer() - started, False, "Stopped.")
