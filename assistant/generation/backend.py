"""The seam between the program and whatever writes replies.

Implementations: `engine.EngineClient` (llama.cpp in a child process), `server.ServerClient` (a
server of the user's own) and `scripted.ScriptedBackend` (exact, for unit tests and pictures).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Finish

AGENT_CONTEXT = 1024  # tokens: a query, its instruction and a dozen rules need a quarter of that
SCORING_CONTEXT = 2048  # tokens: of one case with what is shared, or of several side by side


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How a model is loaded. `context` is in tokens; 0 threads means one per core.

    `cache`: a directory for a converted copy of small models whose format llama.cpp computes
    slowly; None, or one that cannot be written, means the file itself is used.
    """

    context: int = 4096
    threads: int = 0
    drafts: int = 4  # most of a request
    cache: Path | None = None
    copy_type: str = "auto"  # of the converted copy: "auto", "BF16", "F16", "Q8_0" or "none"
    batch: int = 512  # most tokens handed over in one call
    micro_batch: int = 128  # most tokens computed at once; more only costs memory on a CPU
    flash_attention: bool = False  # on a CPU it slows decoding down by a tenth

    @property
    def sequences(self) -> int:
        """The shared one, one for each draft and for its reference, one for what these share."""
        return 2 + 2 * self.drafts


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
    counts_exactly: bool = True  # False: numbers of tokens are estimates

    @property
    def on_this_machine(self) -> bool:
        """Whether there is a file that can be read and trained on."""
        return self.path != Path()


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
    emphasis: float = 0.0  # of query and guidance, see `emphasis.py`; a grammar's drafts have none


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to write some of: one to `most` of them, none twice."""

    choices: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One candidate to write: the guidance put behind the query, and its seed.

    `grammar`: GBNF text with a rule named root; the draft's text is then one that the grammar
    derives, or, if it ends as LENGTH or STOPPED, the beginning of one. `grammar.check_grammar`
    says beforehand whether one can be used. `Sampling.ignore_end` has no effect on such a draft.

    `begun`: what this draft has written before it was cut off. Only what follows is written, drawn
    with chance where it was then: with the same seed, guidance and sampling the text goes on as
    the whole one would have, but for rounding (llama.cpp's depends on what is evaluated together)
    and where the tokens of `begun` are others than those drawn. A draft with a grammar cannot be
    gone on with (UsageProblem).
    """

    guidance: str  # "" for a plain draft
    seed: int
    grammar: str | None = None
    begun: str = ""


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """Turns end with the query (a user turn); all drafts share them as their prefix.

    `agent`: written by the preference agent, which is the same model with the adapter that
    `load_adapter` was told, if any. It has a smaller context of its own (AGENT_CONTEXT tokens), so
    that what is evaluated of the conversation stays where it is.

    `lines`: the agent's one draft is some of these, each on a line of its own, by the likeliest
    tokens; it comes as a whole, or not at all if the request was taken back.
    """

    turns: tuple[Turn, ...]
    drafts: tuple[Draft, ...]
    sampling: Sampling = field(default_factory=Sampling)
    agent: bool = False
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class ScoringTask:
    """What `Backend.score_cases` is asked."""

    shared: tuple[Turn, ...]
    cases: tuple[tuple[Turn, ...], ...]
    continuations: tuple[tuple[str, ...], ...]


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


@dataclass(frozen=True, slots=True)
class GenerationNotice:
    """What went wrong with some drafts, as a sentence; all have ended."""

    text: str


GenerationEvent = PrefixEvaluated | DraftText | DraftFinished | EngineRestarted | GenerationNotice


class Backend(Protocol):
    """Writes replies. Requests from several threads take turns; cancel from any.

    A thread reads a `generate` to its end, or closes it, before it asks for anything else.
    """

    def info(self) -> ModelInfo:
        """The loaded model, loading it first if need be. ModelProblem if that fails."""

    def generate(
        self, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[GenerationEvent]:
        """Stream all drafts; every draft ends with exactly one DraftFinished.

        ContextTooLong if the last turn alone does not fit. UsageProblem, before anything is
        evaluated, if a grammar cannot be used. ModelProblem if the agent's adapter cannot.
        """

    def warm(
        self, turns: tuple[Turn, ...], cancel: CancelToken, guidance: tuple[str, ...] = ()
    ) -> None:
        """Evaluate turns ahead of time, so that a request that begins with them starts at once.

        `guidance`: of each draft of a query that is still being typed, and may change; what stands
        behind the query is evaluated too.
        """

    def count_tokens(self, turns: tuple[Turn, ...]) -> int:
        """Exact number of tokens the turns take in the prompt, template included."""

    def score(
        self, turns: tuple[Turn, ...], continuations: tuple[str, ...], cancel: CancelToken
    ) -> tuple[float, ...]:
        """Log-probability of each continuation as the beginning of the reply to the turns.

        Natural logarithm, summed over the continuation's tokens (the end of the reply is not one
        of them) at temperature 1; 0.0 for "". Nothing is decoded. Divide by
        `len(tokenise(continuation))` for the mean per token of a long text.
        The turns may end with any role but must not be empty. They and the conversation that is
        warm do not disturb each other. Cancelled if taken back, ContextTooLong if turns and a
        continuation together take more than SCORING_CONTEXT tokens.
        """

    def score_cases(
        self,
        shared: tuple[Turn, ...],
        cases: tuple[tuple[Turn, ...], ...],
        continuations: tuple[tuple[str, ...], ...],
        cancel: CancelToken,
    ) -> tuple[tuple[float, ...], ...]:
        """What `score` gives for (*shared, *cases[i]) and continuations[i], for all i at once.

        Whatever the prompts of all cases have in common at their beginning (also text inside a
        turn) is evaluated once, and several cases are evaluated side by side. UsageProblem if the
        two lists differ in length; otherwise as `score`.
        """

    def load_adapter(self, path: Path | None) -> None:
        """Let the preference agent use this LoRA adapter (a GGUF file) from now on, or none.

        Takes effect with the next request that has `agent`, and again after a restart of the
        engine. ModelProblem if the file is missing, damaged, not finite or made for another model;
        the adapter that was in use stays then.
        """

    def tokenise(self, text: str, *, special: bool = False) -> tuple[int, ...]:
        """The model's tokens of a text, without what it wants at a prompt's beginning.

        `special`: names of special tokens in the text become those tokens.
        """

    def top_tokens(self, tokens: Sequence[int], *, agent: bool = False) -> tuple[int, ...]:
        """The likeliest next token after each of the tokens: a probe to compare models by.

        `agent`: with the adapter of `load_adapter`, if any. At most AGENT_CONTEXT tokens, else
        ContextTooLong; UsageProblem if a number is none of the model's tokens.
        """

    def close(self) -> None:
        """End the child process, within two seconds."""
