"""Rules: from what the user's rankings say clearly to sentences that a model can follow.

Contract: a rule is proposed by rankings that train (a feature or a tag whose weight is clear), by
the user, or by the chat model; whether it lives is decided by held-out rankings alone. Equal tasks
give equal rules. Pure functions of texts and vectors; runs in the learner process.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.domain.events import Progress
from assistant.personalization.embedder import Embedder, Vectors
from assistant.personalization.learner import Example
from assistant.personalization.listwise import Fit, dense_stages, fit
from assistant.personalization.rule_task import (
    MEANING,
    FeatureEvidence,
    FoundRule,
    KnownRule,
    RulesFound,
    RuleTask,
)
from assistant.personalization.stages import competitions
from assistant.personalization.stated_pairs import pairs_of
from assistant.personalization.text_features import FEATURES, features_of

Floats = NDArray[np.float64]

PRIOR_SD = 1.0  # of a feature's weight in nats for one standard step
GAIN = 2.0  # nats of evidence that a further feature must bring
CLEAR = 2.0  # standard deviations from 0 at which a tag's weight becomes a rule
CUT = 3.0  # standard steps
EVIDENCE = 8  # rankings named behind a rule
LIKELY = 0.8  # probability of more than half the held-out pairs right, for a rule to live
SAME = 0.86  # cosine from which two rules say the same
MOST = 8  # rules kept alive at once


def find_rules(task: RuleTask, embedder: Embedder) -> Iterator[Progress | RulesFound]:
    """Find, merge and judge; a Progress at each stage, at the end the rules."""
    begun = time.perf_counter()
    everything = (*task.examples, *task.held_out)
    yield Progress("Reading replies", 0, 3)
    steps = standard_steps(everything)
    yield Progress("Weighing features", 1, 3)
    proposed = [*task.proposed, *_from_features(task, steps), *_from_tags(task)]
    yield Progress("Judging rules", 2, 3)
    kept, vectors = merge(proposed, embedder)
    meanings = _meanings(everything, kept, vectors, embedder)
    holds = {
        example.ranking_id: {rule.text: _holds(rule, example, steps, meanings) for rule in kept}
        for example in everything
    }
    rules = tuple(_judged(rule, task, holds) for rule in kept)
    yield RulesFound(_strongest(rules), holds, time.perf_counter() - begun)


def standard_steps(examples: Sequence[Example]) -> dict[int, Floats]:
    """Features of each ranking's replies, centred there, in units of their typical difference."""
    centred: dict[int, Floats] = {}
    for example in examples:
        raw = features_of(example.query, [reply.text for reply in example.replies])
        centred[example.ranking_id] = raw - raw.mean(axis=0)
    if not centred:
        return {}
    scale = np.concatenate(list(centred.values())).std(axis=0)
    scale[scale == 0] = 1.0
    return {key: np.clip(rows / scale, -CUT, CUT) for key, rows in centred.items()}


def feature_evidence(
    examples: Sequence[Example], steps: Mapping[int, Floats], names: Sequence[str]
) -> tuple[FeatureEvidence, ...]:
    """The features among `names` that explain the rankings, the most telling first.

    One is added after the other, each time that which raises the evidence of a Bayesian
    Plackett-Luce model most: so of features that go together the best one stands for all.
    """
    rows = [
        steps[example.ranking_id][[i for i in stage if i is not None]]
        for example in examples
        for stage in competitions(example)
        if stage[0] is not None
    ]
    left = [i for i, feature in enumerate(FEATURES) if feature.key in names]
    chosen: list[int] = []
    current, best_fit = -sum(math.log(len(row)) for row in rows), None
    while rows and left and len(chosen) < MOST:
        fits = {i: _fit_of(rows, [*chosen, i]) for i in left}
        best = max(left, key=lambda i: (fits[i].evidence, -i))
        if fits[best].evidence - current < GAIN:
            break
        current, best_fit = fits[best].evidence, fits[best]
        chosen.append(best)
        left.remove(best)
    if best_fit is None:
        return ()
    spread = np.sqrt(np.diag(np.linalg.inv(best_fit.precision)))
    return tuple(
        FeatureEvidence(
            FEATURES[i].key,
            1 if weight > 0 else -1,
            float(weight),
            float(sd),
            _behind(examples, {k: v[:, i] * np.sign(weight) for k, v in steps.items()}),
        )
        for i, weight, sd in zip(chosen, best_fit.mode, spread, strict=True)
    )


def _fit_of(rows: Sequence[Floats], columns: Sequence[int]) -> Fit:
    """A fit to some of the features alone."""
    size = len(columns)
    stages = dense_stages([row[:, list(columns)] for row in rows], size)
    return fit(stages, np.zeros(size), np.eye(size) / PRIOR_SD**2)


def merge(
    proposed: Sequence[KnownRule], embedder: Embedder
) -> tuple[list[KnownRule], dict[str, Vectors]]:
    """Without rules that say what an earlier one says; the user's own come first."""
    ordered = sorted(proposed, key=lambda rule: rule.origin != "own")
    if not ordered:
        return [], {}
    rows = embedder.embed([rule.text for rule in ordered])
    kept: list[KnownRule] = []
    vectors: dict[str, Vectors] = {}
    for rule, row in zip(ordered, rows, strict=True):
        if rule.origin == "own" or all(float(row @ v) < SAME for v in vectors.values()):
            kept.append(rule)
            vectors[rule.text] = row
    return kept, vectors


def probably_better(right: float, judged: int) -> float:
    """Probability that more than half of all pairs would be right (normal to the Beta)."""
    mean = (right + 1) / (judged + 2)
    sd = math.sqrt(mean * (1 - mean) / (judged + 3))
    return 0.5 * (1 + math.erf((mean - 0.5) / (sd * math.sqrt(2))))


def _from_features(task: RuleTask, steps: Mapping[int, Floats]) -> list[KnownRule]:
    """The template of each feature that explains the rankings that train."""
    names = [detector.split(":")[1] for detector in task.templates]
    found = []
    for evidence in feature_evidence(task.examples, steps, names):
        detector = f"feature:{evidence.name}:{evidence.direction:+d}"
        if detector in task.templates:
            found.append(KnownRule(task.templates[detector], detector, "feature"))
    return found


def _from_tags(task: RuleTask) -> list[KnownRule]:
    """The instruction of each tag that is clearly liked."""
    return [
        KnownRule(instruction, f"tag:{name}", "tag")
        for name, (weight, sd, instruction) in sorted(task.tags.items())
        if weight > CLEAR * sd
    ]


def _meanings(
    examples: Sequence[Example],
    rules: Sequence[KnownRule],
    vectors: Mapping[str, Vectors],
    embedder: Embedder,
) -> dict[tuple[int, str], tuple[float, ...]]:
    """Closeness of each reply to each rule that has no other detector, centred."""
    found: dict[tuple[int, str], tuple[float, ...]] = {}
    told = [rule for rule in rules if rule.detector == MEANING]
    for example in examples if told else ():
        rows = embedder.embed([reply.text or " " for reply in example.replies])
        for rule in told:
            near = (rows @ vectors[rule.text]).astype(np.float64)
            found[example.ranking_id, rule.text] = tuple((near - near.mean()).tolist())
    return found


def _holds(
    rule: KnownRule,
    example: Example,
    steps: Mapping[int, Floats],
    meanings: Mapping[tuple[int, str], tuple[float, ...]],
) -> tuple[float, ...]:
    """How much more a rule holds for each reply than for the others beside it."""
    kind, _, what = rule.detector.partition(":")
    if kind == "feature":
        name, _, direction = what.rpartition(":")
        column = next(i for i, feature in enumerate(FEATURES) if feature.key == name)
        return tuple((int(direction) * steps[example.ranking_id][:, column]).tolist())
    if kind == "tag":
        carried = [float(what in reply.tags) for reply in example.replies]
        return tuple(value - sum(carried) / len(carried) for value in carried)
    return meanings[example.ranking_id, rule.text]


def _judged(
    rule: KnownRule, task: RuleTask, holds: Mapping[int, Mapping[str, tuple[float, ...]]]
) -> FoundRule:
    """A rule with its held-out score; ties of the detector say nothing and do not count."""
    right, judged = 0.0, 0
    for example in task.held_out:
        values = holds[example.ranking_id][rule.text]
        told = [(w, o) for w, o in pairs_of(example) if values[w] != values[o]]
        right += sum(values[winner] > values[other] for winner, other in told)
        judged += len(told)
    alive = judged > 0 and probably_better(right, judged) >= LIKELY
    behind = _behind(task.examples, {k: np.array(v[rule.text]) for k, v in holds.items()})
    return FoundRule(rule.text, rule.detector, rule.origin, behind, right, judged, alive)


def _behind(examples: Sequence[Example], values: Mapping[int, Floats]) -> tuple[int, ...]:
    """The rankings that speak most for a rule: it holds for their winners, not for the others."""
    margins = []
    for example in examples:
        pairs = pairs_of(example)
        held = values[example.ranking_id]
        if pairs:
            margin = sum(held[w] - held[o] for w, o in pairs) / len(pairs)
            margins.append((float(margin), example.ranking_id))
    strongest = sorted(margins, key=lambda m: (-m[0], m[1]))[:EVIDENCE]
    return tuple(ranking for margin, ranking in strongest if margin > 0)


def _strongest(rules: Sequence[FoundRule]) -> tuple[FoundRule, ...]:
    """All rules, but only the best few of them alive."""
    living = sorted(
        (rule for rule in rules if rule.alive),
        key=lambda rule: (-probably_better(rule.right, rule.judged), rule.text),
    )
    kept = {rule.text for rule in living[:MOST]}
    return tuple(
        FoundRule(r.text, r.detector, r.origin, r.evidence, r.right, r.judged, r.text in kept)
        for r in rules
    )
