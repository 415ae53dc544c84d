"""The trainer's speed beside that of a plain loop, and what a whole run costs.

The plain loop is what transformers and peft give without further thought: fp32, batches of eight
in random order padded to the longest, a loss on every token, logits everywhere.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import psutil
import torch
from torch import Tensor

from assistant.domain.events import Progress
from assistant.personalization.agent_batches import Branch
from assistant.personalization.agent_task import (
    AgentOptions,
    AgentTask,
    AgentTrained,
    MeasuredTraining,
)
from assistant.personalization.agent_training import TrainingRun, train_agent
from assistant.personalization.gguf_base import Base, prepare_base
from assistant.personalization.preference_agent import PreferenceAgent, plain_model

BATCH = 8  # transformers' own default
RATE = 5e-5  # likewise
ROUNDS = 4
STEPS_A_ROUND = 4  # of the trainer: about as many tokens as a plain batch has
IGNORED = -100


def measure_whole(task: AgentTask) -> MeasuredTraining:
    """Load from the cache, then carry out the whole task."""
    torch.set_num_threads(task.options.threads)
    base = prepare_base(task.source, task.sha256, task.cache)
    begun = time.perf_counter()
    half = PreferenceAgent(base, task.options).half
    load_s = time.perf_counter() - begun
    begun = time.perf_counter()
    longest, before, peak = 0.0, begun, 0.0
    trained: AgentTrained | None = None
    for step in train_agent(task):
        now = time.perf_counter()
        if isinstance(step, AgentTrained):
            trained = step
        elif step.done > 1:
            longest = max(longest, now - before)
        before = now
        peak = max(peak, psutil.Process().memory_info().rss / 1e6)
    assert trained is not None
    whole = time.perf_counter() - begun
    return MeasuredTraining(load_s, longest, whole, peak, half, trained.weights)


def measure_speeds(task: AgentTask) -> list[tuple[float, float]]:
    """Tokens a second of the trainer and of the plain loop, in turns, a pair for each round.

    Whatever else the machine does slows both sides of a round alike. Padding does not count, nor
    does the first round, in which both are warmed up.
    """
    torch.set_num_threads(task.options.threads)
    base = prepare_base(task.source, task.sha256, task.cache)
    once = replace(task, options=replace(task.options, preference_epochs=0))
    run = TrainingRun(PreferenceAgent(base, once.options), once)
    run.file.unlink(missing_ok=True)
    steps = run.carry_out()
    plain = PlainLoop(base, run.plan.branches, task.options)
    speeds = [
        (_speed(lambda: _advanced(run, steps)), _speed(plain.batch)) for _ in range(1 + ROUNDS)
    ]
    run.file.unlink(missing_ok=True)
    return speeds[1:]


class PlainLoop:
    """The plain loop over some examples in a random order, a batch at a time."""

    def __init__(self, base: Base, branches: tuple[Branch, ...], options: AgentOptions) -> None:
        self._model = plain_model(base, options)
        self._branches = list(branches)
        random.Random(options.seed).shuffle(self._branches)
        trained = (p for p in self._model.parameters() if p.requires_grad)
        self._optimiser = torch.optim.AdamW(trained, lr=RATE)
        self._clip = options.clip

    def batch(self) -> int:
        """One step; the number of tokens in it."""
        rows, self._branches = self._branches[:BATCH], self._branches[BATCH:]
        ids, seen, labels = _padded(rows)
        self._model(input_ids=ids, attention_mask=seen, labels=labels).loss.backward()
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), self._clip)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return int(seen.sum())


def _advanced(run: TrainingRun, steps: Iterator[Progress]) -> int:
    """Some steps of the trainer; the number of tokens in them."""
    before = run.metrics["tokens"]
    for _ in zip(range(STEPS_A_ROUND), steps, strict=False):
        pass
    return int(run.metrics["tokens"] - before)


def _speed(work: Callable[[], int]) -> float:
    """Tokens a second of some work."""
    begun = time.perf_counter()
    tokens = work()
    return tokens / (time.perf_counter() - begun)


def _padded(branches: list[Branch]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and labels of the winners, filled up to the longest."""
    rows = [branch.prompt + branch.targets[0] for branch in branches]
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    seen = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, seen, ids.masked_fill(seen == 0, IGNORED)
