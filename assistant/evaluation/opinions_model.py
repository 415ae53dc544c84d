"""A language model takes the survey: first-token scores of the option letters under a prompt.

Nothing is decoded. Small models prefer some letters whatever is asked; `letter_bias` measures that
on questions without looking at any answer, and `calibrated` takes it off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.model import LETTERS
from assistant.evaluation.conditional_logit import Floats, log_softmax
from assistant.evaluation.opinions_data import Person, Question
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.backend import (
    Backend,
    Draft,
    DraftText,
    GenerationRequest,
    Sampling,
    Turn,
)

INSTRUCTION = "Answer the multiple-choice question with the letter of one option."
MORE_LETTERS = LETTERS + "IJKLMNOP"  # some questions have eleven options
WRITTEN_TOKENS = 56  # of a new prompt: one long sentence
AT_ONCE = 24  # cases in one request: a point to cancel and to keep what was done
TEMPERATURE = 1.0  # of the writing model, as published


@dataclass(frozen=True, slots=True)
class Form:
    """One question as it is put: system text, examples shown before it, the question."""

    system: str
    question: Question
    shots: tuple[tuple[Question, int], ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everything behind the system text."""
        shown = [
            turn
            for question, answer in self.shots
            for turn in (
                Turn("user", question_text(question)),
                Turn("assistant", MORE_LETTERS[answer]),
            )
        ]
        return (*shown, Turn("user", question_text(self.question)))

    @property
    def key(self) -> str:
        """What makes two forms the same."""
        return "\x1f".join([self.system, *(f"{turn.role}:{turn.text}" for turn in self.turns)])


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-probabilities of the options (they sum to one), and the seconds they took."""

    options: Floats
    seconds: float


@dataclass(slots=True)
class SurveyModel:
    """A model with a memory of what it said. Not thread-safe."""

    backend: Backend
    cache: ScoreCache
    cancel: CancelToken
    bias: Mapping[int, Floats] = field(default_factory=dict)

    def scores(self, forms: Sequence[Form]) -> list[Scores]:
        """Scores of each form, calibrated if a bias is known. Cancelled if taken back."""
        found: list[Scores] = []
        for begin in range(0, len(forms), AT_ONCE):
            found += self._some(forms[begin : begin + AT_ONCE])
        return found

    def write(self, request: str, grammar: str, count: int, seed: int) -> Sequence[str]:
        """`count` new texts to a request (the optimising side of Fermi), held to a grammar."""

        def answer(_missing: list[int]) -> list[list[str]]:
            texts = [""] * count
            drafts = tuple(Draft("", seed + number, grammar) for number in range(count))
            sampling = Sampling(temperature=TEMPERATURE, max_tokens=WRITTEN_TOKENS)
            turns = (Turn("user", request),)
            for event in self.backend.generate(
                GenerationRequest(turns, drafts, sampling), self.cancel
            ):
                if isinstance(event, DraftText):
                    texts[event.draft] += event.text
            if self.cancel.cancelled:
                raise Cancelled  # half a text must not be kept
            return [texts]

        texts: list[str] = self.cache.ask(
            [f"write\x1f{count}\x1f{seed}\x1f{grammar}\x1f{request}"], answer
        )[0].value
        return texts

    def _some(self, forms: Sequence[Form]) -> list[Scores]:
        """Scores of a few forms in one request."""

        def answer(missing: list[int]) -> list[list[float]]:
            asked = [forms[index] for index in missing]
            return _ask(self.backend, asked, self.cancel)

        kept = self.cache.ask([form.key for form in forms], answer)
        return [Scores(self._calibrated(np.array(one.value)), one.seconds) for one in kept]

    def _calibrated(self, raw: Floats) -> Floats:
        """Log-probabilities without the model's liking for letters."""
        return log_softmax(raw - self.bias.get(len(raw), np.zeros(len(raw))))


def question_text(question: Question) -> str:
    """A question with its lettered options."""
    lines = [f"{MORE_LETTERS[i]}. {option}" for i, option in enumerate(question.options)]
    return "\n".join([question.text, *lines])


def profile_text(person: Person) -> str:
    """The person's profile as a sentence."""
    facts = "; ".join(f"{name.lower()} {value}" for name, value in person.profile.items())
    return f"This person has this profile: {facts}."


def instructed(about: str) -> str:
    """The system text that goes with what is said about a person."""
    return f"{INSTRUCTION} Answer as the person described would. {about}"


def letter_bias(scores: Sequence[Scores]) -> dict[int, Floats]:
    """Mean log-probabilities of the letters over questions with equally many options."""
    groups: dict[int, list[Floats]] = defaultdict(list)
    for one in scores:
        groups[len(one.options)].append(one.options)
    return {size: np.mean(rows, axis=0) for size, rows in groups.items()}


def _ask(backend: Backend, forms: Sequence[Form], cancel: CancelToken) -> list[list[float]]:
    """Log-probabilities of the letters of each form; forms with one system text share it."""
    found: list[list[float]] = [[] for _ in forms]
    by_system: dict[str, list[int]] = defaultdict(list)
    for index, form in enumerate(forms):
        by_system[form.system].append(index)
    for system, indices in by_system.items():
        rows = backend.score_cases(
            (Turn("system", system),),
            tuple(forms[index].turns for index in indices),
            tuple(tuple(MORE_LETTERS[: len(forms[i].question.options)]) for i in indices),
            cancel,
        )
        for index, row in zip(indices, rows, strict=True):
            found[index] = list(row)
    return found
