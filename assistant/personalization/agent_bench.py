"""The trainer's speed and memory, and those of a plain loop, each measured in its own process.

The plain loop is what transformers and peft give without further thought: fp32, batches of eight
in random order padded to the longest, a loss on every token, logits everywhere.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace

import psutil
import torch
from torch import Tensor

from assistant.domain.events import Progress
from assistant.personalization.agent_batches import Branch
from assistant.personalization.agent_plan import make_plan
from assistant.personalization.agent_task import AgentTask, AgentTrained, MeasuredTraining
from assistant.personalization.agent_training import train_agent
from assistant.personalization.gguf_base import prepare_base
from assistant.personalization.preference_agent import PreferenceAgent, plain_model

BATCH = 8  # transformers' own default
RATE = 5e-5  # likewise
PLAIN_BATCHES = 4  # enough to tell the speed; the whole takes minutes
IGNORED = -100


def measure_ours(task: AgentTask) -> MeasuredTraining:
    """Load, imitate once through, then carry out the whole task."""
    torch.set_num_threads(task.options.threads)
    base = prepare_base(task.source, task.sha256, task.cache)
    begun = time.perf_counter()
    half = PreferenceAgent(base, task.options).half
    load_s = time.perf_counter() - begun
    once = replace(task, options=replace(task.options, epochs=1, preference_epochs=0))
    speed = _carry_out(replace(once, questions=(), choices=())).metrics["tokens_per_s"]
    begun = time.perf_counter()
    longest, before, peak = 0.0, begun, 0.0
    trained: AgentTrained | None = None
    for step in train_agent(task):
        now = time.perf_counter()
        if isinstance(step, AgentTrained):
            trained = step
        elif step.what.startswith("Training") and step.done > 1:
            longest = max(longest, now - before)
        before = now
        peak = max(peak, psutil.Process().memory_info().rss / 1e6)
    assert trained is not None
    whole = time.perf_counter() - begun
    return MeasuredTraining(load_s, speed, longest, whole, peak, half, trained.weights)


def measure_plain(task: AgentTask) -> float:
    """Tokens a second of the plain loop over some of the examples; padding does not count."""
    torch.set_num_threads(task.options.threads)
    base = prepare_base(task.source, task.sha256, task.cache)
    tokenizer = PreferenceAgent(base, task.options).tokenizer
    model = plain_model(base, task.options)
    branches = list(make_plan(tokenizer, task).branches)
    random.Random(task.options.seed).shuffle(branches)
    optimiser = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=RATE)
    begun, tokens = time.perf_counter(), 0
    for first in range(0, min(len(branches), BATCH * PLAIN_BATCHES), BATCH):
        ids, seen, labels = _padded(branches[first : first + BATCH])
        model(input_ids=ids, attention_mask=seen, labels=labels).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), task.options.clip)
        optimiser.step()
        optimiser.zero_grad()
        tokens += int(seen.sum())
    return tokens / (time.perf_counter() - begun)


def _carry_out(task: AgentTask) -> AgentTrained:
    """The outcome of a task."""
    return [step for step in train_agent(task) if not isinstance(step, Progress)][-1]


def _padded(branches: list[Branch]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and labels of the winners, filled up to the longest."""
    rows = [branch.prompt + branch.targets[0] for branch in branches]
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    seen = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, seen, ids.masked_fill(seen == 0, IGNORED)
