"""Rules and the agent are learned, judged and swapped; what is worse never comes into use."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from makers import MakeServices
from planted import OPTIONS, TinyBackend, TrainingPersonalizer, add_round, plant

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, TrainingFailed, UsageProblem
from assistant.domain.events import Progress
from assistant.domain.model import Order
from assistant.personalization.learner import Update
from assistant.personalization.tasks import Outcome, Task, agent_file
from assistant.usecases.agent import (
    AGENT,
    agent_versions,
    base_agent,
    check_trial,
    model_mark,
    previous_agent,
    use_agent,
)
from assistant.usecases.learn import learn
from assistant.usecases.learn_agent import AgentLearned, learn_agent
from assistant.usecases.learn_rules import learn_rules
from assistant.usecases.services import Services


class EndedPersonalizer(TrainingPersonalizer):
    """A learner whose process was ended as the program closes."""

    def run_task(self, task: Task, cancel: CancelToken) -> Iterator[Progress | Outcome]:
        raise Cancelled

    def train(self, cancel: CancelToken, only: str = "") -> Iterator[Progress | Update]:
        raise Cancelled


@pytest.fixture
def services(make_services: MakeServices, tmp_path: Path) -> Services:
    return make_services(TinyBackend(tmp_path), TrainingPersonalizer())


def train(services: Services, **options: object) -> AgentLearned:
    chosen = replace(OPTIONS, **options)  # type: ignore[arg-type]
    *_, last = learn_agent(services, cancel=CancelToken(), options=chosen)
    assert isinstance(last, AgentLearned)
    return last


def latest(services: Services) -> tuple[str, str]:
    found = services.store.run(lambda db: db.training_runs.latest(AGENT))
    assert found is not None
    return found


def put_in_use(services: Services, *, trial: bool) -> int:
    """An adapter of which nothing but its place in the table matters."""
    versions = agent_versions(services)
    count = len(versions)
    before = float(next((v.id for v in versions if v.active), 0))
    metrics = {"first_query": 1.0, "before": before}
    return services.store.run(
        lambda db: db.snapshots.activate(
            AGENT, b"adapter %d" % count, 1, metrics, 1.0, trial=trial, keep=4
        )
    )


def test_rules_are_found_kept_and_noted(services: Services) -> None:
    services.store.run(lambda db: plant(db, 40))
    for _ in learn_rules(services, cancel=CancelToken()):
        pass
    rules = services.store.run(lambda db: [rule.text for rule in db.rules.all() if rule.used])
    assert "keep it short: a few sentences at most" in rules
    found = services.store.run(lambda db: db.training_runs.latest("rules"))
    assert found is not None
    assert found[0] == "done"


def test_the_agent_is_trained_and_the_gate_says_why_it_is_used_or_not(services: Services) -> None:
    services.store.run(lambda db: plant(db, 40))
    learned = train(services)
    assert learned.verdict is not None
    assert learned.verdict.judged > 3
    assert learned.trained is not None
    assert learned.trained.metrics["loss_last"] < learned.trained.metrics["loss_first"]
    outcome, reason = latest(services)
    assert (outcome == "accepted") == (learned.snapshot_id is not None)
    assert reason == learned.verdict.reason
    assert [v.id for v in agent_versions(services) if v.active] == (
        [learned.snapshot_id] if learned.snapshot_id else []
    )


def test_what_was_trained_on_reversed_rankings_never_comes_into_use(services: Services) -> None:
    services.store.run(lambda db: plant(db, 40, reversed_training=True))
    with pytest.raises(TrainingFailed):  # held-out rankings refute every rule it could learn
        train(services)
    assert agent_versions(services) == ()
    assert latest(services)[0] == "failed"


def test_a_diverging_run_leaves_the_old_version_in_use(services: Services) -> None:
    services.store.run(lambda db: plant(db, 40))
    before = put_in_use(services, trial=False)
    with pytest.raises(TrainingFailed, match="diverged"):
        train(services, rate=float("nan"))
    assert [v.id for v in agent_versions(services) if v.active] == [before]
    outcome, reason = latest(services)
    assert outcome == "failed"
    assert "diverged" in reason


def test_a_cancelled_run_changes_nothing_and_says_so(services: Services) -> None:
    services.store.run(lambda db: plant(db, 40))
    cancel = CancelToken()
    steps = learn_agent(services, cancel=cancel, options=OPTIONS)
    for step in steps:
        if isinstance(step, Progress) and step.what.startswith("Training"):
            cancel.cancel()
    assert agent_versions(services) == ()
    assert latest(services)[0] == "cancelled"


def test_a_run_cut_off_by_the_end_of_the_program_is_noted_as_cancelled(
    make_services: MakeServices, tmp_path: Path
) -> None:
    services = make_services(TinyBackend(tmp_path), EndedPersonalizer())
    services.store.run(lambda db: plant(db, 40))
    for part in ("agent", "rules", "selector"):
        with pytest.raises(Cancelled):
            list(learn(services, cancel=CancelToken(), only=part))
        found = services.store.run(lambda db, part=part: db.training_runs.latest(part))
        assert found is not None
        assert found[0] == "cancelled"


def test_a_damaged_adapter_is_replaced_by_training(services: Services) -> None:
    services.store.run(lambda db: plant(db, 40))
    put_in_use(services, trial=False)
    services.store.run(lambda db: db.tables.execute("UPDATE snapshots SET weights = x'00'"))
    assert train(services).trained is not None


def test_a_written_adapter_is_used_without_reading_its_weights(
    services: Services, tmp_path: Path
) -> None:
    model = {"model": model_mark(services.backend.info().sha256)}
    services.store.run(lambda db: db.snapshots.activate(AGENT, b"adapter", 1, model, 1.0))
    file = agent_file(hashlib.sha256(b"adapter").hexdigest(), services.paths.cache)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"written before")
    services.store.run(lambda db: db.tables.execute("UPDATE snapshots SET weights = x'00'"))
    assert use_agent(services)
    assert file.read_bytes() == b"written before"


def test_too_few_rankings_are_refused_with_the_number_needed(services: Services) -> None:
    services.store.run(lambda db: plant(db, 5))
    with pytest.raises(TrainingFailed, match="needs 10 rankings"):
        train(services)


def test_a_swap_that_fails_half_way_leaves_the_old_version(services: Services) -> None:
    services.store.run(lambda db: plant(db, 40))
    before = put_in_use(services, trial=False)

    def broken(db: object) -> None:
        db.snapshots.activate(AGENT, b"new", 2, {}, 1.0)  # type: ignore[attr-defined]
        raise sqlite3.OperationalError("the disk is gone")

    with pytest.raises(sqlite3.OperationalError):
        services.store.run(broken)
    assert [v.id for v in agent_versions(services) if v.active] == [before]


def rank_live(services: Services, *, rules_win: bool) -> None:
    """One more round in which one reply follows rules and the others do not."""

    def write(db: object) -> None:
        query_id = add_round(db, "And now?", ["a", "b", "c"], (("be brief",), (), ()))  # type: ignore[arg-type]
        order = Order((("A",), ("B", "C"))) if rules_win else Order((("B", "C"), ("A",)))
        db.rankings.add(query_id, order, db.rounds.get(query_id).candidates, 3.0)  # type: ignore[attr-defined]

    services.store.run(write)


def test_a_live_loser_is_rolled_back_to_the_version_before_it(services: Services) -> None:
    older = put_in_use(services, trial=False)
    put_in_use(services, trial=True)
    lose_trial(services)
    assert [(v.id, v.trial) for v in agent_versions(services) if v.active] == [(older, False)]
    assert latest(services)[0] == "rolled back"


def test_what_was_rolled_back_before_does_not_come_back(services: Services) -> None:
    older = put_in_use(services, trial=False)
    for _ in range(2):
        put_in_use(services, trial=True)
        lose_trial(services)
        assert [v.id for v in agent_versions(services) if v.active] == [older]
    base_agent(services)
    put_in_use(services, trial=True)
    lose_trial(services)
    assert not any(v.active for v in agent_versions(services)), "there was none before it"


def test_going_back_passes_over_what_was_rolled_back(services: Services) -> None:
    first = put_in_use(services, trial=False)
    put_in_use(services, trial=True)
    lose_trial(services)
    assert [v.lost for v in agent_versions(services)] == [False, True]
    base_agent(services)
    assert previous_agent(services).id == first
    third = put_in_use(services, trial=False)
    assert previous_agent(services).id == first
    base_agent(services)
    assert previous_agent(services).id == third


def lose_trial(services: Services) -> None:
    """Rank until the adapter on trial has lost."""
    verdicts = []
    while not verdicts or verdicts[-1] is None:
        rank_live(services, rules_win=False)
        verdicts.append(check_trial(services))
    assert len(verdicts) < 10


def test_a_live_winner_ends_its_trial(services: Services) -> None:
    current = put_in_use(services, trial=True)
    for _ in range(20):
        rank_live(services, rules_win=True)
    verdict = check_trial(services)
    assert verdict is not None
    assert verdict.accepted
    assert [(v.id, v.trial) for v in agent_versions(services) if v.active] == [(current, False)]


def test_the_user_can_go_back_one_version_and_to_the_base_model(services: Services) -> None:
    first, second = (put_in_use(services, trial=False) for _ in range(2))
    assert previous_agent(services).id == first
    with pytest.raises(UsageProblem, match="No earlier version"):
        previous_agent(services)
    base_agent(services)
    assert not any(v.active for v in agent_versions(services))
    assert [v.id for v in agent_versions(services)] == [first, second]
    assert previous_agent(services).id == second
