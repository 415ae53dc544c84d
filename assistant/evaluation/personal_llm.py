"""Simulated users after PersonalLLM: Dirichlet weights over z-scored utilities, replies of a bank.

A user's utility of a reply is a weighted sum of the BASES, measured on its text and z-scored over
the bank; the weights are drawn from a Dirichlet distribution, so most users care for one or two.
History and test use the same utilities. Compared, on prompts that nothing was learnt from: the
source (model) that other users like best, the scorer's prior from other users' rankings (the
non-personal ranking), and the scorer after some of the user's own. The scorer's features are of
the same family as the utilities, so this is an upper end: what can be learned, not what people are.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.domain.events import Progress
from assistant.domain.statistics import Share, share_of_groups
from assistant.evaluation.ranking_data import Comparison
from assistant.evaluation.scorer_training import ScorerTraining
from assistant.personalization.learner import Example, Reply
from assistant.personalization.reply_scorer import ReplyScorer
from assistant.personalization.text_features import FEATURES, features_of

Floats = NDArray[np.float64]

# What users may care for: a text feature, and whether more (1) or less (-1) of it is liked.
BASES = (
    ("length", 1), ("length", -1), ("sentence_length", -1), ("lists", 1), ("lists", -1),
    ("emphasis", 1), ("ease", 1), ("formality", 1), ("warmth", 1), ("hedging", -1),
    ("examples", 1), ("numbers", 1), ("questions", 1), ("reader", 1), ("answer_first", 1),
    ("variety", 1),
)  # fmt: skip
CUT = 3.0  # a base utility is cut here, so that no odd reply decides
CROWD, CROWD_RANKINGS = 60, 5  # other users, and rankings of each, for the prior
SHOWN = 4  # replies in one ranking
TESTED = 40  # prompts
HISTORIES = (10, 30)


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """How many users in each of how many runs, and how concentrated their tastes are."""

    users: int = 20
    seeds: int = 5
    alpha: float = 0.05


@dataclass(frozen=True, slots=True)
class Bank:
    """Prompts with the replies of the same sources, and every reply's base utilities."""

    prompts: tuple[str, ...]
    sources: tuple[str, ...]
    replies: tuple[tuple[Reply, ...], ...]  # by prompt, then source
    bases: Floats  # (prompts, sources, bases), z-scored


@dataclass(slots=True)
class LlmReport:
    """By method: for each user (reward, prompts) and (wins over the best source, prompts)."""

    users: int = 0
    rewards: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    wins: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))

    def reward(self, method: str) -> Share:
        """Mean utility of the chosen reply, with an interval over users."""
        return share_of_groups(self.rewards[method])

    def win_rate(self, method: str) -> Share:
        """Share of prompts on which the choice beats the best source's reply; a tie is a half."""
        return share_of_groups(self.wins[method])

    def gain(self, method: str, over: str) -> Share:
        """Reward of one method minus another's, same users."""
        pairs = zip(self.rewards[method], self.rewards[over], strict=True)
        return share_of_groups([(a - b, n) for (a, n), (b, _) in pairs])


def read_bank(folder: Path) -> Bank:
    """The bank in a folder; UsageProblem if it is missing or not as it should be."""
    try:
        with gzip.open(folder / "bank.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file if line.strip()]
        sources = tuple(sorted(set.intersection(*(set(row["outputs"]) for row in rows))))
        prompts = tuple(str(row["instruction"]) for row in rows)
        texts = [[str(row["outputs"][source]) for source in sources] for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageProblem(f"The bank in {folder} cannot be read ({error!r}).") from error
    replies = tuple(tuple(Reply((), 0, len(t), t) for t in one) for one in texts)
    return Bank(prompts, sources, replies, base_utilities(prompts, texts))


def evaluate_personal_llm(
    bank: Bank, options: LlmOptions, cancel: CancelToken
) -> Iterator[Progress | LlmReport]:
    """All seeds in turn; ends with the report, of those done so far when cancelled."""
    report = LlmReport()
    for seed in range(1, options.seeds + 1):
        yield Progress("Simulating users, seed", seed, options.seeds)
        if cancel.cancelled:
            break
        _run(bank, options, seed, report)
    yield report


def base_utilities(
    prompts: Sequence[str],
    texts: Sequence[Sequence[str]],
    among: tuple[Sequence[str], Sequence[Sequence[str]]] | None = None,
) -> Floats:
    """Base utilities of every reply, shape (prompts, replies, bases).

    Z-scored over these replies, or over prompts and replies given as `among`.
    """
    chosen = _measured(prompts, texts)
    usual = chosen if among is None else _measured(*among)
    spread = np.maximum(usual.std(axis=(0, 1)), 1e-9)
    return np.asarray(np.clip((chosen - usual.mean(axis=(0, 1))) / spread, -CUT, CUT))


def _measured(prompts: Sequence[str], texts: Sequence[Sequence[str]]) -> Floats:
    """The features behind the bases, each with its sign."""
    column = {feature.key: i for i, feature in enumerate(FEATURES)}
    found = np.stack([features_of(p, one) for p, one in zip(prompts, texts, strict=True)])
    return np.stack([sign * found[:, :, column[key]] for key, sign in BASES], axis=2)


def crowd_scorer(
    bank: Bank, crowd: Floats, prompts: NDArray[np.int64], chance: np.random.Generator
) -> ReplyScorer:
    """A scorer that knows what users of these weights say of some prompts' replies, no more."""
    told = [
        Comparison(str(user), str(p), "", _ranking(bank, int(p), weights, chance, number))
        for user, weights in enumerate(crowd)
        for number, p in enumerate(chance.choice(prompts, CROWD_RANKINGS, replace=False))
    ]
    return ReplyScorer(ScorerTraining(told, {}).prior(range(len(told))), {})


def _run(bank: Bank, options: LlmOptions, seed: int, report: LlmReport) -> None:
    """One seed: a crowd, its prior, then users one after the other."""
    chance = np.random.default_rng(seed)
    prompts = chance.permutation(len(bank.prompts))
    tests, history, common = np.split(prompts, [TESTED, TESTED + (len(prompts) - TESTED) // 2])
    crowd = chance.dirichlet(np.full(len(BASES), options.alpha), CROWD)
    scorer = crowd_scorer(bank, crowd, common, chance)
    best = int((bank.bases[common] @ crowd.mean(axis=0)).mean(axis=0).argmax())
    for weights in chance.dirichlet(np.full(len(BASES), options.alpha), options.users):
        asked = [int(p) for p in chance.choice(history, max(HISTORIES), replace=False)]
        own = {n: _ranking(bank, p, weights, chance, n) for n, p in enumerate(asked)}
        _measure(bank, scorer, weights, own, tests, best, report)


def _ranking(
    bank: Bank, prompt: int, weights: Floats, chance: np.random.Generator, number: int
) -> Example:
    """What a user with these weights says of some replies to a prompt."""
    shown = chance.choice(len(bank.sources), SHOWN, replace=False)
    order = np.argsort(-(bank.bases[prompt, shown] @ weights), kind="stable")
    replies = tuple(bank.replies[prompt][source] for source in shown)
    return Example(number, bank.prompts[prompt], replies, tuple((int(i),) for i in order))


def _measure(
    bank: Bank,
    scorer: ReplyScorer,
    weights: Floats,
    own: Mapping[int, Example],
    tests: NDArray[np.int64],
    best: int,
    report: LlmReport,
) -> None:
    """One user's rewards and wins."""
    worth = bank.bases[tests] @ weights
    chosen = {"best_source": np.full(len(tests), best), "oracle": worth.argmax(axis=1)}
    for known in (0, *HISTORIES):
        for _ in scorer.learn({n: own[n] for n in range(known)}, CancelToken()):
            pass
        picks = [int(np.argmax(scorer.utilities(bank.prompts[p], bank.replies[p]))) for p in tests]
        chosen[f"personal_{known}" if known else "non_personal"] = np.array(picks)
    report.users += 1
    rows = np.arange(len(tests))
    report.rewards["random"].append((float(worth.mean(axis=1).sum()), len(tests)))
    for name, picks_ in chosen.items():
        gained = worth[rows, picks_]
        against = gained - worth[:, best]
        report.rewards[name].append((float(gained.sum()), len(tests)))
        report.wins[name].append((float((0.5 + 0.5 * np.sign(against)).sum()), len(tests)))
