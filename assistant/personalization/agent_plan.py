"""Which examples the agent is trained on in which step: a pure function of the task."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tokenizers import Tokenizer

from assistant.personalization.agent_batches import Branch, shuffled_rows
from assistant.personalization.agent_task import AgentTask, Piece, Pieces
from assistant.personalization.gguf_tokenizer import encode

WARM_UP = 0.1  # share of the steps in which the learning rate rises
LONGEST_PROMPT = 160  # tokens of a query's prompt; the middle of a longer one is left out
LONGEST_TARGET = 96


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the optimiser: which branches stand in its row, and which loss it follows."""

    members: tuple[int, ...]
    preference: bool
    rate: float


@dataclass(frozen=True, slots=True)
class Plan:
    """All branches of a task, and every step in its order."""

    branches: tuple[Branch, ...]
    steps: tuple[Step, ...]

    def row(self, step: Step) -> list[Branch]:
        """What is evaluated in a step: imitation sees the best target only."""
        found = [self.branches[member] for member in step.members]
        if step.preference:
            return found
        return [Branch(branch.prompt, branch.targets[:1]) for branch in found]


def make_plan(tokenizer: Tokenizer, task: AgentTask) -> Plan:
    """Encode every example and lay out the steps."""
    options, chance = task.options, random.Random(task.options.seed)
    branches = tuple(
        Branch(
            encode_prompt(tokenizer, example.prompt),
            tuple(encode_target(tokenizer, target, task.end) for target in example.targets),
        )
        for example in task.examples
    )
    steps: list[Step] = []
    for preference, epochs, rate in (
        (False, options.epochs, options.rate),
        (True, options.preference_epochs, options.preference_rate),
    ):
        least = 2 if preference else 1
        among = [i for i, branch in enumerate(branches) if len(branch.targets) >= least]
        sizes = [_size(branches[i], preference) for i in among]
        rows = [
            tuple(among[place] for place in row)
            for _ in range(epochs)
            for row in shuffled_rows(sizes, options.tokens_per_step, chance)
        ]
        rates = [rate * _share_of_rate(number, len(rows)) for number in range(len(rows))]
        steps += [Step(row, preference, rate) for row, rate in zip(rows, rates, strict=True)]
    return Plan(branches, tuple(steps))


def encode_prompt(tokenizer: Tokenizer, pieces: Pieces) -> list[int]:
    """The tokens of a prompt, its middle left out if it is too long."""
    ids = encode(tokenizer, pieces)
    if len(ids) <= LONGEST_PROMPT:
        return ids
    half = LONGEST_PROMPT // 2
    return ids[:half] + ids[-half:]


def encode_target(tokenizer: Tokenizer, text: str, end: str) -> list[int]:
    """The tokens that the agent should write, closed by the end of its turn."""
    ids = encode(tokenizer, [Piece(text, False)])[:LONGEST_TARGET]
    return ids + encode(tokenizer, [Piece(end, True)])


def key_of(task: AgentTask) -> str:
    """Equal for tasks whose training is the same step by step."""
    alone = replace(task, questions=(), choices=(), active=None, cache=task.source)
    return hashlib.sha256(repr(alone).encode()).hexdigest()[:32]


def _size(branch: Branch, preference: bool) -> int:
    """Tokens that a branch takes in a row."""
    targets: Sequence[list[int]] = branch.targets if preference else branch.targets[:1]
    return len(branch.prompt) + sum(map(len, targets))


def _share_of_rate(number: int, steps: int) -> float:
    """Rising in the first steps, then falling to nothing along a line."""
    rising = max(1, round(WARM_UP * steps))
    return min((number + 1) / rising, (steps - number) / max(1, steps - rising))
