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
from functools import partial

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
from assistant.personalization.scorer_prior import ScorerPrior

POINTS = (0, 5, 10, 20, 40)
TESTED = 5  # rankings that must be left for a test


@dataclass(frozen=True, slots=True)
class Options:
    """How often each person's rankings are shuffled anew, and from which seed."""

    repeats: int = 10
    seed: int = 1
    people: int = 0  # the first so many in a seeded order; 0: all


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
    training = ScorerTraining(comparisons, vectors)
    tested = [c for c in comparisons if c.source == name]
    people = sorted({comparison.person for comparison in tested})
    chance = np.random.default_rng(options.seed)
    if options.people:
        people = [people[i] for i in sorted(chance.permutation(len(people))[: options.people])]
    report = RankingsReport(name, len(people))
    for number, person in enumerate(people):
        yield Progress(f"Testing people of {name}", number, len(people))
        if cancel.cancelled:
            break
        prior = training.prior(apart(comparisons, person, name))
        own = [c.example for c in tested if c.person == person]
        _baselines(report, person, own, prior, vectors)
        _curve(report, person, own, partial(ReplyScorer, prior, vectors), options)
    yield report


def apart(comparisons: Sequence[Comparison], person: str, source: str) -> list[int]:
    """Numbers of the comparisons by others, of items that this person never saw."""
    seen = {c.item for c in comparisons if c.person == person and c.source == source}
    return [
        number
        for number, c in enumerate(comparisons)
        if c.source != source or (c.person != person and c.item not in seen)
    ]


def _baselines(
    report: RankingsReport,
    person: str,
    own: Sequence[Example],
    prior: ScorerPrior,
    vectors: Mapping[str, Vectors],
) -> None:
    """All of a person's rankings, by length and by the prior alone."""
    scorer = ReplyScorer(prior, vectors)
    expected: dict[str, list[tuple[float, ...]]] = {
        "shorter": [tuple(-float(r.length) for r in e.replies) for e in own],
        "longer": [tuple(float(r.length) for r in e.replies) for e in own],
        "prior_only": [scorer.utilities(e.query, e.replies) for e in own],
    }
    for name, utilities in expected.items():
        total = Tally()
        for example, values in zip(own, utilities, strict=True):
            total += tally_of(example, values)
        report.baselines[name][person] = total


def _curve(
    report: RankingsReport,
    person: str,
    own: Sequence[Example],
    new_scorer: partial[ReplyScorer],
    options: Options,
) -> None:
    """A person's points, summed over the repeats."""
    useful = [example for example in own if len(example.tiers) > 1]
    points = [point for point in POINTS if point + TESTED <= len(useful)]
    if not points:
        return
    scorer = new_scorer()
    sums = {point: Tally() for point in points}
    for repeat in range(options.repeats):
        order = np.random.default_rng((options.seed, repeat)).permutation(len(useful))
        tests = [useful[i] for i in order[max(points) :]]
        for point in points:
            known = {int(i): useful[i] for i in order[:point]}
            for _ in scorer.learn(known, CancelToken()):
                pass
            for example in tests:
                sums[point] += tally_of(example, scorer.utilities(example.query, example.replies))
    for point, total in sums.items():
        report.curve[point][person] = total
