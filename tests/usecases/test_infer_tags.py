"""The chat model chooses the tags of a real round, if the user wants that."""

from __future__ import annotations

from pathlib import Path

import pytest
from makers import AskRound, MakeServices
from plain_personalizer import LIBRARY

from assistant.domain.preferences import parse_order
from assistant.generation.engine import EngineClient
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.premium_prompt import SYSTEM
from assistant.settings import INTERESTS, PLAIN_SHARE, SELECTOR, STYLES
from assistant.usecases.rank import rank
from assistant.usecases.services import Services

ABC = ("A", "B", "C")


def prefer_model(services: Services) -> None:
    services.store.run(lambda db: db.settings.set(SELECTOR, "premium-prompt"))
    services.store.run(lambda db: db.settings.set(INTERESTS, 1))
    services.store.run(lambda db: db.settings.set(STYLES, 1))
    services.store.run(lambda db: db.settings.set(PLAIN_SHARE, 0))


def rank_first(services: Services, ask_round: AskRound) -> None:
    asked = ask_round(services, "How do I sail?")
    list(rank(services, query_id=asked.query_id, order=parse_order("A>B>C", ABC)))


def test_the_candidates_carry_the_tags_the_model_wrote(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    script = [*3 * ["Sailing"], "Brief", "Thorough", "Brief", *3 * ["A reply."]]
    backend = ScriptedBackend([*3 * ["A reply."], *script])
    services = make_services(backend=backend)
    rank_first(services, ask_round)
    prefer_model(services)
    asked = ask_round(services, "And in a storm?")
    sets = sorted(candidate.guidance.tags for candidate in asked.candidates)
    assert sets == [("Sailing", "Brief"), ("Sailing", "Brief"), ("Sailing", "Thorough")]
    first, second, _ = backend.requests[1:4]
    assert first.turns[0].text == SYSTEM
    assert "How do I sail?" in first.turns[1].text
    assert first.turns == second.turns
    assert "And in a storm?" in first.drafts[0].guidance
    assert first.drafts[0].grammar == 'root ::= "Sailing"'


def test_before_the_first_ranking_the_learner_chooses(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend()
    services = make_services(backend=backend)
    prefer_model(services)
    asked = ask_round(services)
    assert {c.guidance.tags for c in asked.candidates} == {(tag.name,) for tag in LIBRARY}
    assert len(backend.requests) == 1


def test_another_selector_asks_the_model_nothing(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend()
    services = make_services(backend=backend)
    rank_first(services, ask_round)
    ask_round(services, "And in a storm?")
    assert all(request.turns[0].text != SYSTEM for request in backend.requests)


@pytest.mark.slow
def test_the_real_model_writes_tags_of_the_library_only(
    make_services: MakeServices, ask_round: AskRound, embedded_model: Path
) -> None:
    backend = EngineClient(embedded_model)
    services = make_services(backend=backend)
    try:
        prefer_model(services)
        asked = ask_round(services, "How do I sail?", max_tokens=8)
        list(rank(services, query_id=asked.query_id, order=parse_order("B>A>C", ABC)))
        again = ask_round(services, "And in a storm?", max_tokens=8)
    finally:
        backend.close()
    for candidate in again.candidates:
        assert candidate.guidance.tags[0] == "Sailing"
        assert candidate.guidance.tags[1] in ("Brief", "Thorough")
