"""What other people's answers and a person's own answers say about a question: no language model.

For each option of a question, features in nats that a conditional logit weighs:
the prior (others' answers, smoothed), the same with like-minded profiles counting more, the same
with people who answered alike counting more, own answers to similar questions with the same
options, own leaning on similar scales, and the leaning of people who answered alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.conditional_logit import Floats
from assistant.evaluation.opinions_data import Opinions, Person

# round first guesses, not fitted to any data; what matters is weighed by the fitted logit
SMOOTHING = 2.0  # answers of an undecided person added to the others'
SAME_PARTY = 1.0  # log weight of someone of the same party
IDEOLOGY = 0.3  # log weight lost for each step between two ideologies
LIKENESS = 2.0  # log weight of someone whose answers lean exactly alike
SHRINK = 5.0  # common questions that halve what is believed of a likeness
OWN_SHRINK = 0.5  # the same for own answers to similar questions
LEAN_SHRINK = 3.0  # the same for the leaning of others
SPREAD_FLOOR = 0.05  # variance added, so that unanimous questions do not explode

IDEOLOGIES = ("Very liberal", "Liberal", "Moderate", "Conservative", "Very conservative")
FEATURES = 6
PRIOR_WEIGHTS = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])  # before fitting: the others' answers


@dataclass(frozen=True, slots=True)
class _Scale:
    """A question's options as places on a line, standardised by the others' answers."""

    likely: Floats
    places: Floats


class Population:
    """People who can be asked about; `vectors` are the questions' embeddings, of length one."""

    def __init__(self, opinions: Opinions, vectors: Mapping[str, Floats]) -> None:
        self._questions = opinions.questions
        self._vectors = vectors
        self._people = {person.id: person for person in opinions.people}
        self._answers: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for person in opinions.people:
            for question, answer in person.answers.items():
                self._answers[question].append((person.id, answer))

    def prior(self, person: Person, question: str, others: Collection[str]) -> Floats:
        """Smoothed shares of the options among `others` (never the person)."""
        votes = [(answer, 1.0) for _, answer in self._votes(person, question, others)]
        return self._shares(question, votes)

    def counts(self, person: Person, question: str, others: Collection[str]) -> Floats:
        """How many of the others chose each option."""
        counts = np.zeros(len(self._questions[question].options))
        for _, answer in self._votes(person, question, others):
            counts[answer] += 1
        return counts

    def features(self, person: Person, others: Collection[str]) -> dict[str, Floats]:
        """Features (options x FEATURES) of each tested question, from `others` and own answers."""
        view = _View(self, person, others)
        return {question: view.features(question) for question in person.tested}

    def _votes(
        self, person: Person, question: str, others: Collection[str]
    ) -> list[tuple[str, int]]:
        """Who of the others answered a question, and how."""
        return [
            (other, answer)
            for other, answer in self._answers[question]
            if other != person.id and other in others
        ]

    def _shares(self, question: str, votes: list[tuple[int, float]]) -> Floats:
        """Weighted votes as smoothed shares; the weights are scaled to a mean of one."""
        size = len(self._questions[question].options)
        shares = np.full(size, SMOOTHING / size)
        total = sum(weight for _, weight in votes)
        for answer, weight in votes:
            shares[answer] += weight * len(votes) / total
        return np.asarray(shares / shares.sum())


class _View:
    """What can be known of one person, given some others."""

    def __init__(self, population: Population, person: Person, others: Collection[str]) -> None:
        self._all = population
        self._person = person
        self._others = others
        self._scales: dict[str, _Scale] = {}
        self._alike = self._likenesses()

    def features(self, question: str) -> Floats:
        """The features of one question's options."""
        votes = self._all._votes(self._person, question, self._others)
        scale = self._scale(question)
        prior = np.log(scale.likely)
        like_minded = [(answer, self._profile_weight(other)) for other, answer in votes]
        alike = [
            (answer, float(np.exp(LIKENESS * self._alike.get(other, 0.0))))
            for other, answer in votes
        ]
        lean = sum(self._alike.get(other, 0.0) * scale.places[answer] for other, answer in votes)
        same, own_lean = self._own(question)
        columns = (
            prior,
            np.log(self._all._shares(question, like_minded)) - prior,
            np.log(self._all._shares(question, alike)) - prior,
            same,
            own_lean * np.linspace(-1.0, 1.0, len(prior)),
            lean / (len(votes) + LEAN_SHRINK) * scale.places,
        )
        return np.stack(columns, axis=1)

    def _scale(self, question: str) -> _Scale:
        """The question's options as the others use them."""
        if question not in self._scales:
            likely = self._all.prior(self._person, question, self._others)
            line = np.linspace(-1.0, 1.0, len(likely)) if len(likely) > 1 else np.zeros(1)
            mean = likely @ line
            spread = np.sqrt(likely @ (line - mean) ** 2 + SPREAD_FLOOR)
            self._scales[question] = _Scale(likely, (line - mean) / spread)
        return self._scales[question]

    def _likenesses(self) -> dict[str, float]:
        """How much other people's answers lean like this one's, shrunk where few are common."""
        sums: dict[str, float] = defaultdict(float)
        common: dict[str, int] = defaultdict(int)
        for question, answer in self._person.known.items():
            places = self._scale(question).places
            for other, theirs in self._all._votes(self._person, question, self._others):
                sums[other] += float(places[answer] * places[theirs])
                common[other] += 1
        return {other: total / (common[other] + SHRINK) for other, total in sums.items()}

    def _profile_weight(self, other: str) -> float:
        """How much someone's profile makes their answer count."""
        mine, theirs = self._person.profile, self._all._people[other].profile
        same = mine.get("Political party") == theirs.get("Political party")
        return float(
            np.exp(SAME_PARTY * same - IDEOLOGY * abs(_ideology(mine) - _ideology(theirs)))
        )

    def _own(self, question: str) -> tuple[Floats, float]:
        """Own answers to similar questions: surplus of each same option, and leaning on a scale."""
        options = self._all._questions[question].options
        surplus, weight = np.zeros(len(options)), OWN_SHRINK
        lean, lean_weight = 0.0, OWN_SHRINK
        for other, answer in self._person.known.items():
            theirs = self._all._questions[other].options
            if len(theirs) != len(options):
                continue
            near = max(0.0, float(self._all._vectors[question] @ self._all._vectors[other])) ** 2
            scale = self._scale(other)
            lean += near * float(scale.places[answer])
            lean_weight += near
            if theirs == options:
                surplus += near * (np.eye(len(options))[answer] - scale.likely)
                weight += near
        return surplus / weight, lean / lean_weight


def _ideology(profile: Mapping[str, str]) -> int:
    """A place on the scale of ideologies; the middle where none is given."""
    named = profile.get("Political ideology", "")
    return IDEOLOGIES.index(named) if named in IDEOLOGIES else IDEOLOGIES.index("Moderate")
