"""What the learners are told at the start."""

from __future__ import annotations

from makers import MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.personalization.learner import DEFAULT, Selected
from assistant.settings import SELECTOR
from assistant.usecases.examples import start_learner


def test_the_default_selector_is_built_from_the_rankings_alone(make_services: MakeServices) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    services.store.run(lambda db: db.snapshots.activate("bayesian", b"old", 1, {}, 1.0))
    start_learner(services)
    assert learner.selected == DEFAULT


def test_networks_that_took_minutes_to_train_are_handed_back(make_services: MakeServices) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    services.store.run(lambda db: db.settings.set(SELECTOR, "premium-embed"))
    start_learner(services)
    assert learner.selected == Selected("premium-embed", b"")
    services.store.run(lambda db: db.snapshots.activate("premium-embed", b"weights", 30, {}, 1.0))
    assert start_learner(services) == ""
    assert learner.selected == Selected("premium-embed", b"weights")


def test_a_damaged_state_counts_as_none_and_is_told(make_services: MakeServices) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    services.store.run(lambda db: db.settings.set(SELECTOR, "premium-embed"))
    services.store.run(lambda db: db.snapshots.activate("premium-embed", b"weights", 30, {}, 1.0))
    services.store.run(lambda db: db.tables.execute("UPDATE snapshots SET weights = x'00'"))
    assert "damaged" in start_learner(services)
    assert learner.selected == Selected("premium-embed", b"")
