"""Learn the agent: train an adapter on query -> rules, have it pass the gate, swap it in.

Promises: nothing that is in use changes before the gate has accepted; the swap and the note of
the run are one transaction, so that whatever dies, the old state or the new one is active.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, StorageProblem, TrainingFailed
from assistant.domain.events import Progress
from assistant.generation.backend import ModelInfo
from assistant.generation.gguf import read_header
from assistant.generation.templates import choose_template
from assistant.personalization.agent_choice import judge_agent, targets_of, usable_rules
from assistant.personalization.agent_task import (
    FAMILIES,
    AgentExample,
    AgentOptions,
    AgentTask,
    AgentTrained,
)
from assistant.personalization.gate import Verdict
from assistant.personalization.rule_task import RulesFound
from assistant.usecases.agent import AGENT, VERSIONS, model_mark, use_agent
from assistant.usecases.agent_prompt import agent_pieces
from assistant.usecases.examples import examples_of
from assistant.usecases.held_out import Split, split_rounds
from assistant.usecases.learn_rules import find_rules, keep_rules
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database
    from assistant.storage.learning import Snapshot

FEWEST = 10  # rankings to train on
LARGEST_MODEL = 400_000_000  # parameters that a laptop trains in minutes


@dataclass(frozen=True, slots=True)
class AgentLearned:
    """How a run ended; `snapshot_id` is None if nothing came into use."""

    verdict: Verdict | None  # None if it was cancelled
    snapshot_id: int | None
    trained: AgentTrained | None


def learn_agent(
    services: Services, *, cancel: CancelToken, options: AgentOptions
) -> Iterator[Progress | AgentLearned]:
    """Train, judge, swap. TrainingFailed if there is too little to learn from, or it diverges."""
    run_id = services.store.run(lambda db: db.training_runs.start(AGENT, services.clock()))
    ended, outcome, reason = AgentLearned(None, None, None), "failed", ""
    try:
        split = split_rounds(services)
        found = trained = None
        for step in find_rules(services, split, (), cancel):
            if isinstance(step, Progress):
                yield step
            else:
                found = step
        if found is not None:
            keep_rules(services, found)
            task = build_task(services, split, found, options)
            trained = yield from _train(services, task, cancel)
        outcome = "cancelled"
        if found is not None and trained is not None:
            verdict = judge_agent(examples_of(split.held_out), found.holds, task.choices, trained)
            outcome, reason = "refused", verdict.reason
            ended = AgentLearned(verdict, None, trained)
            if verdict.accepted:
                swapped = _swap(services, run_id, split, trained, verdict)
                ended, run_id = AgentLearned(verdict, swapped, trained), 0  # noted with the swap
                use_agent(services)
    except TrainingFailed as error:
        reason = str(error)
        raise
    except (Cancelled, GeneratorExit):
        outcome = "cancelled"
        raise
    finally:
        if run_id:
            services.store.run(
                lambda db: db.training_runs.finish(run_id, outcome, None, services.clock(), reason)
            )
    yield ended


def why_untrainable(model: ModelInfo) -> str:
    """Why no agent can be trained on a model, and what helps; "" if one can."""
    if not model.on_this_machine:
        return (
            "An agent is trained on a model of this machine; `attune models server off` uses one."
        )
    if model.architecture not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        return (
            f"The agent cannot be trained on a model of the family {model.architecture}; "
            f"choose one of the families {known}."
        )
    if read_header(model.path).parameters > LARGEST_MODEL:
        return f"{model.name} is too large to train an agent on; the embedded model is not."
    return ""


def build_task(
    services: Services, split: Split, found: RulesFound, options: AgentOptions
) -> AgentTask:
    """Query -> the rules that held for its winner and not for the others, as a training run."""
    model = services.backend.info()
    if hindrance := why_untrainable(model):
        raise TrainingFailed(hindrance)
    template = choose_template(read_header(model.path).template)
    choices = usable_rules(found.rules)
    examples = []
    for example in examples_of(split.training):
        targets = targets_of(example, choices, found.holds[example.ranking_id])
        if targets:
            examples.append(AgentExample(agent_pieces(template, example.query), targets))
    if len(examples) < FEWEST:
        raise TrainingFailed(
            f"The agent needs {FEWEST} rankings in which a rule holds for the best reply alone; "
            f"there are {len(examples)}. Rank more replies first."
        )
    active = _active(services)
    fits = active is not None and active.metrics.get("model") == model_mark(model.sha256)
    return AgentTask(
        source=model.path,
        sha256=model.sha256,
        cache=services.paths.cache,
        examples=tuple(examples),
        questions=tuple(agent_pieces(template, round_.text) for round_ in split.held_out),
        choices=choices,
        end=template.end,
        active=active.weights if active is not None and fits else None,
        options=options,
    )


def _train(
    services: Services, task: AgentTask, cancel: CancelToken
) -> Generator[Progress, None, AgentTrained | None]:
    """Carry out the run; None if it was cancelled."""
    trained = None
    for event in services.learner.run_task(task, cancel):
        if isinstance(event, AgentTrained):
            trained = event
        elif isinstance(event, Progress):
            yield event
    return trained


def _active(services: Services) -> Snapshot | None:
    """The adapter to go on from; a damaged one is left behind, as this run replaces it."""
    try:
        return services.store.run(lambda db: db.snapshots.active(AGENT))
    except StorageProblem:
        return None


def _swap(
    services: Services, run_id: int, split: Split, trained: AgentTrained, verdict: Verdict
) -> int:
    """Make the new adapter the active one and note the run, in one transaction."""
    model, now = services.backend.info(), services.clock()
    rounds = (*split.training, *split.held_out)
    metrics = dict(trained.metrics) | {
        "model": model_mark(model.sha256),
        "first_query": float(max((r.query_id for r in rounds), default=0) + 1),
        "judged": float(verdict.judged),
    }
    if verdict.after is not None and verdict.before is not None:
        metrics |= {"held_out": verdict.after, "held_out_before": verdict.before}

    def write(db: Database) -> int:
        metrics["before"] = float(next((s.id for s in db.snapshots.heads(AGENT) if s.active), 0))
        snapshot_id = db.snapshots.activate(
            AGENT,
            trained.weights,
            len(split.training),
            metrics,
            now,
            trial=verdict.on_trial,
            keep=VERSIONS,
        )
        db.training_runs.finish(run_id, "accepted", snapshot_id, now, verdict.reason)
        return snapshot_id

    return services.store.run(write)
