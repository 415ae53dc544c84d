from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import cast

import pytest
from makers import AskRound, MakeServices
from plain_personalizer import PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, UsageProblem
from assistant.domain.model import Order
from assistant.generation.backend import GenerationEvent, GenerationRequest
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.learner import Reply
from assistant.usecases.learn_prompts import PLAN, PromptsLearned, learn_prompts, list_prompts
from assistant.usecases.services import Services


class Judge(PlainPersonalizer):
    """Likes replies whose guidance asks to come to the point."""

    def expect(self, query: str, replies: Sequence[Reply]) -> dict[str, tuple[float, ...]]:
        likes = tuple(3.0 if "point" in reply.text else 0.0 for reply in replies)
        return {"scorer": likes, "prior": tuple(0.0 for _ in replies)}


@pytest.fixture
def ranked(make_services: MakeServices, ask_round: AskRound) -> Services:
    """Services with five rankings."""
    services = make_services(ScriptedBackend(), Judge())
    for number in range(5):
        round_ = ask_round(services, f"Question {number}?")
        order = Order((("A",),), ("B", "C"))
        services.store.run(
            lambda db, r=round_, o=order: db.rankings.add(
                r.query_id, o, r.candidates, 1.0, learn=True
            )
        )
    return services


def learned(services: Services) -> PromptsLearned:
    steps = list(learn_prompts(services, cancel=CancelToken()))
    assert isinstance(steps[-1], PromptsLearned)
    return steps[-1]


def test_a_prompt_is_valued_by_how_much_its_replies_are_liked_more(ranked: Services) -> None:
    best = learned(ranked).prompts[-1]
    assert "point" in best.text  # the first prompt, which the scripted model repeats
    assert all(outcome.value > 0.9 for outcome in best.outcomes)
    assert len(best.outcomes) == 5


def test_the_pool_is_stored_with_its_outcomes(ranked: Services) -> None:
    assert learned(ranked).prompts == list_prompts(ranked)


def test_trial_replies_are_bounded_in_number(ranked: Services) -> None:
    assert learned(ranked).trials <= PLAN.budget


def test_new_prompts_are_held_to_a_grammar(ranked: Services) -> None:
    learned(ranked)
    backend = cast("ScriptedBackend", ranked.backend)
    writing = [r for r in backend.requests if r.drafts[0].grammar is not None]
    assert len(writing) == PLAN.rounds
    assert all(len(request.drafts) == PLAN.texts for request in writing)


def test_what_was_tried_is_not_tried_again(ranked: Services) -> None:
    first = learned(ranked)
    again = learned(ranked)
    assert again.trials < first.trials


def test_a_cancelled_run_keeps_what_was_found(ranked: Services) -> None:
    cancel = CancelToken()
    steps = learn_prompts(ranked, cancel=cancel)
    next(steps)
    cancel.cancel()
    rest = list(steps)
    assert isinstance(rest[-1], PromptsLearned)
    assert len(list_prompts(ranked)) == 1
    runs = ranked.store.run(lambda db: list(db.tables.query("SELECT outcome FROM training_runs")))
    assert runs == [{"outcome": "cancelled"}]


def test_a_run_cancelled_at_once_leaves_the_pool_as_it_was(ranked: Services) -> None:
    pool = learned(ranked).prompts
    cancel = CancelToken()
    cancel.cancel()
    *_, last = learn_prompts(ranked, cancel=cancel)
    assert isinstance(last, PromptsLearned)
    assert last.prompts == list_prompts(ranked) == pool


def test_a_run_whose_engine_is_closed_is_due_again(ranked: Services) -> None:
    class Closing(ScriptedBackend):
        """An engine that the program closes after some trial replies."""

        def generate(
            self, request: GenerationRequest, cancel: CancelToken
        ) -> Iterator[GenerationEvent]:
            if len(self.requests) == 3:
                raise Cancelled
            return super().generate(request, cancel)

    cut = replace(ranked, backend=Closing())
    waiting = ranked.store.run(lambda db: db.training_runs.rankings_since("prompts"))
    learned(cut)
    assert ranked.store.run(lambda db: db.training_runs.latest("prompts")) == ("cancelled", "")
    assert ranked.store.run(lambda db: db.training_runs.rankings_since("prompts")) == waiting


def test_a_run_that_is_dropped_between_two_steps_is_due_again(ranked: Services) -> None:
    steps = cast("Generator[object]", learn_prompts(ranked, cancel=CancelToken()))
    next(steps)
    steps.close()
    assert ranked.store.run(lambda db: db.training_runs.latest("prompts")) == ("cancelled", "")


def test_too_few_rankings_are_refused(make_services: MakeServices) -> None:
    with pytest.raises(UsageProblem, match="at least 4 rankings"):
        list(learn_prompts(make_services(), cancel=CancelToken()))
