"""The seam between the program and whatever writes replies.

Two implementations: `engine.EngineClient` (llama.cpp in a child process) and
`scripted.ScriptedBackend` (exact and instant, for unit tests and pictures).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Finish


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How a model is loaded. `context` is in tokens; 0 threads means one per core.

    `cache`: a directory for a converted copy of small models whose format llama.cpp computes
    slowly; None, or one that cannot be written, means the file itself is used.
    """

    context: int = 4096
    threads: int = 0
    sequences: int = 5  # the shared one and up to four drafts
    cache: Path | None = None
    copy_type: str = "auto"  # of the converted copy: "auto", "BF16", "F16", "Q8_0" or "none"
    batch: int = 512  # most tokens handed over in one call
    micro_batch: int = 128  # most tokens computed at once; more only costs memory on a CPU
    flash_attention: bool = False  # on a CPU it slows decoding down by a tenth


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A loaded model as the user and the log should know it."""

    name: str
    path: Path
    sha256: str
    architecture: str
    context: int  # tokens that fit, the smaller of what was asked for and what it was trained on
    size_bytes: int
    template: str  # name of the built-in chat template, or "own" for the model's
    copy_type: str = ""  # format of the converted copy in use, "" for the file itself


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a prompt: role is "system", "user" or "assistant"."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How tokens are drawn."""

    temperature: float = 0.8
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.05
    max_tokens: int = 384
    ignore_end: bool = False  # write exactly max_tokens (for measurements)


@dataclass(frozen=True, slots=True)
class Draft:
    """One candidate to write: the guidance put behind the query, and its seed."""

    guidance: str  # "" for a plain draft
    seed: int


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """Turns end with the query (a user turn); all drafts share them as their prefix."""

    turns: tuple[Turn, ...]
    drafts: tuple[Draft, ...]
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True, slots=True)
class PrefixEvaluated:
    """The turns are in memory: `reused` of `tokens` were there already (KV reuse)."""

    tokens: int
    reused: int
    dropped_turns: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DraftText:
    """More text of draft `draft` (0-based)."""

    draft: int
    text: str


@dataclass(frozen=True, slots=True)
class DraftFinished:
    """Draft `draft` has ended."""

    draft: int
    finish: Finish
    tokens: int


@dataclass(frozen=True, slots=True)
class EngineRestarted:
    """The engine died and is running again; unfinished drafts end as interrupted."""

    reason: str


GenerationEvent = PrefixEvaluated | DraftText | DraftFinished | EngineRestarted


class Backend(Protocol):
    """Writes replies. Methods are called from one thread at a time; cancel from any."""

    def info(self) -> ModelInfo:
        """The loaded model, loading it first if need be. ModelProblem if that fails."""

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        """Stream all drafts; every draft ends with exactly one DraftFinished.

        ContextTooLong if the last turn alone does not fit.
        """

    def warm(self, turns: tuple[Turn, ...], cancel: CancelToken) -> None:
        """Evaluate turns ahead of time, so that a request that begins with them starts at once."""

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """Exact number of tokens the turns take in the prompt, template included."""

    def close(self) -> None:
        """End the child process, within two seconds."""
