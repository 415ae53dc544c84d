"""Predicting what survey people answer: baselines, a language model, learned prompts, a stack.

For each person some answers are known and the rest is predicted. Methods without a model are
measured on everyone and, for comparison, on the people whom the model was asked about. Weights of
the stacks are fitted on other people only (ten folds).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.domain.errors import Cancelled
from assistant.domain.events import Progress
from assistant.evaluation.conditional_logit import Floats, fit_weights, log_softmax
from assistant.evaluation.opinions_data import Opinions, Person
from assistant.evaluation.opinions_methods import (
    METHODS,
    ask_person,
    calibrate,
    calibrate_in_context,
)
from assistant.evaluation.opinions_model import Scores, SurveyModel
from assistant.evaluation.opinions_people import PRIOR_WEIGHTS, Population
from assistant.evaluation.opinions_search import SearchBudget
from assistant.evaluation.opinions_tally import Tally, difference

FOLDS = 10
FOLD_SEED = 3
STACK = "stack without the model"
BEST = "best stack"
MODEL_PRECISION = 10.0  # of the prior: with few people asked, a model must earn its weight
# the columns that the model adds to the stack: under the profile, with own answers, learned prompt
STACKED = ("profile", "retrieved few-shot", "fermi with retrieval")
COMPARED = (
    (STACK, "majority"),
    (BEST, "majority"),
    (BEST, STACK),
    ("fermi", "opro"),
    ("fermi", "retrieved few-shot"),
    ("fermi", "profile"),
    ("fermi with retrieval", "fermi"),
    ("fermi, pareto front", "fermi, scored by probability"),
)


@dataclass(frozen=True, slots=True)
class OpinionsReport:
    """One row for each method, and the differences that matter, with 95 % intervals."""

    people: int
    methods: tuple[dict[str, object], ...]
    differences: tuple[dict[str, object], ...]


@dataclass(slots=True)
class _Run:
    """What is being counted."""

    opinions: Opinions
    tallies: dict[str, Tally] = field(default_factory=dict)

    def count(self, name: str, person: Person, scores: Mapping[str, Scores]) -> None:
        """Count one method's predictions of one person."""
        tally = self.tallies.setdefault(name, Tally(name))
        for question, one in scores.items():
            tally.add(person.id, one.options, person.tested[question], one.seconds)

    def report(self, people: int) -> OpinionsReport:
        """All rows."""
        compared = [(a, b) for a, b in COMPARED if a in self.tallies and b in self.tallies]
        return OpinionsReport(
            people,
            tuple(tally.row() for tally in self.tallies.values()),
            tuple(difference(self.tallies[a], self.tallies[b]) for a, b in compared),
        )


def evaluate_opinions(
    opinions: Opinions,
    chosen: Sequence[Person],
    vectors: Mapping[str, Floats],
    model: SurveyModel | None,
    budget: SearchBudget,
) -> Iterator[Progress | OpinionsReport]:
    """Measure all methods on `chosen`; without a model only those that need none.

    If the model is cancelled, those asked until then are counted.
    """
    run = _Run(opinions)
    population = Population(opinions, vectors)
    stacked: dict[str, dict[str, Floats]] = {}
    yield from _without_model(run, population, chosen, stacked)
    if model is not None:
        asked: dict[str, dict[str, dict[str, Scores]]] = {}
        try:
            calibrate(model, opinions)
            for done, person in enumerate(chosen):
                yield Progress("Asking the model", done, len(chosen))
                asked[person.id] = ask_person(model, opinions, person, vectors, budget)
        except Cancelled:
            yield Progress("Stopped; counting who was asked", len(asked), len(chosen))
        calibrate_in_context(asked)
        people = [person for person in chosen if person.id in asked]
        for person in people:
            for name in [name for name in METHODS if name in asked[person.id]]:
                run.count(name, person, asked[person.id][name])
        _best_stack(run, people, stacked, asked)
    yield run.report(len(chosen))


def _without_model(
    run: _Run,
    population: Population,
    chosen: Sequence[Person],
    stacked: dict[str, dict[str, Floats]],
) -> Iterator[Progress]:
    """Uniform, the others' majority, and the stack of others' and own answers."""
    everyone = {person.id for person in run.opinions.people}
    for person in chosen:
        sizes = {q: len(run.opinions.questions[q].options) for q in person.tested}
        run.count("uniform", person, {q: Scores(_uniform(n), 0.0) for q, n in sizes.items()})
        prior = {q: np.log(population.prior(person, q, everyone)) for q in person.tested}
        run.count("majority", person, {q: Scores(row, 0.0) for q, row in prior.items()})
    wanted = {person.id: person for person in chosen}  # with what is tested of them
    for done, (fold, rest) in enumerate(_folds(run.opinions.people)):
        yield Progress("Fitting the stack on other people", done, FOLDS)
        tested = [wanted[person.id] for person in fold if person.id in wanted]
        if not tested:
            continue
        others = {person.id for person in rest}
        examples = [
            (features, person.tested[question])
            for person in rest
            for question, features in population.features(person, others).items()
        ]
        weights = fit_weights(examples, PRIOR_WEIGHTS)
        for person in tested:
            rows = population.features(person, everyone)
            stacked[person.id] = {q: log_softmax(f @ weights) for q, f in rows.items()}
            run.count(STACK, person, {q: Scores(r, 0.0) for q, r in stacked[person.id].items()})


def _best_stack(
    run: _Run,
    people: Sequence[Person],
    stacked: Mapping[str, Mapping[str, Floats]],
    asked: Mapping[str, Mapping[str, Mapping[str, Scores]]],
) -> None:
    """The stack with the model's log-probabilities as further columns, weighed on other people."""
    stackable = [name for name in STACKED if people and name in asked[people[0].id]]
    prior = np.array([1.0] + [0.0] * len(stackable))

    def features(person: Person, question: str) -> Floats:
        columns = [asked[person.id][name][question].options for name in stackable]
        return np.stack([stacked[person.id][question], *columns], axis=1)

    for fold, rest in _folds(people):
        examples = [(features(p, q), answer) for p in rest for q, answer in p.tested.items()]
        weights = fit_weights(examples, prior, MODEL_PRECISION)
        for person in fold:
            rows = {
                q: Scores(
                    log_softmax(features(person, q) @ weights),
                    sum(asked[person.id][name][q].seconds for name in stackable),
                )
                for q in person.tested
            }
            run.count(BEST, person, rows)


def _folds(people: Sequence[Person]) -> Iterator[tuple[list[Person], list[Person]]]:
    """Each tenth of the people with all the others."""
    order = list(people)
    random.Random(FOLD_SEED).shuffle(order)
    for number in range(FOLDS):
        fold = order[number::FOLDS]
        inside = {person.id for person in fold}
        if fold:
            yield fold, [person for person in order if person.id not in inside]


def _uniform(size: int) -> Floats:
    """Equal log-probabilities."""
    return np.full(size, -np.log(size))
