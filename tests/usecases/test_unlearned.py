"""A reply without learning is shown with the seed of the one compared with, and leaves no trace."""

from __future__ import annotations

import pytest
from makers import AskRound, MakeServices

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.model import QueryId
from assistant.generation.scripted import ScriptedBackend
from assistant.settings import TEMPERATURE
from assistant.usecases.unlearned import reply_unlearned


def test_the_plain_reply_has_the_seed_of_the_one_compared_with(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    backend = ScriptedBackend()
    services = make_services(backend=backend)
    asked = ask_round(services, "How do I relax?")
    drawn = backend.requests[-1].sampling
    services.store.run(lambda db: db.settings.set(TEMPERATURE, 0.1))
    text = "".join(
        reply_unlearned(services, query_id=asked.query_id, letter="B", cancel=CancelToken())
    )
    assert text
    request = backend.requests[-1]
    assert [(d.guidance, d.seed) for d in request.drafts] == [("", asked.candidate("B").seed)]
    assert request.turns[-1].text == "How do I relax?"
    assert request.sampling == drawn, "words are drawn as they were then"
    assert services.store.run(lambda db: db.rounds.get(asked.query_id)) == asked


def test_without_a_reply_there_is_nothing_to_compare_with(
    make_services: MakeServices, ask_round: AskRound
) -> None:
    services = make_services()
    asked = ask_round(services)
    for query_id, letter in ((asked.query_id, "Z"), (QueryId(99), "")):
        with pytest.raises(UsageProblem):
            list(reply_unlearned(services, query_id=query_id, letter=letter, cancel=CancelToken()))
