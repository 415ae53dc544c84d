"""What the user decides about a tag reaches the learner at once."""

from __future__ import annotations

from pathlib import Path

from makers import AskRound, MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.model import Order
from assistant.personalization.service import LearnerService
from assistant.usecases.examples import start_learner
from assistant.usecases.profile import set_tag
from assistant.usecases.rank import rank
from tests.personalization.word_embedder import WordEmbedder


def test_the_learner_is_told_of_a_pin(make_services: MakeServices) -> None:
    learner = PlainPersonalizer()
    services = make_services(learner=learner)
    set_tag(services, name="Sailing", pinned=True)
    assert [tag.name for tag in learner.library if tag.pinned] == ["Sailing"]


def test_the_next_choice_keeps_to_pins_and_bans(
    make_services: MakeServices, ask_round: AskRound, tmp_path: Path
) -> None:
    services = make_services(learner=LearnerService(WordEmbedder(), tmp_path))  # type: ignore[arg-type]
    start_learner(services)
    ask_round(services, "How do I sail?")
    for name, opposite in (("Brief", "Thorough"), ("Thorough", "Brief")):
        set_tag(services, name=opposite, banned=True)
        set_tag(services, name=name, pinned=True)
        asked = ask_round(services, "How do I sail?")
        guided = [c.guidance.tags for c in asked.candidates if c.guidance.tags]
        assert guided
        assert all(name in tags and opposite not in tags for tags in guided)


def test_what_was_learned_survives_a_pin(
    make_services: MakeServices, ask_round: AskRound, tmp_path: Path
) -> None:
    services = make_services(learner=LearnerService(WordEmbedder(), tmp_path))  # type: ignore[arg-type]
    start_learner(services)
    asked = ask_round(services, "How do I sail?")
    list(rank(services, query_id=asked.query_id, order=Order((("B",), ("A",), ("C",)))))
    before = [(weight.name, weight.weight) for weight in services.learner.weights()]
    assert any(weight for _, weight in before)
    set_tag(services, name="Sailing", pinned=True)
    assert [(weight.name, weight.weight) for weight in services.learner.weights()] == before
