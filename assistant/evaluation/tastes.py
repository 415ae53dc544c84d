"""Real tastes: which of some jokes or films a person puts first, learnt from their own rounds.

Methods: "random"; "item_mean" (what the others think of each item, nothing personal); "retrieval"
(untrained: closeness to the texts that won before); "personal" (Plackett-Luce over the item mean,
factors of the others' ratings, components of the texts' meaning and labels); "personal_text" (the
same without factors: only what can be read off an item). Everything that a person's rounds are
compared with is learnt without that person.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import joblib
import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.statistics import Share, share_of_groups
from assistant.evaluation.ranking_tally import Tally, tally_of
from assistant.evaluation.taste_data import (
    Floats,
    Ratings,
    Rounds,
    TasteKind,
    draw_rounds,
    read_ratings,
)
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Reply
from assistant.personalization.listwise import dense_stages, fit
from assistant.personalization.stages import competitions

TASTES = {
    "jester": TasteKind(drafts=4, trained=30, tested=20, test_share=0.4, people=500, fewest=40),
    "movies": TasteKind(drafts=3, trained=90, tested=45, test_share=0.33, people=100, fewest=100),
}
METHODS = ("random", "item_mean", "retrieval", "personal_text", "personal")
SHRINK = 5.0  # ratings that an item mean is drawn to 0 with
FACTORS = 8
COMPONENTS = 16
COMMON = 0.01  # share of items that must carry a label for it to be a feature
SLOPES = (0.25, 0.5, 1.0)  # utility for a standard deviation of ratings
OWN_SDS = (0.001, 0.01, 0.03, 0.1)  # of the weights of what can be read off an item


@dataclass(frozen=True, slots=True)
class TasteOptions:
    """How many people, in how many processes, drawn by which seed."""

    people: int
    jobs: int = 2
    seed: int = 1


@dataclass(slots=True)
class TasteReport:
    """Sums of each method for each person."""

    people: int = 0
    methods: dict[str, dict[int, Tally]] = field(default_factory=lambda: defaultdict(dict))

    def gain(self, method: str, over: str) -> Share:
        """Pair accuracy of one method minus another's, same people, same rounds."""
        other = self.methods[over]
        return share_of_groups(
            [(t.right - other[p].right, t.pairs) for p, t in self.methods[method].items()]
        )


@dataclass(frozen=True, slots=True)
class Items:
    """What can be known of every item without asking the person."""

    mean: Floats  # (items, 1)
    read: Floats  # (items, components and labels)
    factors: Floats  # (items, FACTORS)
    vectors: Floats


def taste_data(folder: Path) -> str:
    """Which of the TASTES a folder holds; "" for none."""
    files = {"jester": "jokes.json", "movies": "films.jsonl"}
    return next((name for name, file in files.items() if (folder / file).is_file()), "")


def evaluate_tastes(
    name: str,
    folder: Path,
    embed: Callable[[Sequence[str]], Vectors],
    options: TasteOptions,
    cancel: CancelToken,
) -> Iterator[Progress | TasteReport]:
    """Everybody drawn, in turn; ends with the report, of those done so far when cancelled."""
    kind, ratings = TASTES[name], read_ratings(name, folder)
    vectors = embed(ratings.texts).astype(np.float64)
    read = read_off(ratings, vectors)
    able = [i for i, person in enumerate(ratings.people) if len(person) >= kind.fewest]
    chosen = np.random.default_rng(options.seed).permutation(able)[: options.people]
    report = TasteReport()
    run = joblib.Parallel(n_jobs=options.jobs, return_as="generator")
    calls = (joblib.delayed(test_taste)(kind, ratings, read, vectors, int(p)) for p in chosen)
    for person, tallies in zip(chosen, run(calls), strict=True):
        report.people += 1
        for method, tally in tallies.items():
            report.methods[method][int(person)] = tally
        yield Progress(f"Testing people of {name}", report.people, len(chosen))
        if cancel.cancelled:
            break
    yield report


def test_taste(
    kind: TasteKind, ratings: Ratings, read: Floats, vectors: Floats, person: int
) -> dict[str, Tally]:
    """One person's test rounds, by each method."""
    rounds = draw_rounds(kind, ratings.people[person], person)
    items = learn_items(ratings, read, vectors, person)
    trained = [_example(rounds, items_) for items_ in rounds.trained]
    tested = [(items_, _example(rounds, items_)) for items_ in rounds.tested]
    sums = {}
    for method in METHODS:
        worth = _worth(method, items, rounds, trained)
        sums[method] = Tally()
        for shown, example in tested:
            sums[method] += tally_of(example, [float(worth[item]) for item in shown])
    return sums


def read_off(ratings: Ratings, vectors: Floats) -> Floats:
    """Components of the texts' meaning and common labels, each of spread 1."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    columns = [centred @ directions[:, ::-1][:, :COMPONENTS]]
    count = Counter(label for labels in ratings.labels for label in labels)
    common = sorted(x for x, n in count.items() if n >= COMMON * len(ratings.labels))
    if common:
        columns.append(np.array([[float(x in one) for x in common] for one in ratings.labels]))
    found = np.hstack(columns)
    return np.asarray((found - found.mean(axis=0)) / np.maximum(found.std(axis=0), 1e-9))


def learn_items(ratings: Ratings, read: Floats, vectors: Floats, person: int) -> Items:
    """What everybody but this person thinks of the items."""
    others = [one for number, one in enumerate(ratings.people) if number != person]
    table = np.zeros((len(others), len(ratings.texts)))
    seen = np.zeros_like(table)
    for row, one in enumerate(others):
        items = list(one)
        values = np.array([one[item] for item in items])
        table[row, items] = (values - values.mean()) / max(float(values.std()), 1e-9)
        seen[row, items] = 1.0
    mean = table.sum(axis=0) / (seen.sum(axis=0) + SHRINK)
    rest = (table - mean) * seen
    wide = len(others) < table.shape[1]
    strength, directions = np.linalg.eigh(rest @ rest.T if wide else rest.T @ rest)
    top = directions[:, ::-1][:, :FACTORS]
    # In the unit of the mean: one factor's part of the rating of a person one sd away from usual.
    spread = np.sqrt(np.maximum(strength[::-1][:FACTORS], 0.0) / len(others))
    factors = rest.T @ top / math.sqrt(len(others)) if wide else top * spread
    return Items(mean[:, None], read, np.asarray(factors), vectors)


def _worth(method: str, items: Items, rounds: Rounds, trained: Sequence[Example]) -> Floats:
    """Utility of every item to the person, by one method."""
    if method == "random":
        return np.zeros(len(items.mean))
    if method == "item_mean":
        return items.mean[:, 0]
    if method == "retrieval":
        winners = [
            shown[i] for shown, e in zip(rounds.trained, trained, strict=True) for i in e.tiers[0]
        ]
        return np.asarray(items.vectors @ items.vectors[winners].mean(axis=0))
    factors = items.factors if method == "personal" else items.factors[:, :0]
    return _personal(items.mean, factors, items.read, rounds, trained)


def _personal(
    mean: Floats, factors: Floats, read: Floats, rounds: Rounds, trained: Sequence[Example]
) -> Floats:
    """Plackett-Luce on the person's own rounds; the evidence chooses how far they may depart."""
    features = np.hstack([mean, factors, read])
    size = features.shape[1]
    winners_first = [
        features[[shown[i] for i in stage if i is not None]]
        for shown, example in zip(rounds.trained, trained, strict=True)
        for stage in competitions(example)
        if len(stage) > 1
    ]
    stages = dense_stages(winners_first, size)
    fits = []
    for slope, sd in itertools.product(SLOPES, OWN_SDS):
        prior = np.zeros(size)
        prior[0] = slope
        spread = np.full(size, sd)
        spread[0] = 0.3 * slope
        spread[1 : 1 + factors.shape[1]] = slope
        fits.append(fit(stages, prior, np.diag(spread**-2.0)))
    best = max(fits, key=lambda found: found.evidence)
    return np.asarray(features @ best.mode)


def _example(rounds: Rounds, shown: Sequence[int]) -> Example:
    """A round as a ranking; equal ratings tie."""
    by_worth: dict[float, list[int]] = defaultdict(list)
    for place, item in enumerate(shown):
        by_worth[rounds.worth[item]].append(place)
    tiers = tuple(tuple(by_worth[worth]) for worth in sorted(by_worth, reverse=True))
    return Example(0, "", tuple(Reply(()) for _ in shown), tiers)
