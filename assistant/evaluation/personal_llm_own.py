"""The users of personal_llm.py with replies that the chat model writes itself.

Contract: each prompt of the bank's shorter ones gets CHOICES drafts to choose among and one more to
be compared with, all unguided; a user's utilities are z-scored over these. Users rank the drafts of
HISTORY prompts. On other prompts are compared: one draft, the best of CHOICES by the crowd's prior
("non_personal") and after so many own rankings, and one reply written behind the user's own
winning replies to similar prompts, or behind those of somebody else. A win is one over the further
draft, a tie counting one half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.evaluation.agent_replies import Drafted, ReplyWriter
from assistant.evaluation.personal_llm import (
    BASES,
    CROWD,
    Bank,
    Floats,
    LlmOptions,
    LlmReport,
    base_utilities,
    crowd_scorer,
)
from assistant.generation.prompt import exemplars_text
from assistant.personalization.embedder import Vectors
from assistant.personalization.exemplars import Winner, choose_exemplars
from assistant.personalization.learner import Example, Reply
from assistant.personalization.reply_scorer import ReplyScorer

LONGEST = 240  # characters of a prompt
PROMPTS, HISTORY = 50, 30
CHOICES = 4
OWN_RANKINGS = (10, 30)
ONE, OWN, OTHERS = "one_reply", "exemplars", "exemplars_of_others"


@dataclass(frozen=True, slots=True)
class _User:
    """A taste, and what it says of the prompts ranked."""

    weights: Floats
    rankings: Mapping[int, Example]  # by prompt
    winners: tuple[Winner, ...]


class OwnReplies:
    """One run. `embed` gives vectors of prompts."""

    def __init__(
        self,
        bank: Bank,
        writer: ReplyWriter,
        embed: Callable[[Sequence[str]], Vectors],
        options: LlmOptions,
    ) -> None:
        self._writer, self._options = writer, options
        short = [i for i, prompt in enumerate(bank.prompts) if len(prompt) <= LONGEST]
        self._prompts = [bank.prompts[i] for i in short[:PROMPTS]]
        self._bank, self._common = bank, np.array(short[PROMPTS:] or short)
        self._vectors = embed(self._prompts).tolist()
        self._texts: list[list[str]] = []

    def run(self) -> Iterator[Progress | LlmReport]:
        """Write, then simulate seed after seed; ends with the report."""
        for number, prompt in enumerate(self._prompts):
            yield Progress("Writing replies", number, len(self._prompts))
            drafts = [Drafted("", seed) for seed in range(1, CHOICES + 2)]
            self._texts.append(self._writer.replies(prompt, drafts))
        report = LlmReport()
        for seed in range(1, self._options.seeds + 1):
            # every draft is the further one in turn: few prompts make one of them look too good
            self._texts = [[*texts[1:], texts[0]] for texts in self._texts]
            bases = base_utilities(self._prompts, self._texts)
            yield from self._simulate(seed, bases, report)
        yield report

    def _simulate(self, seed: int, bases: Floats, report: LlmReport) -> Iterator[Progress]:
        """The users of one seed, each compared with the one before as somebody else."""
        chance = np.random.default_rng([seed, 2])
        order = [int(i) for i in chance.permutation(len(self._prompts))]
        history, tests = order[:HISTORY], order[HISTORY:]
        alphas = np.full(len(BASES), self._options.alpha)
        crowd = chance.dirichlet(alphas, CROWD)
        scorer = crowd_scorer(self._bank, crowd, self._common, chance)
        drawn = chance.dirichlet(alphas, self._options.users)
        users = [self._user(weights, history, bases) for weights in drawn]
        behind: list[list[str]] = [[] for _ in users]
        for number, prompt in enumerate(tests):
            yield Progress(f"Writing behind exemplars, seed {seed}", number, len(tests))
            drafts = [Drafted(self._exemplars(prompt, user), 1) for user in users]
            for texts, text in zip(
                behind, self._writer.replies(self._prompts[prompt], drafts), strict=True
            ):
                texts.append(text)
        for number, user in enumerate(users):
            chosen = self._best_of(scorer, user, tests, bases)
            chosen |= {OWN: behind[number], OTHERS: behind[number - 1]}
            self._judge(user, tests, chosen, report)

    def _user(self, weights: Floats, history: Sequence[int], bases: Floats) -> _User:
        """What somebody with these weights says of the drafts, and which won."""
        rankings, winners = {}, []
        for prompt in history:
            texts = self._texts[prompt][:CHOICES]
            order = np.argsort(-(bases[prompt, :CHOICES] @ weights), kind="stable")
            replies = tuple(Reply((), place, len(t), t) for place, t in enumerate(texts))
            tiers = tuple((int(i),) for i in order)
            rankings[prompt] = Example(prompt, self._prompts[prompt], replies, tiers)
            best, vector = texts[int(order[0])], self._vectors[prompt]
            winners.append(Winner(prompt, self._prompts[prompt], best, vector))
        return _User(weights, rankings, tuple(winners))

    def _best_of(
        self, scorer: ReplyScorer, user: _User, tests: Sequence[int], bases: Floats
    ) -> dict[str, list[str]]:
        """For each way to choose among the drafts, the text chosen for every test prompt."""
        worth = bases[tests, :CHOICES] @ user.weights
        picks = {ONE: [0] * len(tests), "oracle": [int(i) for i in worth.argmax(axis=1)]}
        for known in (0, *OWN_RANKINGS):
            told = dict(list(user.rankings.items())[:known])
            for _ in scorer.learn(told, CancelToken()):
                pass
            name = f"personal_{known}" if known else "non_personal"
            picks[name] = [self._pick(scorer, prompt) for prompt in tests]
        return {
            name: [self._texts[p][i] for p, i in zip(tests, places, strict=True)]
            for name, places in picks.items()
        }

    def _pick(self, scorer: ReplyScorer, prompt: int) -> int:
        """The draft that the scorer expects to be liked most."""
        replies = [Reply((), 0, len(t), t) for t in self._texts[prompt][:CHOICES]]
        return int(np.argmax(scorer.utilities(self._prompts[prompt], replies)))

    def _exemplars(self, prompt: int, user: _User) -> str:
        """The user's winning replies to the prompts most like this one, as guidance."""
        near = choose_exemplars(self._vectors[prompt], user.winners, self._writer.count_tokens)
        return exemplars_text([(one.query, one.text) for one in near])

    def _judge(
        self,
        user: _User,
        tests: Sequence[int],
        chosen: Mapping[str, Sequence[str]],
        report: LlmReport,
    ) -> None:
        """Rewards, and wins over the further draft."""
        report.users += 1
        for name, texts in chosen.items():
            pairs = [[text, self._texts[p][-1]] for text, p in zip(texts, tests, strict=True)]
            asked = [self._prompts[p] for p in tests]
            worth = base_utilities(asked, pairs, (self._prompts, self._texts)) @ user.weights
            wins = 0.5 + 0.5 * np.sign(worth[:, 0] - worth[:, 1])
            report.rewards[name].append((float(worth[:, 0].sum()), len(tests)))
            report.wins[name].append((float(wins.sum()), len(tests)))
