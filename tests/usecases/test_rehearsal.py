"""A simulated person's rounds on a real database: what is tried out leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from makers import MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.model import Order
from assistant.evaluation.interest_measure import Floats
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.learner import Choice, Policy
from assistant.settings import EXEMPLARS, PROMPTS
from assistant.storage.database import open_database
from assistant.usecases.rehearsal import SWITCHES, Rehearsal
from assistant.usecases.services import Services

QUERY = ("How do I sail?", 11)


@pytest.fixture
def services(make_services: MakeServices, tmp_path: Path) -> Services:
    """A program whose queries and guidance can be read off its backend."""
    return make_services(ScriptedBackend())


def rehearsal(services: Services, cancel: CancelToken | None = None) -> Rehearsal:
    return Rehearsal(services, open_database, 32, cancel or CancelToken())


def prefers_last(texts: Sequence[str]) -> Floats:
    return np.arange(len(texts), dtype=float)


def guidance(services: Services) -> list[str]:
    backend = services.backend
    assert isinstance(backend, ScriptedBackend)
    return [draft.guidance for draft in backend.requests[-1].drafts]


def test_a_round_is_asked_and_ranked_as_it_was_felt(services: Services) -> None:
    person = rehearsal(services)
    person.round("How do I sail?", 3, prefers_last)
    (ranked,) = services.store.run(lambda db: db.rounds.ranked())
    assert ranked.ranking is not None
    assert ranked.ranking.order == Order((("C",), ("B",), ("A",)))
    assert person.rankings == 1


def test_what_is_tried_out_leaves_no_trace(services: Services) -> None:
    person = rehearsal(services)
    (tried,) = person.tried(0, "", [QUERY])
    assert len(tried.texts) == 3
    assert set(tried.expected) == {"selector", "prior"}
    assert not services.store.run(lambda db: db.conversations.all())
    assert not (services.paths.home / "tried").exists()


def test_a_part_is_switched_off_for_the_tries_alone(services: Services) -> None:
    person = rehearsal(services)
    list(person.tried(0, "", [QUERY]))
    assert any("brief" in text for text in guidance(services))
    services.store.run(lambda db: db.rules.add("say it twice", "own", "", 1.0, pinned=True))
    list(person.tried(1, "", [QUERY]))
    assert any("Say it twice" in text for text in guidance(services))
    list(person.tried(1, "rules", [QUERY]))
    assert not any("Say it twice" in text for text in guidance(services))
    assert services.store.run(lambda db: db.rules.all())[0].used


class Knows(PlainPersonalizer):
    """Gives the vector of each query."""

    def begin_choice(self, query: str, policy: Policy, seed: int) -> Callable[[], Choice]:
        chosen = super().begin_choice(query, policy, seed)()
        return lambda: replace(chosen, vectors=dict(self.vectors([query])))


def test_exemplars_are_found_in_every_copy_of_a_state(make_services: MakeServices) -> None:
    services = make_services(ScriptedBackend(), Knows())
    person = rehearsal(services)
    person.round("How do I sail at sea?", 3, prefers_last)
    for _ in range(2):
        list(person.tried(1, "exemplars", [QUERY]))
        assert any("the reader liked" in text for text in guidance(services))
    list(person.tried(1, "", [QUERY]))
    assert not any("the reader liked" in text for text in guidance(services))


def test_a_state_is_tried_with_what_was_learned_until_then(services: Services) -> None:
    person = rehearsal(services)
    person.keep(0)
    person.round(QUERY[0], 3, prefers_last)
    learner = services.learner
    assert isinstance(learner, PlainPersonalizer)
    known = [len(learner.examples) for _ in person.tried(0, "", [QUERY])]
    assert known == [0]
    assert len(learner.examples) == 1  # the person's own again


def test_the_interview_is_answered_for_the_tries_alone(services: Services) -> None:
    person = rehearsal(services)
    learner = services.learner
    assert isinstance(learner, PlainPersonalizer)
    question = person.interview()[0]
    tries = person.tried(0, "interview", [QUERY], {question.id: 1})
    told = [list(learner.examples.values()) for _ in tries]
    (said,) = told[0]
    assert said.query == question.query
    assert said.tiers == ((1,),)
    assert [reply.text for reply in said.replies] == [o.sample for o in question.options]
    assert not learner.examples
    assert not services.store.run(lambda db: db.interview.all())


def test_with_everything_switched_off_replies_are_unguided(services: Services) -> None:
    person = rehearsal(services)
    services.store.run(lambda db: db.rules.add("say it twice", "own", "", 1.0, pinned=True))
    list(person.tried(0, "all", [QUERY]))
    learner_gives = guidance(services)
    assert len(learner_gives) == 3
    assert not any("Say it twice" in text for text in learner_gives)


@pytest.mark.parametrize(("part", "setting"), [("exemplars", EXEMPLARS), ("prompts", PROMPTS)])
def test_a_switch_turns_the_setting_over(services: Services, part, setting) -> None:
    before = services.store.run(lambda db: db.settings.get(setting))
    services.store.run(SWITCHES[part])
    assert services.store.run(lambda db: db.settings.get(setting)) is not before


def test_half_a_reply_is_never_judged(services: Services) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        rehearsal(services, cancel).round("How do I sail?", 3, prefers_last)
    assert not services.store.run(lambda db: db.rounds.ranked())


def test_vectors_come_in_the_order_of_the_texts(services: Services) -> None:
    rows = rehearsal(services).vectors(["sail", "soup", "sail"])
    assert np.array_equal(rows[0], rows[2])
    assert not np.array_equal(rows[0], rows[1])
