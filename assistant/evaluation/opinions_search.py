"""Prompts learned from a survey person's own answers: OPRO, Fermi, Retrieval-of-Prompt, a front.

All searches get the same budget of scorings and the same first prompt (the profile).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain.errors import Cancelled
from assistant.evaluation.conditional_logit import Floats
from assistant.evaluation.opinions_data import Person, Question
from assistant.evaluation.opinions_model import (
    Form,
    Scores,
    SurveyModel,
    instructed,
    profile_text,
    question_text,
)
from assistant.personalization.prompt_pool import (
    Case,
    Entry,
    Memory,
    Outcome,
    keep_front,
    nearest,
    prompt_for,
)
from assistant.personalization.prompt_search import Found, SearchPlan, search_prompts
from assistant.personalization.prompt_writing import Task, prompt_grammar

TASK = Task(
    "A text about one particular person is put in front of multiple-choice questions, so that an "
    "assistant answers them as this person would.",
    "This person",
)
SEED = 5
OPRO, FERMI = "opro", "fermi"
BY_PROBABILITY, FRONT = "fermi, scored by probability", "fermi, pareto front"
SEARCHES = (OPRO, FERMI, BY_PROBABILITY, FRONT)


@dataclass(frozen=True, slots=True)
class SearchBudget:
    """What one search may cost: rounds, texts in each, scorings of one question; and which."""

    rounds: int = 3
    texts: int = 3
    scorings: int = 100
    searches: tuple[str, ...] = SEARCHES


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search of one person gave, and its seconds for each tested question."""

    memory: Memory
    seconds: float


def search(
    model: SurveyModel,
    person: Person,
    questions: Mapping[str, Question],
    plan: SearchPlan,
    *,
    exact: bool = True,
) -> Searched:
    """Search prompts on the known answers; `exact` scores matches, else the true one's share."""
    known = list(person.known.items())
    cases = [
        Case(i, question_text(questions[question]), questions[question].options[answer])
        for i, (question, answer) in enumerate(known)
    ]
    spent = [0.0]

    def score(prompt: str, some: Sequence[Case]) -> list[Outcome]:
        forms = [Form(instructed(prompt), questions[known[case.id][0]]) for case in some]
        rows = model.scores(forms)
        spent[0] += sum(row.seconds for row in rows)
        return [
            _outcome(row.options, known[case.id][1], questions[known[case.id][0]], exact)
            for case, row in zip(some, rows, strict=True)
        ]

    def write(request: str, count: int, seed: int) -> Sequence[str]:
        return model.write(request, prompt_grammar(TASK), count, seed)

    memory: Memory = ()
    start = [Entry(profile_text(person), {})]
    for step in search_prompts(start, cases, score, write, plan, SEED, model.cancel):
        if isinstance(step, Found):
            memory = step.memory
    if model.cancel.cancelled:
        raise Cancelled
    return Searched(memory, spent[0] / max(1, len(person.tested)))


def plans(budget: SearchBudget) -> dict[str, tuple[SearchPlan, bool]]:
    """The searches by name, and whether they score exact matches."""
    fermi = SearchPlan(task=TASK, rounds=budget.rounds, texts=budget.texts, budget=budget.scorings)
    known = {
        OPRO: (replace(fermi, errors=False), True),
        FERMI: (fermi, True),
        BY_PROBABILITY: (fermi, False),
        FRONT: (replace(fermi, keep=keep_front), False),
    }
    return {name: known[name] for name in SEARCHES if name in budget.searches}


def answer_by_best(
    model: SurveyModel, searched: Searched, tested: Sequence[Question]
) -> list[Scores]:
    """Every question under the single best prompt."""
    prompt = instructed(searched.memory[-1].prompt)
    return _with_cost(model.scores([Form(prompt, question) for question in tested]), searched)


def answer_by_retrieval(
    model: SurveyModel,
    person: Person,
    searched: Searched,
    tested: Sequence[Question],
    vectors: Mapping[str, Floats],
) -> list[Scores]:
    """Every question under the prompt that did best on the nearest known questions."""
    past = {i: vectors[question].tolist() for i, question in enumerate(person.known)}
    forms = []
    for question in tested:
        chosen = prompt_for(searched.memory, nearest(vectors[question.id].tolist(), past))
        text = chosen.prompt if chosen else profile_text(person)
        forms.append(Form(instructed(text), question))
    return _with_cost(model.scores(forms), searched)


def _with_cost(scores: Sequence[Scores], searched: Searched) -> list[Scores]:
    """Scores with their share of what the search took."""
    return [Scores(one.options, one.seconds + searched.seconds) for one in scores]


def _outcome(options: Floats, wanted: int, question: Question, exact: bool) -> Outcome:
    """How one question went."""
    said = int(options.argmax())
    aligned = said == wanted
    value = float(aligned) if exact else math.exp(options[wanted])
    return Outcome(value, aligned, question.options[said])
