"""Switch an agent on that came with a profile.

Promises: what came from elsewhere comes into use only through the gate that own training passes;
the swap and the note of it are one transaction, and what was in use before can be gone back to.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, TrainingFailed, UsageProblem
from assistant.domain.events import Progress
from assistant.generation.backend import ModelInfo
from assistant.generation.gguf import read_header
from assistant.generation.templates import choose_template
from assistant.personalization.agent_choice import judge_agent, usable_rules
from assistant.personalization.agent_task import AgentTask, AgentTrained
from assistant.personalization.gate import Verdict
from assistant.personalization.rule_task import RulesFound
from assistant.storage.learning import Snapshot
from assistant.usecases.agent import AGENT, agent_versions, hindrance_of, model_mark, use_agent
from assistant.usecases.agent_prompt import agent_pieces
from assistant.usecases.examples import examples_of
from assistant.usecases.held_out import Split, split_rounds
from assistant.usecases.learn_agent import why_untrainable
from assistant.usecases.learn_rules import find_rules
from assistant.usecases.profile_adapter import model_here
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

IMPORTED = "imported agent"  # the name of such a run in the log
SAMPLE_QUERY = "How can I spend a free afternoon?"  # where no ranking is held out to be tried on


@dataclass(frozen=True, slots=True)
class Switched:
    """How it ended; the verdict is None if it was cancelled."""

    version: int
    verdict: Verdict | None


def hindrances(services: Services) -> dict[int, str]:
    """For each version that came with a profile, why it cannot be switched on; "" if it can."""
    imported = [version for version in agent_versions(services) if version.origin]
    here = model_here(services) if imported else None
    return {v.id: hindrance_of(v.model, v.model_sha256, v.metrics, here) for v in imported}


def switch_on(
    services: Services, *, version: int, cancel: CancelToken
) -> Iterator[Progress | Switched]:
    """Judge a version, and use it if the gate lets it; ends with a Switched.

    UsageProblem if no such version came with a profile, or it belongs to another model.
    """
    snapshot, model = _find(services, version)
    run_id = services.store.run(lambda db: db.training_runs.start(IMPORTED, services.clock()))
    outcome, reason, verdict = "failed", "", None
    try:
        verdict = yield from _judged(services, snapshot, model, cancel)
        outcome, reason = "cancelled", ""
        if verdict is not None:
            outcome, reason = ("accepted" if verdict.accepted else "refused"), verdict.reason
    except TrainingFailed as error:
        reason = str(error)
        raise
    except (Cancelled, GeneratorExit):
        outcome = "cancelled"
        raise
    finally:
        now = services.clock()

        def note(db: Database) -> None:
            if verdict is not None and verdict.accepted:
                _swap(db, snapshot, verdict)
            db.training_runs.finish(run_id, outcome, snapshot.id, now, reason)

        services.store.run(note)
    if verdict is not None and verdict.accepted:
        use_agent(services)
    yield Switched(version, verdict)


def _find(services: Services, version: int) -> tuple[Snapshot, ModelInfo]:
    """The version to be switched on, and the model it was made for, which is in use."""
    found = services.store.run(lambda db: db.snapshots.get(version))
    if found is None or found.learner != AGENT or not found.origin:
        raise UsageProblem(
            f"No version {version} of the agent came with a profile; `attune agent list` shows all."
        )
    model = services.backend.info()
    foreign = hindrance_of(found.model, found.model_sha256, found.metrics, model)
    if hindrance := foreign or why_untrainable(model):
        raise UsageProblem(hindrance)
    return found, model


def _judged(
    services: Services, snapshot: Snapshot, model: ModelInfo, cancel: CancelToken
) -> Generator[Progress, None, Verdict | None]:
    """The gate's verdict, against what is in use, on the rankings kept apart; None if cancelled."""
    split = split_rounds(services)
    found: RulesFound | None = None
    for step in find_rules(services, split, (), cancel):
        if isinstance(step, RulesFound):
            found = step
        else:
            yield step
    if found is None:
        return None
    task = _task(services, snapshot, model, split, usable_rules(found.rules))
    for event in services.learner.run_task(task, cancel):
        if isinstance(event, AgentTrained):
            return judge_agent(examples_of(split.held_out), found.holds, task.choices, event)
        if isinstance(event, Progress):
            yield event
    return None


def _task(
    services: Services,
    snapshot: Snapshot,
    model: ModelInfo,
    split: Split,
    choices: tuple[str, ...],
) -> AgentTask:
    """A run that trains nothing, and shows what the version does."""
    template = choose_template(read_header(model.path).template)
    queries = [round_.text for round_ in split.held_out] or [SAMPLE_QUERY]
    active = services.store.run(lambda db: db.snapshots.active(AGENT))
    fits = active is not None and active.metrics.get("model") == model_mark(model.sha256)
    return AgentTask(
        source=model.path,
        sha256=model.sha256,
        cache=services.paths.cache,
        examples=(),
        questions=tuple(agent_pieces(template, query) for query in queries),
        choices=choices,
        end=template.end,
        active=active.weights if active is not None and fits else None,
        ready=snapshot.weights,
    )


def _swap(db: Database, snapshot: Snapshot, verdict: Verdict) -> None:
    """Make the version the active one; what was in use before it is noted, to go back to."""
    active = next((head for head in db.snapshots.heads(AGENT) if head.active), None)
    if active is not None and active.id == snapshot.id:
        return
    metrics = snapshot.metrics | {
        "first_query": float(max((r.query_id for r in db.rounds.ranked()), default=0) + 1),
        "judged": float(verdict.judged),
        "before": float(active.id if active is not None else 0),
        "before_trial": float(active is not None and active.trial),
    }
    if verdict.after is not None and verdict.before is not None:
        metrics |= {"held_out": verdict.after, "held_out_before": verdict.before}
    db.snapshots.reactivate(snapshot.id, AGENT, trial=verdict.on_trial, metrics=metrics)
