"""Everything a language model is asked about one survey person, method by method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.conditional_logit import Floats, log_softmax
from assistant.evaluation.opinions_data import Opinions, Person, Question, choose_people
from assistant.evaluation.opinions_model import (
    INSTRUCTION,
    Form,
    Scores,
    SurveyModel,
    instructed,
    letter_bias,
    profile_text,
)
from assistant.evaluation.opinions_search import (
    SearchBudget,
    answer_by_best,
    answer_by_retrieval,
    plans,
    search,
)
from assistant.personalization.prompt_pool import nearest

CALIBRATION, CALIBRATION_SEED = 12, 1
SHOTS = 8  # own answers shown, the same for every question
RETRIEVED = 3  # own answers shown, the nearest to each question
IN_CONTEXT = ("few-shot", "retrieved few-shot")
RETRIEVAL_SUFFIX = " with retrieval"
METHODS = (
    "plain model",
    "plain model, uncalibrated",
    "profile",
    "few-shot",
    "retrieved few-shot",
    "opro",
    "fermi",
    "fermi with retrieval",
    "fermi, scored by probability",
    "fermi, scored by probability with retrieval",
    "fermi, pareto front",
    "fermi, pareto front with retrieval",
)


def calibrate(model: SurveyModel, opinions: Opinions) -> None:
    """Learn the model's liking for letters from a dozen people's questions, not their answers.

    Always the same people, so that what is found for one does not depend on who else takes part.
    """
    people = choose_people(opinions, CALIBRATION, CALIBRATION_SEED)
    asked = dict.fromkeys(q for person in people for q in person.answers)
    model.bias = {}
    scores = model.scores([Form(INSTRUCTION, opinions.questions[q]) for q in asked])
    model.bias = letter_bias(scores)


def ask_person(
    model: SurveyModel,
    opinions: Opinions,
    person: Person,
    vectors: Mapping[str, Floats],
    budget: SearchBudget,
) -> dict[str, dict[str, Scores]]:
    """Scores of every tested question by method and question id."""
    tested = [opinions.questions[question] for question in person.tested]
    by_method = {
        "plain model": model.scores([Form(INSTRUCTION, question) for question in tested]),
        "plain model, uncalibrated": _raw(model, [Form(INSTRUCTION, q) for q in tested]),
        **_in_context(model, opinions, person, tested, vectors),
    }
    for name, (plan, exact) in plans(budget).items():
        searched = search(model, person, opinions.questions, plan, exact=exact)
        by_method[name] = answer_by_best(model, searched, tested)
        if name + RETRIEVAL_SUFFIX in METHODS:
            rows = answer_by_retrieval(model, person, searched, tested, vectors)
            by_method[name + RETRIEVAL_SUFFIX] = rows
    return {name: dict(zip(person.tested, rows, strict=True)) for name, rows in by_method.items()}


def _in_context(
    model: SurveyModel,
    opinions: Opinions,
    person: Person,
    tested: Sequence[Question],
    vectors: Mapping[str, Floats],
) -> dict[str, list[Scores]]:
    """The profile alone, and the profile with own answers as examples (these uncalibrated)."""
    prompt = instructed(profile_text(person))
    known = [(opinions.questions[q], answer) for q, answer in person.known.items()]
    past = {i: vectors[question.id].tolist() for i, (question, _) in enumerate(known)}
    near = [
        # the nearest last: it is then beside the question
        tuple(known[i] for i in reversed(nearest(vectors[q.id].tolist(), past, RETRIEVED)))
        for q in tested
    ]
    shown = tuple(known[:SHOTS])
    return {
        "profile": model.scores([Form(prompt, q) for q in tested]),
        "few-shot": _raw(model, [Form(prompt, q, shown) for q in tested]),
        "retrieved few-shot": _raw(
            model, [Form(prompt, q, shots) for q, shots in zip(tested, near, strict=True)]
        ),
    }


def calibrate_in_context(asked: dict[str, dict[str, dict[str, Scores]]]) -> None:
    """Take the liking for letters off the few-shot methods, whose examples change it.

    Measured for each on all questions asked, whatever their answers.
    """
    for name in IN_CONTEXT:
        rows = [one for person in asked.values() for one in person[name].values()]
        bias = letter_bias(rows)
        for person in asked.values():
            person[name] = {
                question: Scores(log_softmax(one.options - bias[len(one.options)]), one.seconds)
                for question, one in person[name].items()
            }


def _raw(model: SurveyModel, forms: Sequence[Form]) -> list[Scores]:
    """Scores as the model gives them."""
    bias, model.bias = model.bias, {}
    try:
        return model.scores(forms)
    finally:
        model.bias = bias
