"""Learning everything: selector and scorer always, the longer parts when they are due."""

from __future__ import annotations

from pathlib import Path

import pytest
from makers import MakeServices
from planted import TinyBackend, TrainingPersonalizer, add_round, plant

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Order
from assistant.settings import PROMPTS
from assistant.storage.database import Database
from assistant.usecases.learn import Learned, learn
from assistant.usecases.services import Services


def learned(services: Services, only: str = "", threads: int = 0) -> dict[str, Learned]:
    steps = learn(services, cancel=CancelToken(), only=only, threads=threads)
    return {step.learner: step for step in steps if not isinstance(step, Progress)}


def parts_begun(services: Services) -> set[str]:
    names = ("rules", "prompts", "agent")
    latest = services.store.run(lambda db: {n: db.training_runs.latest(n) for n in names})
    return {name for name, run in latest.items() if run is not None}


def test_with_few_rankings_only_selector_and_scorer_are_learned(services: Services) -> None:
    services.store.run(lambda db: plant(db, 3))
    assert set(learned(services)) == {"selector", "scorer"}
    assert not parts_begun(services)


def test_what_is_due_follows_once(make_services: MakeServices, tmp_path: Path) -> None:
    services = make_services(TinyBackend(tmp_path), TrainingPersonalizer())
    services.store.run(lambda db: plant(db, 20))
    assert set(learned(services)) == {"selector", "scorer", "rules"}
    assert set(learned(services)) == {"selector", "scorer"}


def test_one_part_alone_can_be_learned_whether_it_is_due_or_not(services: Services) -> None:
    assert not services.store.run(lambda db: db.settings.get(PROMPTS))
    assert set(learned(services, "scorer")) == {"scorer"}


def test_an_agent_that_fails_does_not_hinder_the_rest(
    make_services: MakeServices, tmp_path: Path
) -> None:
    services = make_services(TinyBackend(tmp_path), TrainingPersonalizer())
    services.store.run(lambda db: rank_equal_replies(db, 30))
    found = learned(services)
    assert {"selector", "scorer"} <= set(found)
    assert not found["agent"].accepted
    assert "The agent needs" in found["agent"].reason


def rank_equal_replies(db: Database, rankings: int) -> None:
    """Replies that are all alike leave no rule that tells them apart."""
    for number in range(rankings):
        query_id = add_round(db, f"Query {number}?", ["The same."] * 3)
        order = Order((("A",),), ("B", "C"))
        db.rankings.add(query_id, order, db.rounds.get(query_id).candidates, 3.0)


@pytest.mark.parametrize("threads", [0, 1])
def test_the_threads_asked_for_reach_the_training(
    make_services: MakeServices, tmp_path: Path, threads: int
) -> None:
    learner = TrainingPersonalizer()
    services = make_services(TinyBackend(tmp_path), learner)
    services.store.run(lambda db: plant(db, 30))
    seen: list[int] = []
    run_task = learner.run_task

    def watched(task, cancel):  # type: ignore[no-untyped-def]
        if hasattr(task, "options"):
            seen.append(task.options.threads)
            return iter(())
        return run_task(task, cancel)

    learner.run_task = watched  # type: ignore[method-assign]
    learned(services, "agent", threads)
    assert seen == [threads]
