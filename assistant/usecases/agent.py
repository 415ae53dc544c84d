"""The preference agent in use: which adapter is active, going back to an older one or to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain.errors import UsageProblem
from assistant.domain.model import Round
from assistant.domain.preferences import preferences_of
from assistant.generation.backend import ModelInfo
from assistant.personalization.adapter_state import fault_of_form
from assistant.personalization.gate import Verdict, trial_verdict
from assistant.personalization.tasks import agent_file
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database
    from assistant.storage.learning import SnapshotHead

AGENT = "agent"
VERSIONS = 4  # the active one and three old ones
ROLLED_BACK = "rolled back"


@dataclass(frozen=True, slots=True)
class AgentVersion:
    """A kept adapter, without its weights."""

    id: int
    created_at: float
    rankings: int
    metrics: dict[str, float]
    active: bool
    trial: bool
    lost: bool = False  # it was rolled back because its replies lost
    origin: str = ""  # of the profile that it came with; empty: trained here
    model: str = ""  # that it belongs to, if it came with a profile
    model_sha256: str = ""


def agent_versions(services: Services) -> tuple[AgentVersion, ...]:
    """All kept adapters, the oldest first."""

    def read(db: Database) -> tuple[AgentVersion, ...]:
        losers = db.training_runs.states_with(AGENT, ROLLED_BACK)
        return tuple(
            AgentVersion(
                s.id,
                s.created_at,
                s.rankings,
                s.metrics,
                s.active,
                s.trial,
                s.id in losers,
                s.origin,
                s.model,
                s.model_sha256,
            )
            for s in db.snapshots.heads(AGENT)
        )

    return services.store.run(read)


def use_agent(services: Services) -> bool:
    """Give the engine the active adapter if it was made for its model; whether there is one."""
    active = services.store.run(_active)
    model = services.backend.info()
    if active is None or active.metrics.get("model") != model_mark(model.sha256):
        services.backend.load_adapter(None)
        return False
    path = agent_file(active.sha256, services.paths.cache)
    if not path.is_file():
        snapshot = services.store.run(lambda db: db.snapshots.active(AGENT))
        if snapshot is None:  # gone back to none in the meantime
            services.backend.load_adapter(None)
            return False
        path = services.learner.write_agent(
            snapshot.weights, model.path, model.sha256, services.paths.cache
        )
    services.backend.load_adapter(path)
    return True


def model_mark(sha256: str) -> float:
    """A number that tells models apart, exact in a float: 48 bits of the hash."""
    return float(int(sha256[:12] or "0", 16))


def previous_agent(services: Services) -> AgentVersion:
    """Go back to the adapter before the active one; UsageProblem if none is kept.

    One whose replies have lost against plain ones is passed over.
    """
    chosen = earlier_version(agent_versions(services))
    if chosen is None:
        raise UsageProblem("No earlier version of the agent is kept.")
    services.store.run(lambda db: db.snapshots.reactivate(chosen.id, AGENT))
    use_agent(services)
    return chosen


def earlier_version(versions: Sequence[AgentVersion]) -> AgentVersion | None:
    """What can be gone back to from the active version, or from none.

    From an imported one that is what was in use before it; else the latest older one trained here.
    """
    active = next((version for version in versions if version.active), None)
    if active is not None and active.origin:
        before = active.metrics.get("before")
        return next((v for v in versions if v.id == before and not v.lost), None)
    own = [v for v in versions if not (v.lost or v.origin)]
    older = [v for v in own if active is None or v.id < active.id]
    return older[-1] if older else None


def hindrance_of(
    model: str, sha256: str, metrics: Mapping[str, float], here: ModelInfo | None
) -> str:
    """Why an imported adapter cannot be switched on with the model in use; "" if it can be tried.

    `model` and `sha256` are of the model that it belongs to.
    """
    if here is None or model_mark(sha256) != model_mark(here.sha256):
        return warning_of_model(model or f"with the hash {sha256[:12]}")
    return fault_of_form(metrics.get("rank", 0.0), metrics.get("alpha", 0.0))


def warning_of_model(model: str) -> str:
    """What is said of an adapter that belongs to another model than the one in use."""
    return f"It was made for the model {model}; choose that model to switch it on."


def base_agent(services: Services) -> None:
    """Do without an adapter from now on; the versions stay, to go back to."""
    services.store.run(lambda db: db.snapshots.reactivate(None, AGENT))
    use_agent(services)


def check_trial(services: Services) -> Verdict | None:
    """After a ranking: end the active adapter's trial if its replies have won or lost enough.

    A loser is rolled back to what was in use before it, or to none, in the same transaction that
    notes it. None while nothing is decided.
    """
    now = services.clock()

    def write(db: Database) -> Verdict | None:
        active = _active(db)
        if active is None or not active.trial:
            return None
        verdict = trial_verdict(*live_score(db.rounds.ranked(), active.metrics))
        if verdict is None:
            return None
        if verdict.accepted:
            db.snapshots.end_trial(active.id)
        else:
            before = int(active.metrics.get("before", 0))
            kept = {s.id for s in db.snapshots.heads(AGENT)} - {active.id}
            db.snapshots.reactivate(before if before in kept else None, AGENT)
        run_id = db.training_runs.start(AGENT, now)
        outcome = "kept" if verdict.accepted else ROLLED_BACK
        db.training_runs.finish(run_id, outcome, active.id, now, verdict.reason)
        return verdict

    verdict = services.store.run(write)
    if verdict is not None and not verdict.accepted:
        use_agent(services)
    return verdict


def _active(db: Database) -> SnapshotHead | None:
    """The adapter in use, without its weights."""
    return next((s for s in db.snapshots.heads(AGENT) if s.active), None)


def live_score(rounds: tuple[Round, ...], metrics: dict[str, float]) -> tuple[int, int]:
    """Rounds since the adapter came into use in which replies with rules won, and lost.

    A round counts once: by the majority of its pairs of a reply with rules and one without.
    """
    first, won, lost = metrics.get("first_query", 0.0), 0, 0
    for round_ in rounds:
        if round_.query_id < first or round_.ranking is None:
            continue
        ruled = {c.letter for c in round_.candidates if c.guidance.rules}
        pairs = preferences_of(round_.ranking.order)
        balance = sum((w in ruled) - (o in ruled) for w, o in pairs if (w in ruled) != (o in ruled))
        won += balance > 0
        lost += balance < 0
    return won, lost
