"""What the learners are told at the start."""

from __future__ import annotations

from makers import AskRound, MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.model import Order
from assistant.personalization.learner import DEFAULT, Selected
from assistant.settings import SELECTOR
from assistant.usecases.examples import keep_vectors, start_learner
from assistant.usecases.rank import rank


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


def test_vectors_of_all_texts_that_are_learned_from_are_handed_on(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    round_ = ask_round(services)
    order = Order(tuple((candidate.letter,) for candidate in round_.candidates))
    assert list(rank(services, query_id=round_.query_id, order=order))
    sail = {"tags": ["Sailing"], "place": 0, "length": 5, "text": "A sail"}
    bread = {"tags": [], "place": 1, "length": 5, "text": "Bread"}
    lesson = {
        "key": "k",
        "query": "Imported?",
        "replies": [sail, bread],
        "tiers": [[0]],
        "rest": [1],
    }
    services.store.run(lambda db: db.lessons.add("import:one", [lesson], 1.0))
    texts = {"Imported?", "A sail", "Bread", round_.text, *(c.text for c in round_.candidates)}
    keep_vectors(services, {text: bytes(4) for text in (*texts, "of no ranking")})
    start_learner(services)
    assert set(learner.begun_with) == texts


def test_a_damaged_state_counts_as_none_and_is_told(make_services: MakeServices) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    services.store.run(lambda db: db.settings.set(SELECTOR, "premium-embed"))
    services.store.run(lambda db: db.snapshots.activate("premium-embed", b"weights", 30, {}, 1.0))
    services.store.run(lambda db: db.tables.execute("UPDATE snapshots SET weights = x'00'"))
    assert "damaged" in start_learner(services)
    assert learner.selected == Selected("premium-embed", b"")
