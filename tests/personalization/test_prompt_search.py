from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.personalization.prompt_pool import Case, Entry, Outcome
from assistant.personalization.prompt_search import Found, SearchPlan, search_prompts
from assistant.personalization.prompt_writing import Task

CASES = [Case(i, f"Which is {i}?", f"word{i}") for i in range(12)]
PLAN = SearchPlan(Task("Purpose.", "This person"), rounds=4, texts=3, budget=400)
START = [Entry("This person is unknown.", {})]


@dataclass
class Model:
    """Answers a case rightly if the prompt names its word; writes what failures name."""

    asked: list[tuple[str, int]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def score(self, prompt: str, cases: Sequence[Case]) -> list[Outcome]:
        self.asked += [(prompt, case.id) for case in cases]
        return [
            Outcome(float(right), right, case.wanted if right else "nothing")
            for case in cases
            for right in (case.wanted in prompt,)
        ]

    def write(self, request: str, count: int, seed: int) -> list[str]:
        self.requests.append(request)
        # a model that learns from errors: it adds what the full list of failures asks for
        lines = [line for line in request.splitlines() if line.startswith("- case")]
        wanted = [line.split("The user wants: ")[1].split()[0] for line in lines]
        best = [line for line in request.splitlines() if line.startswith("Text ")][-1]
        said = best.split(": ", 1)[1].removesuffix(".")
        return [f"{said} {' '.join(wanted[: number + 1])}." for number in range(count)]


def run(model: Model, plan: SearchPlan = PLAN, cancel: CancelToken | None = None) -> Found:
    steps = list(
        search_prompts(START, CASES, model.score, model.write, plan, 1, cancel or CancelToken())
    )
    assert isinstance(steps[-1], Found)
    return steps[-1]


def test_a_model_that_reads_its_errors_improves_and_one_without_them_does_not() -> None:
    fermi = run(Model())
    opro = run(Model(), replace(PLAN, errors=False))
    assert fermi.memory[-1].score > 0.2
    assert opro.memory[-1].score == 0.0


def test_every_prompt_of_the_memory_was_scored_on_all_cases() -> None:
    assert all(len(entry.outcomes) == len(CASES) for entry in run(Model()).memory)


def test_a_new_prompt_that_fails_on_the_first_few_cases_is_not_tried_on_the_rest() -> None:
    model = Model()
    memory = [Entry("good " + " ".join(case.wanted for case in CASES), {})]

    def write(request: str, count: int, seed: int) -> list[str]:
        return ["This person knows nothing at all."]

    list(search_prompts(memory, CASES, model.score, write, PLAN, 1, CancelToken()))
    tried = [case for prompt, case in model.asked if prompt.startswith("This person knows")]
    assert len(tried) == PLAN.first


def test_the_budget_is_never_exceeded() -> None:
    model = Model()
    found = run(model, replace(PLAN, budget=30))
    assert len(model.asked) == found.outcomes <= 30


def test_known_outcomes_are_not_asked_for_again() -> None:
    model = Model()
    known = Entry("old word0", {case.id: Outcome(0.5, False, "") for case in CASES[:10]})
    steps = search_prompts(
        [known], CASES, model.score, model.write, replace(PLAN, rounds=0), 1, CancelToken()
    )
    list(steps)
    assert [case for _, case in model.asked] == [10, 11]


def test_equal_seeds_give_equal_pools() -> None:
    assert run(Model()) == run(Model())


def test_cancelling_ends_the_search_with_what_was_found() -> None:
    cancel = CancelToken()
    model = Model()
    steps = search_prompts(START, CASES, model.score, model.write, PLAN, 1, cancel)
    next(steps)
    cancel.cancel()
    rest = list(steps)
    assert isinstance(rest[-1], Found)
    assert [entry.prompt for entry in rest[-1].memory] == [START[0].prompt]
    assert not model.requests


def test_what_a_cancelled_search_did_not_come_to_is_left_as_it_was() -> None:
    known = Entry("old word0", {0: Outcome(0.5, False, "")})

    def score(prompt: str, cases: Sequence[Case]) -> list[Outcome]:
        raise Cancelled

    (found,) = search_prompts([known], CASES, score, Model().write, PLAN, 1, CancelToken())
    assert found == Found((), 0, 0, (known,), cut_off=True)


def test_a_prompt_is_never_tried_twice() -> None:
    model = Model()
    run(model)
    assert len(model.asked) == len(set(model.asked))


def test_a_model_that_is_interrupted_leaves_whole_entries_behind() -> None:
    model = Model()

    def write(request: str, count: int, seed: int) -> list[str]:
        raise Cancelled

    steps = list(search_prompts(START, CASES, model.score, write, PLAN, 1, CancelToken()))
    assert isinstance(steps[-1], Found)
    assert [len(entry.outcomes) for entry in steps[-1].memory] == [len(CASES)]
    assert steps[-1].cut_off


def test_a_search_that_came_to_its_end_says_so() -> None:
    assert not run(Model()).cut_off
