"""How well real people's rankings of replies are expected, before and after some of their own.

People and items are apart: a tested person's prior is learnt from other people's rankings of items
that the tested person never saw. Of each person's rankings, in a seeded random order, the first
0, 5, 10, 20 or 40 are learned from and those behind the largest of these that leaves some are
tested, so every point of one person's curve is measured on the same rankings. Ties state no pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import joblib
import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.statistics import Share, share_of_groups
from assistant.evaluation.ranking_data import Comparison
from assistant.evaluation.ranking_tally import Tally, tally_of
from assistant.evaluation.scorer_training import ScorerTraining
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example
from assistant.personalization.reply_scorer import ReplyScorer

POINTS = (0, 5, 10, 20, 40)
TESTED = 5  # rankings that must be left for a test


@dataclass(frozen=True, slots=True)
class Options:
    """How often each person's rankings are shuffled anew, and from which seed."""

    repeats: int = 10
    seed: int = 1
    people: int = 0  # so many, drawn by the seed; 0: all
    jobs: int = 2  # processes


@dataclass(slots=True)
class RankingsReport:
    """Sums for each person at each point; all rankings of all people for the baselines."""

    data: str
    people: int
    curve: dict[int, dict[str, Tally]] = field(default_factory=lambda: defaultdict(dict))
    baselines: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(dict))

    def gain(self, point: int) -> Share:
        """Pair accuracy after `point` own rankings minus before any, same people, same tests."""
        before = self.curve[0]
        return share_of_groups(
            [(t.right - before[p].right, t.pairs) for p, t in self.curve[point].items()]
        )


@dataclass(frozen=True, slots=True)
class Study:
    """What is measured on: everybody's rankings, their vectors, which data set is tested."""

    name: str
    comparisons: Sequence[Comparison]
    vectors: Mapping[str, Vectors]
    training: ScorerTraining
    options: Options

    def of(self, person: str) -> list[Example]:
        """A person's rankings in the tested data set."""
        tested = (c for c in self.comparisons if c.source == self.name)
        return [c.example for c in tested if c.person == person]


def evaluate_rankings(
    name: str,
    comparisons: Sequence[Comparison],
    vectors: Mapping[str, Vectors],
    options: Options,
    cancel: CancelToken,
) -> Iterator[Progress | RankingsReport]:
    """One data set's people in turn; `comparisons` of other sets serve the prior only.

    A Progress for each person; ends with the report, of the people done so far when cancelled.
    """
    study = Study(name, comparisons, vectors, ScorerTraining(comparisons, vectors), options)
    people = sorted({c.person for c in comparisons if c.source == name})
    if options.people:
        chosen = np.random.default_rng(options.seed).permutation(len(people))
        people = [people[i] for i in sorted(chosen[: options.people])]
    report = RankingsReport(name, 0)
    run = joblib.Parallel(n_jobs=options.jobs, return_as="generator")
    results = run(joblib.delayed(test_person)(study, person) for person in people)
    for person, (baselines, curve) in zip(people, results, strict=True):
        report.people += 1
        for baseline, tally in baselines.items():
            report.baselines[baseline][person] = tally
        for point, tally in curve.items():
            report.curve[point][person] = tally
        yield Progress(f"Testing people of {name}", report.people, len(people))
        if cancel.cancelled:
            break
    yield report


def test_person(study: Study, person: str) -> tuple[dict[str, Tally], dict[int, Tally]]:
    """One person's baselines by name, and curve by number of own rankings."""
    prior = study.training.prior(apart(study.comparisons, person, study.name))
    own = study.of(person)
    scorer = ReplyScorer(prior, study.vectors)
    return _baselines(own, scorer), _curve(own, scorer, study.options)


def apart(comparisons: Sequence[Comparison], person: str, source: str) -> list[int]:
    """Numbers of the comparisons by others, of items that this person never saw."""
    seen = {c.item for c in comparisons if c.person == person and c.source == source}
    return [
        number
        for number, c in enumerate(comparisons)
        if c.source != source or (c.person != person and c.item not in seen)
    ]


def _baselines(own: Sequence[Example], scorer: ReplyScorer) -> dict[str, Tally]:
    """All of a person's rankings, by length and by the prior alone."""
    sums = {name: Tally() for name in ("shorter", "longer", "prior_only")}
    for example in own:
        lengths = [float(reply.length) for reply in example.replies]
        sums["shorter"] += tally_of(example, [-length for length in lengths])
        sums["longer"] += tally_of(example, lengths)
        sums["prior_only"] += tally_of(example, scorer.utilities(example.query, example.replies))
    return sums


def _curve(own: Sequence[Example], scorer: ReplyScorer, options: Options) -> dict[int, Tally]:
    """A person's points, summed over the repeats."""
    useful = [example for example in own if len(example.tiers) > 1]
    points = [point for point in POINTS if point + TESTED <= len(useful)]
    sums = {point: Tally() for point in points}
    for repeat in range(options.repeats):
        order = np.random.default_rng((options.seed, repeat)).permutation(len(useful))
        tests = [useful[i] for i in order[max(points, default=0) :]]
        for point in points:
            known = {int(i): useful[i] for i in order[:point]}
            for _ in scorer.learn(known, CancelToken()):
                pass
            for example in tests:
                sums[point] += tally_of(example, scorer.utilities(example.query, example.replies))
    return sums
