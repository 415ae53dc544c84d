"""Longer learning is due after enough new rankings, and only where and when the user wants it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from makers import AskRound, MakeServices
from planted import TinyBackend

from assistant.domain.errors import ModelProblem
from assistant.domain.model import Order
from assistant.generation.scripted import ScriptedBackend
from assistant.settings import IDLE_LEARNING, LEARNING, MAINS_ONLY, PROMPTS, Setting
from assistant.usecases.due import PARTS, due, due_parts, on_battery
from assistant.usecases.rank import rank
from assistant.usecases.services import Services


def rank_rounds(services: Services, ask_round: AskRound, count: int) -> None:
    for _ in range(count):
        round_ = ask_round(services)
        assert list(rank(services, query_id=round_.query_id, order=Order((("A",),), ("B", "C"))))


def note_run(services: Services, part: str) -> None:
    services.store.run(lambda db: db.training_runs.start(part, services.clock()))


@pytest.fixture(autouse=True)
def mains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None, raising=False)


def test_each_part_is_due_after_enough_rankings_the_cheapest_first(
    make_services: MakeServices, ask_round: AskRound, tmp_path: Path
) -> None:
    services = make_services(TinyBackend(tmp_path))
    services.store.run(lambda db: db.settings.set(PROMPTS, True))
    assert due(services) == ""
    rank_rounds(services, ask_round, 10)
    assert due(services) == "rules"
    assert due(services, ("agent",)) == ""
    note_run(services, "rules")
    assert due(services) == ""
    rank_rounds(services, ask_round, 2)
    assert due(services) == "prompts"
    note_run(services, "prompts")
    rank_rounds(services, ask_round, 8)
    assert due(services) == "rules"
    note_run(services, "rules")
    rank_rounds(services, ask_round, 5)
    assert due(services) == "agent"
    assert due_parts(services) == ("agent",)
    assert [part.name for part in PARTS] == ["rules", "prompts", "agent"]


def test_prompts_are_due_only_while_they_are_used(services: Services, ask_round: AskRound) -> None:
    rank_rounds(services, ask_round, 12)
    assert due_parts(services) == ("rules",)
    services.store.run(lambda db: db.settings.set(PROMPTS, True))
    assert due_parts(services) == ("rules", "prompts")


def test_an_agent_is_never_due_for_a_model_that_cannot_be_trained(
    make_services: MakeServices, ask_round: AskRound, tmp_path: Path
) -> None:
    services = make_services(ScriptedBackend())  # of no family that is known
    rank_rounds(services, ask_round, 25)
    assert due_parts(services, ("agent",)) == ()
    trainable = make_services(TinyBackend(tmp_path))
    assert due_parts(trainable, ("agent",)) == ("agent",)
    missing = make_services(ScriptedBackend(failure=ModelProblem("There is no model.")))
    assert due_parts(missing, ("agent",)) == ()


@pytest.mark.parametrize("setting", [LEARNING, IDLE_LEARNING])
def test_nothing_is_due_when_it_is_switched_off(
    services: Services, ask_round: AskRound, setting: Setting[bool]
) -> None:
    rank_rounds(services, ask_round, 10)
    services.store.run(lambda db: db.settings.set(setting, False))
    assert due(services) == ""


def test_nothing_is_due_on_battery_unless_the_user_wants_it(
    services: Services, ask_round: AskRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    rank_rounds(services, ask_round, 10)
    battery = SimpleNamespace(power_plugged=False)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert on_battery()
    assert due(services) == ""
    services.store.run(lambda db: db.settings.set(MAINS_ONLY, False))
    assert due(services) == "rules"


def test_rankings_that_nothing_may_learn_from_make_nothing_due(
    services: Services, ask_round: AskRound
) -> None:
    for _ in range(10):
        round_ = ask_round(services)
        services.store.run(
            lambda db, r=round_: db.rankings.add(
                r.query_id, Order((("A",), ("B", "C"))), r.candidates, 1.0, learn=False
            )
        )
    assert due(services) == ""


def test_a_run_that_was_cut_off_is_due_again(services: Services, ask_round: AskRound) -> None:
    rank_rounds(services, ask_round, 10)
    note_run(services, "rules")
    assert due(services) == ""
    services.store.run(lambda db: db.training_runs.mark_interrupted())
    assert due(services) == "rules"


def test_a_cancelled_run_is_due_again_and_a_finished_one_is_not(
    services: Services, ask_round: AskRound
) -> None:
    rank_rounds(services, ask_round, 10)
    run = services.store.run(lambda db: db.training_runs.start("rules", services.clock()))
    for outcome, expected in (("cancelled", "rules"), ("done", "")):
        services.store.run(
            lambda db, outcome=outcome: db.training_runs.finish(run, outcome, None, 1.0)
        )
        assert due(services) == expected
