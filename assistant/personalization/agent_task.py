"""What the preference agent is trained on and what comes of it, as values; standard library only.

A task is complete in itself: the learner process needs no data file to carry it out, and equal
tasks on equal machines give equal adapters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FAMILIES = frozenset({"llama", "qwen2"})  # of models that can be trained here


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a rendered prompt. `literal`: special tokens in it count."""

    text: str
    literal: bool


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class AgentExample:
    """A query's rendered prompt and what the agent should write after it, best first.

    One target is imitated. Further targets are known to be worse, each than the one before it;
    they take part in the preference step only.
    """

    prompt: Pieces
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgentOptions:
    """How the adapter is trained. `rate` is the highest learning rate; 0 threads: all cores."""

    rank: int = 8
    alpha: int = 16
    epochs: int = 3
    preference_epochs: int = 1
    rate: float = 1e-3
    preference_rate: float = 2e-4
    beta: float = 0.1  # how far the preference step may move from what was imitated
    anchor: float = 0.3  # weight of imitation during the preference step
    clip: float = 1.0  # largest norm of a gradient
    tokens_per_step: int = 256
    checkpoint_steps: int = 20
    seed: int = 0
    threads: int = 1


@dataclass(frozen=True, slots=True)
class AgentTask:
    """One training run. `source` is a GGUF file whose header was checked before.

    `questions` are prompts of queries that are never trained on, `choices` the rules that could
    be written for them: the run ends with how far each is, under each agent. `end` closes a
    target. `active` is the adapter in use now, if any. With `ready`, an adapter made elsewhere,
    nothing is trained: the run only ends with what the gate must know of it.
    """

    source: Path
    sha256: str
    cache: Path
    examples: tuple[AgentExample, ...]
    questions: tuple[Pieces, ...] = ()
    choices: tuple[str, ...] = ()
    end: str = "<|im_end|>"
    active: bytes | None = None
    ready: bytes | None = None
    options: AgentOptions = field(default_factory=AgentOptions)


Shares = tuple[tuple[float, ...], ...]  # how far each choice (columns) is written for each question


@dataclass(frozen=True, slots=True)
class AgentTrained:
    """A new adapter (a safetensors file in peft's names) and what the gate must know of it.

    `shares` says by agent ("new", "untrained", "active") how far each choice is written.
    """

    weights: bytes
    metrics: Mapping[str, float]
    samples: tuple[str, ...]
    shares: Mapping[str, Shares]
    seconds: float


@dataclass(frozen=True, slots=True)
class MeasuredTraining:
    """What one run costs: loading from the cache, its longest step, the whole, memory."""

    load_s: float
    longest_step_s: float
    whole_s: float
    peak_mb: float
    half: bool
    adapter: bytes
